import type {Artifact, LogTail, Result} from '../record/result.ts'
import type {Section} from './budget.ts'
import {byteLength} from './budget.ts'
import {countOf} from '../base/text.ts'
import {commandText, parallelRun} from './step-text.ts'
import {code, fence, link, markdown} from './untrusted.ts'

/** No log tail takes more than this of the summary's bytes. */
const TAIL_BYTES = 64_000

/** The tails of failed steps' logs, each folded but the first. */
export function logDetails({logTails}: Result): Section {
  const items = logTails.map((tail, index) => renderTail(tail, logTails, index === 0))
  return {open: '### Logs of failed steps\n\n', items, close: '', noun: 'log tail', rank: 1}
}

function renderTail(tail: LogTail, all: readonly LogTail[], open: boolean): string {
  const node = parallelRun(tail, all)
  const exit = tail.exitCode === undefined ? '' : `, exit code ${tail.exitCode}`
  const lines = lastBytes(tail.lines)
  const cut = tail.cut || lines.length < tail.lines.length
  return [
    `<details${open ? ' open' : ''}>`,
    `<summary><b>${markdown(tail.job)}</b>${node}: ${markdown(tail.step)}${exit}</summary>`,
    '',
    ...(tail.command === undefined ? [] : [code(commandText(tail.command), 500), '']),
    fence(cut ? ['(earlier lines left out)', ...lines] : lines),
    '',
    '</details>',
    '',
    ''
  ].join('\n')
}

function lastBytes(lines: readonly string[]): string[] {
  const kept: string[] = []
  let bytes = 0
  for (const line of lines.toReversed()) {
    bytes += byteLength(line) + 1
    if (bytes > TAIL_BYTES) break
    kept.unshift(line)
  }
  return kept
}

/** More artifacts than this are listed only where nothing else needs the room. */
const MANY = 500

/** The artifacts, as links under their jobs. */
export function artifactList({artifacts, artifactsPath}: Result): Section[] {
  const where = artifactsPath === undefined ? '' : `Downloaded to ${code(artifactsPath)}.\n\n`
  const parallel = new Set(
    artifacts.filter(({nodeIndex}) => nodeIndex > 0).map(({jobNumber}) => jobNumber)
  )
  const items = artifacts.map(one => renderArtifact(one, parallel.has(one.jobNumber)))
  const open = items.length <= 5 ? '<details open>' : '<details>'
  const list = (summary: string, listed: readonly string[], rank: number): Section => ({
    open: `${open}<summary>${summary}</summary>\n\n`,
    items: listed,
    close: '\n</details>\n\n',
    noun: 'artifact',
    rank
  })
  const first = list(countOf(items.length, 'artifact'), items.slice(0, MANY), 1)
  return [
    {...first, open: first.open + where},
    list(countOf(items.length - MANY, 'more artifact'), items.slice(MANY), 0)
  ]
}

function renderArtifact({job, nodeIndex, path, url}: Artifact, isParallel: boolean): string {
  const node = isParallel ? `, parallel run ${nodeIndex}` : ''
  return `- ${link(code(path), url)} (${markdown(job)}${node})\n`
}

/** What was left out or could not be read. */
export function omissionList({omissions}: Result): Section {
  const items = omissions.map(omission => `- ${markdown(omission, 1000)}\n`)
  return {open: '### Left out\n\n', items, close: '\n', noun: 'note', rank: 7}
}
