import {LATENCY_MS} from './server.ts'

/** The median run of one way. */
export interface Figures {
  readonly ms: number
  readonly requests: number
  /** Highest peak of all rounds; `undefined` where it is not measured. */
  readonly peakKiB: number | undefined
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
    const memory = ours.peakKiB === undefined ? '' : `${Math.round(ours.peakKiB / 1024)} MiB`
    const requests = `${count(theirs.requests)} / ${count(ours.requests)}`
    return `| ${[title, seconds(theirs.ms), seconds(ours.ms), ratio, requests, memory].join(' | ')} |`
  })
  return [
    `First byte after ${LATENCY_MS.api} ms (API, artifact host) and ${LATENCY_MS.storage} ms (storage); median of the rounds.`,
    '',
    '| what | list, then `xargs -P 16 curl` | this action | ratio | requests (recipe / action) | peak memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
    ''
  ].join('\n')
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function count(requests: number): string {
  return requests.toLocaleString('en-US')
}
