import * as core from '@actions/core'

import {onOneLine} from '../base/lines.ts'
import type {PipelineInfo, Result} from '../record/result.ts'
import {reportDocument} from './report-file.ts'

/**
 * Most characters all outputs may have together. GitHub drops a job's outputs beyond 1 MB, counted as UTF-16.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
export const MAX_OUTPUT_CHARACTERS = 499_000

/** Every output of action.yml. */
export const OUTPUT_NAMES = [
  'pipeline-id',
  'pipeline-number',
  'pipeline-url',
  'pipeline-state',
  'created-at',
  'triggered',
  'conclusion',
  'failure-reason',
  'duration',
  'workflows',
  'jobs',
  'failed-jobs',
  'failed-tests',
  'artifacts',
  'artifact-urls',
  'artifacts-path',
  'report'
] as const

/** Name of an output in action.yml. */
export type OutputName = (typeof OUTPUT_NAMES)[number]
/** Outputs to set, as the text GitHub hands on. */
export type Outputs = Partial<Record<OutputName, string>>

/** What is known of a pipeline, as outputs. */
export function pipelineOutputs(info: PipelineInfo | undefined, triggered: boolean): Outputs {
  if (info === undefined) return {triggered: String(triggered)}
  return {
    'pipeline-id': info.id,
    'pipeline-number': String(info.number),
    'pipeline-url': info.url,
    'pipeline-state': info.state,
    'created-at': info.createdAt,
    triggered: String(triggered)
  }
}

/** What is cut first when the outputs grow too long; the last two only when nothing else is left to cut. */
const CUT_ORDER = [
  'artifacts',
  'artifact-urls',
  'jobs',
  'failed-tests',
  'failed-jobs',
  'workflows'
] as const

/** All outputs of a result, and a sentence for each that had to be cut. Without a verdict only the pipeline's. */
export function resultOutputs(
  result: Result,
  reportPath: string | undefined,
  max = MAX_OUTPUT_CHARACTERS
): {readonly outputs: Outputs; readonly cuts: readonly string[]} {
  const pipeline = pipelineOutputs(result.pipeline, result.triggered)
  const {verdict} = result
  const document = reportDocument(result)
  const workflows = rows(document, 'workflows')
  const report = reportPath === undefined ? {} : {report: reportPath}
  if (verdict === undefined) {
    // An attached pipeline's workflows were read all the same.
    const seen = result.workflows.length > 0 ? {workflows} : {}
    return fit({...pipeline, ...report}, seen, max)
  }
  const fixed: Outputs = {
    ...pipeline,
    conclusion: verdict.conclusion,
    'failure-reason': verdict.reason ?? '',
    duration: String(document.duration ?? 0),
    'artifacts-path': result.artifactsPath ?? '',
    ...report
  }
  const lists = {
    workflows,
    jobs: rows(document, 'jobs'),
    'failed-jobs': document['failed-jobs'],
    'failed-tests': rows(document, 'failed-tests'),
    artifacts: rows(document, 'artifacts'),
    'artifact-urls': document['artifact-urls']
  }
  return fit(fixed, lists, max)
}

type Report = ReturnType<typeof reportDocument>
type ListName = (typeof CUT_ORDER)[number]
type Lists = Partial<Record<ListName, readonly unknown[]>>

/** Outputs of one item a line, in which a line break becomes a space; the others are JSON. */
const PLAIN: ReadonlySet<ListName> = new Set(['artifact-urls', 'failed-jobs'])

/** Cuts whole items off the lists, in the order above, until everything fits. */
function fit(
  fixed: Outputs,
  lists: Lists,
  max: number
): {outputs: Outputs; cuts: readonly string[]} {
  const outputs: Outputs = {...fixed}
  for (const name of CUT_ORDER) {
    const items = lists[name]
    if (items !== undefined) outputs[name] = render(name, items)
  }
  const cuts: string[] = []
  for (const name of CUT_ORDER) {
    const items = lists[name] ?? []
    const excess = totalLength(outputs) - max
    if (excess <= 0) break
    if (items.length === 0) continue
    const room = (outputs[name]?.length ?? 0) - excess
    const kept = longestPrefix(name, items, room)
    outputs[name] = render(name, items.slice(0, kept))
    const whole = fixed.report === undefined ? '' : ' All of them are in the report file.'
    cuts.push(
      `Output "${name}" holds ${kept} of ${items.length} items: all outputs together are limited to ${max} characters, because GitHub drops a job's outputs above 1 MB.${whole}`
    )
  }
  return {outputs, cuts}
}

function totalLength(outputs: Outputs): number {
  return Object.values(outputs).reduce((sum, value) => sum + value.length, 0)
}

/** How many items from the start fit into so many characters. */
function longestPrefix(name: ListName, items: readonly unknown[], room: number): number {
  const separator = 1
  let length = PLAIN.has(name) ? 0 : 2
  for (const [index, item] of items.entries()) {
    length += text(name, item).length + (index > 0 ? separator : 0)
    if (length > room) return index
  }
  return items.length
}

function render(name: ListName, items: readonly unknown[]): string {
  const texts = items.map(item => text(name, item))
  return PLAIN.has(name) ? texts.join('\n') : `[${texts.join(',')}]`
}

function text(name: ListName, item: unknown): string {
  return PLAIN.has(name) ? onOneLine(String(item)) : JSON.stringify(item)
}

/** The fields of each listing; the report has these and more. */
const FIELDS = {
  workflows: ['id', 'name', 'status', 'url', 'attempt', 'created_at', 'stopped_at'],
  jobs: ['workflow', 'name', 'number', 'status', 'url', 'started_at', 'stopped_at'],
  'failed-tests': ['job', 'name', 'classname', 'file', 'line', 'message', 'flaky'],
  artifacts: ['job', 'job_number', 'node_index', 'path', 'url']
} as const

type Listing = keyof typeof FIELDS

/** A listing of the report with the fields of the output; of workflows and jobs only the latest attempts. */
function rows(report: Report, name: Listing): readonly unknown[] {
  return report[name]
    .filter(row => !('latest' in row) || row.latest)
    .map(row =>
      Object.fromEntries(FIELDS[name].map(field => [field, row[field as keyof typeof row]]))
    )
}

/** Sets outputs; each may be set again later, and the last value counts (the runner reads the file when the step ends). */
export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}
