import {formatDuration} from '../base/text.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {FailedTest, Result} from '../record/result.ts'
import {pipelineTable, heading, renderCommit} from './heading.ts'
import {fitSections, wholeText, type Section} from './sections.ts'
import {timeJobs, pipelineDurationMs} from './timeline.ts'
import {code, link, markdown, plainLines} from './escape.ts'
import {placeOf} from './failures.ts'
import {inTurns, lookOf, viewsOf, type View} from './views.ts'

/** GitHub refuses a comment of more than 65,536 characters; bytes are never fewer than characters. */
const COMMENT_BYTES = 65_000
const JOBS = 10
const TESTS = 10
const ARTIFACTS = 10
const MESSAGE_SCANNED = 20_000

/** Renders the pull request comment: the verdict, and the first few failed jobs, failed tests and artifacts. */
export function renderComment(result: Result): string {
  const views = viewsOf(result)
  const [first] = views
  const top =
    first !== undefined && views.length === 1 ? [head(first)] : pipelineTable(result, views, '###')
  return fitSections([...top, jobs(views), tests(views), artifacts(views)], COMMENT_BYTES)
}

function head(result: View): Section {
  const message =
    result.verdict === undefined ? '' : `${markdown(result.verdict.message, 2000)}\n\n`
  const commit = renderCommit(result.pipeline?.revision, result.slug, result.host)
  const facts = [
    ...(result.pipeline === undefined
      ? []
      : [`Took ${formatDuration(pipelineDurationMs(result))}`]),
    ...(commit === '' ? [] : [commit])
  ]
  const took = facts.length === 0 ? '' : `${facts.join(' \u00b7 ')}\n\n`
  const text = `#${heading(result)}\n\n${message}${took}`
  return wholeText(text)
}

function jobs(views: readonly View[]): Section {
  const lines = inTurns(views, view => {
    const failed = timeJobs(view).filter(({job}) => job.latest && isFailed(job.status))
    return failed.map(({job, ranMs}) => {
      const {emoji, words} = lookOf(job.status)
      const after = ranMs === undefined ? '' : ` after ${formatDuration(ranMs)}`
      const of = [...labels(view), markdown(job.workflow)].join(' \u00b7 ')
      return `- ${emoji} ${link(code(job.name), job.url)} ${words}${after} <sub>${of}</sub>\n`
    })
  })
  return list('**Failed jobs**', lines, JOBS, 'failed job', 3)
}

function tests(views: readonly View[]): Section {
  const all = views.flatMap(({failedTests}) => failedTests)
  const allFlaky = all.length > 0 && all.every(test => test.flaky)
  const lines = inTurns(views, view => view.failedTests.map(test => testLine(test, view)))
  return list(
    `**Failed tests**${allFlaky ? ', all known to be flaky' : ''}`,
    lines,
    TESTS,
    'failed test',
    2
  )
}

function testLine(test: FailedTest, view: View): string {
  const {name, message, flaky} = test
  const place = placeOf(test)
  const where = place === undefined ? '' : ` in ${code(place)}`
  const first = plainLines(message.slice(0, MESSAGE_SCANNED)).find(text => text.trim() !== '')
  const why = first === undefined ? '' : `<br>${code(first, 160)}`
  return `- ${flaky ? '\ud83c\udfb2 flaky: ' : ''}${code(name)}${where}${ofPipeline(view)}${why}\n`
}

function artifacts(views: readonly View[]): Section {
  const lines = inTurns(views, view =>
    view.artifacts.map(({path, url}) => `- ${link(code(path), url)}${ofPipeline(view)}\n`)
  )
  return list('**Artifacts**', lines, ARTIFACTS, 'artifact', 1)
}

/** The pipeline, where there are others. */
function labels({label}: View): string[] {
  return label === undefined ? [] : [markdown(label, 100)]
}

function ofPipeline(view: View): string {
  return labels(view)
    .map(label => ` <sub>${label}</sub>`)
    .join('')
}

function list(
  title: string,
  lines: readonly string[],
  max: number,
  noun: string,
  rank: number
): Section {
  const left = lines.length - max
  const more = left > 0 ? `\n\u2026and ${left} more.\n` : ''
  return {open: `${title}\n\n`, items: lines.slice(0, max), close: `${more}\n`, noun, rank}
}
