import {countOf} from '../base/text.ts'
import type {Artifact, Result} from '../record/result.ts'
import {renderChart, renderLanes} from './chart.ts'
import {code, link, markdown} from './escape.ts'
import {pipelineTable, renderHead} from './heading.ts'
import {byteLength, fitDocuments, fitSections, wholeText, type Section} from './sections.ts'
import {jobTables, logDetails, testTables, workflowTable} from './summary-parts.ts'
import {isRed, pipelineLook, viewsOf, type View} from './views.ts'

/** GitHub drops a step's whole summary above 1,048,576 bytes (actions/runner, `FileCommandManager`). */
const SUMMARY_BYTES = 999_999
/** Of these, a table of several pipelines may take so many. */
const OVERVIEW_BYTES = 200_000
/** How much of the rest what did not pass may take, when others did. */
const RED_SHARE = 3 / 4
/** More artifacts than these are listed only where nothing else needs the room. */
const MANY_ARTIFACTS = 500

/**
 * Renders the job summary: Markdown of less than 1,000,000 bytes. When it would be more, the last of very many artifacts
 * and failed tests go first, then other artifacts, jobs that need no look, log tails, the other jobs and tests, whole items
 * each, and a line says so. Several pipelines share the room, those that did not pass before the others.
 */
export function renderSummary(result: Result): string {
  const views = viewsOf(result)
  const [first] = views
  if (first !== undefined && views.length === 1) {
    return fitSections(pipelineSections(first), SUMMARY_BYTES)
  }
  const red = views.filter(isRed)
  const others = views.filter(view => !isRed(view))
  const overview = fitSections(pipelineTable(result, views, '##'), OVERVIEW_BYTES)
  const chart = timeline(renderLanes(views))
  const room = SUMMARY_BYTES - byteLength(overview + chart)
  const failed = fitDocuments(
    red.map(pipelineSections),
    others.length === 0 ? room : RED_SHARE * room
  )
  const left = room - byteLength(failed.join(''))
  const passed = fitDocuments(others.map(foldedPipeline), left)
  return [overview, ...failed, chart, ...passed].join('')
}

/** Of a pipeline that needs no look, all there is to show, folded. */
function foldedPipeline(view: View): Section[] {
  const {emoji, words} = pipelineLook(view)
  const summary = `${emoji} ${markdown(view.label ?? '', 100)} ${words}`
  return [
    wholeText(`<details>\n<summary>${summary}</summary>\n\n`, 10),
    ...pipelineSections(view),
    wholeText('\n</details>\n\n', 10)
  ]
}

/** All there is to show of one pipeline; of several, one chart shows all. */
function pipelineSections(result: View): Section[] {
  return [
    wholeText(`${renderHead(result)}\n`),
    ...testTables(result),
    workflowTable(result),
    ...jobTables(result),
    wholeText(result.label === undefined ? timeline(renderChart(result)) : ''),
    logDetails(result),
    ...artifactLists(result),
    omissionList(result)
  ]
}

function timeline(chart: string): string {
  return chart === '' ? '' : `### Timeline\n\n${chart}\n`
}

/** The artifacts, as links with their jobs. */
function artifactLists({artifacts, artifactsPath}: Result): Section[] {
  const where = artifactsPath === undefined ? '' : `Downloaded to ${code(artifactsPath)}.\n\n`
  const parallel = new Set(
    artifacts.filter(({nodeIndex}) => nodeIndex > 0).map(({jobNumber}) => jobNumber)
  )
  const items = artifacts.map(one => renderArtifact(one, parallel.has(one.jobNumber)))
  const details = items.length <= 5 ? '<details open>' : '<details>'
  const list = (summary: string, listed: readonly string[], rank: number): Section => ({
    open: `${details}<summary>${summary}</summary>\n\n`,
    items: listed,
    close: '\n</details>\n\n',
    noun: 'artifact',
    rank
  })
  const first = list(countOf(items.length, 'artifact'), items.slice(0, MANY_ARTIFACTS), 1)
  const more = countOf(items.length - MANY_ARTIFACTS, 'more artifact')
  return [{...first, open: first.open + where}, list(more, items.slice(MANY_ARTIFACTS), 0)]
}

function renderArtifact({job, nodeIndex, path, url}: Artifact, isParallel: boolean): string {
  const node = isParallel ? `, parallel run ${nodeIndex}` : ''
  return `- ${link(code(path), url)} (${markdown(job)}${node})\n`
}

/** What was left out or could not be read. */
function omissionList({omissions}: Result): Section {
  const items = omissions.map(omission => `- ${markdown(omission, 1000)}\n`)
  return {open: '### Left out\n\n', items, close: '\n', noun: 'note', rank: 7}
}
