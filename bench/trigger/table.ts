import type {Figures} from './figures.ts'

const ROWS: readonly (readonly [string, (figures: Figures) => number])[] = [
  ['schedules', ({runs}) => runs],
  ['requests to trigger sent', ({requests}) => requests],
  ['schedules with a request not taken, sent again', ({retried}) => retried],
  ['schedules with an answer lost', ({lost}) => lost],
  ['… of these: pipeline found and adopted', ({endings}) => endings.adopted],
  ['… of these: sent once more', ({resent}) => resent],
  ['ended with the answer (`created`)', ({endings}) => endings.created],
  ['ended without a pipeline, CircleCI says why', ({endings}) => endings['no-pipeline']],
  ['ended refused by CircleCI', ({endings}) => endings.rejected],
  ['ended by the job being cancelled', ({endings}) => endings.aborted],
  ['ended `api-unavailable`, nothing started', ({endings}) => endings['api-unavailable']],
  [
    '`trigger-ambiguous`: the search was denied or failed',
    ({endings}) => endings['ambiguous: search failed']
  ],
  ['`trigger-ambiguous`: lost twice', ({endings}) => endings['ambiguous: lost twice']],
  ['`trigger-ambiguous`: cannot be told apart', ({endings}) => endings['ambiguous: several']],
  ['took the pipeline of an identical request, ours not listed', ({twinsTaken}) => twinsTaken],
  ['**made two pipelines**', ({doubled}) => doubled],
  ['… of these: named both, or ended ambiguous', ({doubledAndSaid}) => doubledAndSaid],
  ['**rules broken**', ({violations}) => violations.length]
]

/** Renders figures as a Markdown table, one column for each named set. */
export function renderTable(columns: Readonly<Record<string, Figures>>): string {
  const all = Object.values(columns)
  const rows = ROWS.map(([name, read]) => [
    name,
    ...all.map(figures => read(figures).toLocaleString('en'))
  ])
  const head = ['', ...Object.keys(columns)]
  const align = ['---', ...all.map(() => '---:')]
  return [head, align, ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('')
}
