import type {Artifact, LogTail, Result} from '../result.ts'
import type {Section} from './budget.ts'
import {byteLength} from './budget.ts'
import {code, fence, link, markdown} from './untrusted.ts'

/** No log tail takes more than this of the summary's bytes. */
const TAIL_BYTES = 64_000

/** The tails of failed steps' logs, each folded but the first. */
export function logDetails({logTails}: Result): Section {
  const items = logTails.map((tail, index) => renderTail(tail, index === 0))
  return {open: '### Logs of failed steps\n\n', items, close: '', noun: 'log tail', rank: 1}
}

function renderTail(tail: LogTail, open: boolean): string {
  const node = tail.nodeIndex > 0 ? ` (parallel run ${tail.nodeIndex})` : ''
  const exit = tail.exitCode === undefined ? '' : `, exit code ${tail.exitCode}`
  const lines = lastBytes(tail.lines)
  const cut = tail.cut || lines.length < tail.lines.length
  return [
    `<details${open ? ' open' : ''}>`,
    `<summary><b>${markdown(tail.job)}</b>${node}: ${markdown(tail.step)}${exit}</summary>`,
    '',
    ...(tail.command === undefined ? [] : [code(tail.command, 500), '']),
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

/** The artifacts, as links under their jobs. */
export function artifactList({artifacts, artifactsPath}: Result): Section {
  const noun = artifacts.length === 1 ? 'artifact' : 'artifacts'
  const where = artifactsPath === undefined ? '' : `Downloaded to ${code(artifactsPath)}.\n\n`
  const open = artifacts.length <= 5 ? '<details open>' : '<details>'
  return {
    open: `${open}<summary>${artifacts.length} ${noun}</summary>\n\n${where}`,
    items: artifacts.map(renderArtifact),
    close: '\n</details>\n\n',
    noun: 'artifact',
    rank: 0
  }
}

function renderArtifact({job, nodeIndex, path, url}: Artifact): string {
  const node = nodeIndex > 0 ? `, parallel run ${nodeIndex}` : ''
  return `- ${link(code(path), url)} (${markdown(job)}${node})\n`
}

/** What was left out or could not be read. */
export function omissionList({omissions}: Result): Section {
  const items = omissions.map(omission => `- ${markdown(omission, 1000)}\n`)
  return {open: '### Left out\n\n', items, close: '\n', noun: 'note', rank: 7}
}
