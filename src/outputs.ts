import * as core from '@actions/core'

import type {PipelineInfo, Result} from './result.ts'
import {reportDocument} from './report/report-file.ts'

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

export type OutputName = (typeof OUTPUT_NAMES)[number]
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

/** What is cut first when the outputs grow too long. */
const CUT_ORDER = ['artifacts', 'artifact-urls', 'jobs', 'failed-tests'] as const

/** All outputs of a result, and a sentence for each that had to be cut. Without a verdict only the pipeline's. */
export function resultOutputs(
  result: Result,
  reportPath: string | undefined,
  max = MAX_OUTPUT_CHARACTERS
): {readonly outputs: Outputs; readonly cuts: readonly string[]} {
  const pipeline = pipelineOutputs(result.pipeline, result.triggered)
  const {verdict} = result
  const document = reportDocument(result)
  const workflows = json(rows(document, 'workflows'))
  const report = reportPath === undefined ? {} : {report: reportPath}
  if (verdict === undefined) {
    // An attached pipeline's workflows were read all the same.
    const seen = result.workflows.length > 0 ? {workflows} : {}
    return {outputs: {...pipeline, ...seen, ...report}, cuts: []}
  }
  const fixed: Outputs = {
    ...pipeline,
    conclusion: verdict.conclusion,
    'failure-reason': verdict.reason ?? '',
    duration: String(document.duration ?? 0),
    workflows,
    'failed-jobs': document['failed-jobs'].join('\n'),
    'artifacts-path': result.artifactsPath ?? '',
    ...report
  }
  const lists = {
    jobs: rows(document, 'jobs'),
    'failed-tests': rows(document, 'failed-tests'),
    artifacts: rows(document, 'artifacts'),
    'artifact-urls': document['artifact-urls']
  }
  return fit(fixed, lists, max)
}

type Report = ReturnType<typeof reportDocument>
type Lists = Record<(typeof CUT_ORDER)[number], readonly unknown[]>

/** Cuts whole items off the lists, in the order above, until everything fits. */
function fit(
  fixed: Outputs,
  lists: Lists,
  max: number
): {outputs: Outputs; cuts: readonly string[]} {
  const outputs: Outputs = {...fixed}
  for (const name of CUT_ORDER) outputs[name] = render(name, lists[name])
  const cuts: string[] = []
  for (const name of CUT_ORDER) {
    const excess = totalLength(outputs) - max
    if (excess <= 0) break
    const room = Math.max(0, (outputs[name]?.length ?? 0) - excess)
    const kept = longestPrefix(name, lists[name], room)
    outputs[name] = render(name, lists[name].slice(0, kept))
    cuts.push(
      `Output "${name}" holds ${kept} of ${lists[name].length} items, because GitHub takes no more than ${max} characters; all of them are in the report file.`
    )
  }
  return {outputs, cuts}
}

function totalLength(outputs: Outputs): number {
  return Object.values(outputs).reduce((sum, value) => sum + value.length, 0)
}

/** How many items from the start fit into so many characters. */
function longestPrefix(name: keyof Lists, items: readonly unknown[], room: number): number {
  const separator = 1
  let length = name === 'artifact-urls' ? 0 : 2
  for (const [index, item] of items.entries()) {
    length += itemLength(name, item) + (index > 0 ? separator : 0)
    if (length > room) return index
  }
  return items.length
}

function itemLength(name: keyof Lists, item: unknown): number {
  return name === 'artifact-urls' ? String(item).length : json(item).length
}

function render(name: keyof Lists, items: readonly unknown[]): string {
  return name === 'artifact-urls' ? items.join('\n') : json(items)
}

function json(value: unknown): string {
  return JSON.stringify(value)
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
