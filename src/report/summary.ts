import type {Result} from '../record/result.ts'
import {fitSections, type Section} from './budget.ts'
import {renderChart} from './chart.ts'
import {artifactList, logDetails, omissionList} from './summary-details.ts'
import {renderHead} from './summary-head.ts'
import {jobTables, workflowTable} from './summary-tables.ts'
import {testTables} from './summary-tests.ts'

/** GitHub drops a step's whole summary above 1,048,576 bytes (actions/runner, `FileCommandManager`). */
const SUMMARY_BYTES = 999_999

/**
 * Renders the job summary: Markdown of less than 1,000,000 bytes. When it would be more, the last of very many artifacts
 * and failed tests go first, then other artifacts, log tails, jobs and tests, whole items each, and a line says so.
 */
export function renderSummary(result: Result): string {
  const sections: Section[] = [
    fixed(`${renderHead(result)}\n`),
    ...testTables(result),
    workflowTable(result),
    ...jobTables(result),
    fixed(renderTimeline(result)),
    logDetails(result),
    ...artifactList(result),
    omissionList(result)
  ]
  return fitSections(sections, SUMMARY_BYTES)
}

function renderTimeline(result: Result): string {
  const chart = renderChart(result)
  return chart === '' ? '' : `### Timeline\n\n${chart}\n`
}

function fixed(text: string): Section {
  return {open: '', items: text === '' ? [] : [text], close: '', noun: 'part', rank: 9}
}
