import {LATENCY_MS} from './server.ts'

/** What the runs of one way came to. */
export interface Figures {
  /** Of the run in the middle. */
  readonly ms: number
  readonly fastestMs: number
  readonly slowestMs: number
  readonly requests: number
  /** Highest peak of all runs; 0 where it is not measured. */
  readonly peakKiB: number
}

/** One case, measured both ways. */
export interface Row {
  readonly title: string
  readonly ours: Figures
  readonly theirs: Figures
}

/** Renders the measurements as Markdown, with ratios: above 1, this action is faster. */
export function renderTable(rows: readonly Row[]): string {
  const lines = rows.map(({title, ours, theirs}) => {
    const ratio = `${(theirs.ms / ours.ms).toFixed(1)}x`
    const memory = `${Math.round(ours.peakKiB / 1024)} MiB`
    const requests = `${count(theirs.requests)} / ${count(ours.requests)}`
    return `| ${[title, seconds(theirs), seconds(ours), ratio, requests, memory].join(' | ')} |`
  })
  return [
    `First byte after ${LATENCY_MS.api} ms (API, artifact host) and ${LATENCY_MS.storage} ms (storage); medians, with fastest and slowest run.`,
    '',
    '| what | list, then `xargs -P 16 curl` | this action | ratio | requests (recipe / action) | peak memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
    ''
  ].join('\n')
}

function seconds({ms, fastestMs, slowestMs}: Figures): string {
  const [middle, fastest, slowest] = [ms, fastestMs, slowestMs].map(time =>
    (time / 1000).toFixed(1)
  )
  return `${String(middle)} s (${String(fastest)} to ${String(slowest)})`
}

function count(requests: number): string {
  return requests.toLocaleString('en-US')
}
