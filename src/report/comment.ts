import {formatDuration} from '../base/text.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {Result} from '../record/result.ts'
import {fitSections, wholeText, type Section} from './sections.ts'
import {lookOf} from './status.ts'
import {heading, renderCommit} from './summary.ts'
import {timeJobs, pipelineDurationMs} from './timeline.ts'
import {code, link, markdown, plainLines} from './escape.ts'

/** GitHub refuses a comment of more than 65,536 characters; bytes are never fewer than characters. */
const COMMENT_BYTES = 65_000
const JOBS = 10
const TESTS = 10
const ARTIFACTS = 10
const MESSAGE_SCANNED = 20_000

/** Renders the pull request comment: the verdict, and the first few failed jobs, failed tests and artifacts. */
export function renderComment(result: Result): string {
  const sections = [head(result), jobs(result), tests(result), artifacts(result)]
  return fitSections(sections, COMMENT_BYTES)
}

function head(result: Result): Section {
  const message =
    result.verdict === undefined ? '' : `${markdown(result.verdict.message, 2000)}\n\n`
  const commit = renderCommit(result.pipeline?.revision, result.slug, result.host)
  const facts = [
    ...(result.pipeline === undefined
      ? []
      : [`Took ${formatDuration(pipelineDurationMs(result))}`]),
    ...(commit === '' ? [] : [commit])
  ]
  const took = facts.length === 0 ? '' : `${facts.join(' · ')}\n\n`
  const text = `#${heading(result)}\n\n${message}${took}`
  return wholeText(text)
}

function jobs(result: Result): Section {
  const failed = timeJobs(result).filter(({job}) => job.latest && isFailed(job.status))
  const lines = failed.map(({job, ranMs}) => {
    const {emoji, words} = lookOf(job.status)
    const after = ranMs === undefined ? '' : ` after ${formatDuration(ranMs)}`
    return `- ${emoji} ${link(code(job.name), job.url)} ${words}${after} <sub>${markdown(job.workflow)}</sub>\n`
  })
  return list('**Failed jobs**', lines, JOBS, 'failed job', 3)
}

function tests({failedTests}: Result): Section {
  const allFlaky = failedTests.length > 0 && failedTests.every(test => test.flaky)
  const lines = failedTests.map(({name, file, line, message, flaky}) => {
    const where =
      file === undefined ? '' : ` in ${code(line === undefined ? file : `${file}:${line}`)}`
    const first = plainLines(message.slice(0, MESSAGE_SCANNED)).find(text => text.trim() !== '')
    const why = first === undefined ? '' : `<br>${code(first, 160)}`
    return `- ${flaky ? '🎲 flaky: ' : ''}${code(name)}${where}${why}\n`
  })
  return list(
    `**Failed tests**${allFlaky ? ', all known to be flaky' : ''}`,
    lines,
    TESTS,
    'failed test',
    2
  )
}

function artifacts({artifacts: all}: Result): Section {
  const lines = all.map(({path, url}) => `- ${link(code(path), url)}\n`)
  return list('**Artifacts**', lines, ARTIFACTS, 'artifact', 1)
}

function list(
  title: string,
  lines: readonly string[],
  max: number,
  noun: string,
  rank: number
): Section {
  const left = lines.length - max
  const more = left > 0 ? `\n…and ${left} more.\n` : ''
  return {open: `${title}\n\n`, items: lines.slice(0, max), close: `${more}\n`, noun, rank}
}
