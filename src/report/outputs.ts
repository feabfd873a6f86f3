import * as core from '@actions/core'

import {onOneLine} from '../base/text.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {PipelineResult, Result} from '../record/result.ts'
import {pipelineDurationMs} from './timeline.ts'

/**
 * Most characters all outputs may have together. GitHub drops a job's outputs beyond 1 MB, counted as UTF-16.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
export const MAX_OUTPUT_CHARACTERS = 499_000

/**
 * Every output but `report`, in the order of action.yml: what the report file has under its name, and how the output
 * itself differs from that. `early`: set as soon as the pipeline is known, the others with the verdict. `cut`: the place
 * among those that are cut when all outputs together grow too long. `lines`: one item a line, in which a line break
 * becomes a space, and not JSON. `fields`: those that the output has of each row, the report more.
 */
const OUTPUTS = {
  'pipeline-id': {early: true, of: ({pipeline}: Result) => pipeline?.id ?? null},
  'pipeline-number': {early: true, of: ({pipeline}: Result) => pipeline?.number ?? null},
  'pipeline-url': {early: true, of: ({pipeline}: Result) => pipeline?.url ?? null},
  'pipeline-state': {early: true, of: ({pipeline}: Result) => pipeline?.state ?? null},
  'created-at': {early: true, of: ({pipeline}: Result) => pipeline?.createdAt ?? null},
  triggered: {early: true, of: ({triggered}: Result) => triggered},
  conclusion: {of: ({verdict}: Result) => verdict?.conclusion ?? null},
  'failure-reason': {of: ({verdict}: Result) => verdict?.reason ?? null},
  duration: {
    of: (result: Result) => (result.verdict === undefined ? null : secondsOf(result))
  },
  pipelines: {early: true, of: pipelineRows},
  conclusions: {of: ({conclusions}: Result) => conclusions ?? null},
  workflows: {
    cut: 6,
    of: (result: Result) => rowsIn(result, ({workflows}) => workflows.map(workflowRow)),
    fields: ['id', 'name', 'status', 'url', 'attempt', 'created_at', 'stopped_at']
  },
  jobs: {
    cut: 3,
    of: (result: Result) => rowsIn(result, ({jobs}) => jobs.map(jobRow)),
    fields: ['workflow', 'name', 'number', 'status', 'url', 'started_at', 'stopped_at']
  },
  'failed-jobs': {cut: 5, lines: true, of: failedJobNames},
  'failed-tests': {
    cut: 4,
    of: (result: Result) => rowsIn(result, ({failedTests}) => failedTests.map(testRow)),
    fields: ['job', 'name', 'classname', 'file', 'line', 'message', 'flaky']
  },
  artifacts: {
    cut: 1,
    of: (result: Result) => rowsIn(result, ({artifacts}) => artifacts.map(artifactRow)),
    fields: ['job', 'job_number', 'node_index', 'path', 'url']
  },
  'artifact-urls': {
    cut: 2,
    lines: true,
    of: (result: Result) => eachOf(result).flatMap(({artifacts}) => artifacts.map(({url}) => url))
  },
  'artifacts-path': {
    of: (result: Result) => eachOf(result).find(one => one.artifactsPath)?.artifactsPath ?? null
  }
} as const

type Name = keyof typeof OUTPUTS
type ListName = {[N in Name]: (typeof OUTPUTS)[N] extends {cut: number} ? N : never}[Name]

/** Every output of action.yml. */
export const OUTPUT_NAMES = [...(Object.keys(OUTPUTS) as Name[]), 'report'] as const

/** Outputs to set, as the text GitHub hands on. */
export type Outputs = Partial<Record<(typeof OUTPUT_NAMES)[number], string>>

/** What the report file says: every output under its own name, with what is not known as `null`. */
export type Report = {readonly [N in Name]: ReturnType<(typeof OUTPUTS)[N]['of']>} & {
  readonly omissions: readonly string[]
}

/**
 * The file behind the `report` output, as a value: everything uncut, with every attempt of workflows and jobs.
 * `docs/report.schema.json` describes it.
 */
export function reportDocument(result: Result): Report {
  const entries = Object.entries(OUTPUTS).map(([name, {of}]) => [name, of(result)] as const)
  return {
    ...(Object.fromEntries(entries) as Omit<Report, 'omissions'>),
    omissions: eachOf(result).flatMap(({omissions}) => omissions)
  }
}

/** What is known of a pipeline before there is a verdict, as outputs. */
export function pipelineOutputs(result: Result): Outputs {
  const outputs: Outputs = {}
  for (const [name, output] of Object.entries(OUTPUTS)) {
    const value = 'early' in output ? output.of(result) : null
    if (value !== null) outputs[name as Name] = plainText(value)
  }
  return outputs
}

/** All outputs of a result, and a sentence for each that had to be cut. Without a verdict only the pipeline's. */
export function resultOutputs(
  result: Result,
  reportPath: string | undefined,
  max = MAX_OUTPUT_CHARACTERS
): {readonly outputs: Outputs; readonly cuts: readonly string[]} {
  const fixed = pipelineOutputs(result)
  const lists: Lists = {}
  for (const [name, output] of Object.entries(OUTPUTS)) {
    if ('early' in output) continue
    // Without a wait, workflows were read of a pipeline that was taken, and workflows and jobs for approvals.
    const isRead =
      (name === 'workflows' || name === 'jobs') && eachOf(result).some(one => one[name].length > 0)
    if (result.verdict === undefined && !isRead) continue
    if ('cut' in output) lists[name as ListName] = rowsOf(output, result)
    else fixed[name as Name] = plainText(output.of(result) ?? '')
  }
  return fit(reportPath === undefined ? fixed : {...fixed, report: reportPath}, lists, max)
}

type Lists = Partial<Record<ListName, readonly unknown[]>>

/** What is cut first when the outputs grow too long; the last two only when nothing else is left to cut. */
const CUT_ORDER = (Object.keys(OUTPUTS) as Name[])
  .filter((name): name is ListName => 'cut' in OUTPUTS[name])
  .sort((a, b) => OUTPUTS[a].cut - OUTPUTS[b].cut)

/** A listing of the report with the fields of the output; of workflows and jobs only the latest attempts. */
function rowsOf(list: (typeof OUTPUTS)[ListName], result: Result): readonly unknown[] {
  if (!('fields' in list)) return list.of(result)
  const rows: readonly Readonly<Record<string, unknown>>[] = list.of(result)
  return rows
    .filter(row => row['latest'] !== false)
    .map(row => Object.fromEntries(fieldsOf(row, list.fields).map(field => [field, row[field]])))
}

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
  let length = isLines(name) ? 0 : 2
  for (const [index, item] of items.entries()) {
    length += text(name, item).length + (index > 0 ? separator : 0)
    if (length > room) return index
  }
  return items.length
}

function render(name: ListName, items: readonly unknown[]): string {
  const texts = items.map(item => text(name, item))
  return isLines(name) ? texts.join('\n') : `[${texts.join(',')}]`
}

function text(name: ListName, item: unknown): string {
  return isLines(name) ? onOneLine(String(item)) : JSON.stringify(item)
}

function isLines(name: ListName): boolean {
  return 'lines' in OUTPUTS[name]
}

/** Sets outputs; each may be set again later, and the last value counts (the runner reads the file when the step ends). */
export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** All pipelines of the step; the only one with the step's own verdict. */
function eachOf(result: Result): readonly PipelineResult[] {
  return result.pipelines.length > 1 ? result.pipelines : [result]
}

/** The rows of all pipelines; of several, each row with the id of its pipeline. */
function rowsIn<Row extends object>(
  result: Result,
  rowsOfOne: (pipeline: PipelineResult) => readonly Row[]
): readonly (Row & {readonly pipeline_id?: string | null})[] {
  if (result.pipelines.length <= 1) return rowsOfOne(result)
  return result.pipelines.flatMap(one =>
    rowsOfOne(one).map(row => ({pipeline_id: one.pipeline?.id ?? null, ...row}))
  )
}

function fieldsOf(row: object, fields: readonly string[]): readonly string[] {
  return 'pipeline_id' in row ? ['pipeline_id', ...fields] : fields
}

function secondsOf(result: Result): number {
  return Math.round(pipelineDurationMs(result) / 1000)
}

/** A row for each pipeline: in the order of the entries, those of one entry by their numbers. */
function pipelineRows(result: Result) {
  const {pipelines} = result
  const names = pipelines.map(({name}) => name)
  const placeOf = ({name}: PipelineResult): number => names.indexOf(name)
  const numberOf = ({pipeline}: PipelineResult): number => pipeline?.number ?? 0
  return pipelines
    .toSorted((a, b) => placeOf(a) - placeOf(b) || numberOf(a) - numberOf(b))
    .map(one => {
      const {name, slug, pipeline, verdict, triggered} = one
      const hasEnded = pipeline !== undefined && verdict !== undefined
      return {
        name: name ?? null,
        project_slug: slug,
        id: pipeline?.id ?? null,
        number: pipeline?.number ?? null,
        url: pipeline?.url ?? null,
        state: pipeline?.state ?? null,
        triggered,
        conclusion: verdict?.conclusion ?? null,
        failure_reason: verdict?.reason ?? null,
        duration: hasEnded ? secondsOf({...result, ...one}) : null
      }
    })
}

/** Names of the failed jobs of the latest attempts, each once. */
function failedJobNames(result: Result): string[] {
  const failed = eachOf(result).flatMap(({jobs}) =>
    jobs.filter(job => job.latest && isFailed(job.status))
  )
  return [...new Set(failed.map(({name}) => name))]
}

function workflowRow(workflow: PipelineResult['workflows'][number]) {
  return {
    id: workflow.id,
    name: workflow.name,
    status: workflow.status,
    url: workflow.url,
    attempt: workflow.attempt,
    latest: workflow.latest,
    deciding: workflow.deciding,
    created_at: workflow.createdAt,
    stopped_at: workflow.stoppedAt ?? null
  }
}

function jobRow(job: PipelineResult['jobs'][number]) {
  return {
    workflow: job.workflow,
    workflow_id: job.workflowId,
    attempt: job.attempt,
    latest: job.latest,
    name: job.name,
    type: job.type,
    deciding: job.deciding,
    number: job.number ?? null,
    status: job.status,
    url: job.url ?? null,
    started_at: job.startedAt ?? null,
    stopped_at: job.stoppedAt ?? null
  }
}

function testRow(test: PipelineResult['failedTests'][number]) {
  return {
    workflow: test.workflow,
    job: test.job,
    job_number: test.jobNumber,
    name: test.name,
    classname: test.classname,
    file: test.file ?? null,
    line: test.line ?? null,
    message: test.message,
    flaky: test.flaky
  }
}

function artifactRow(artifact: PipelineResult['artifacts'][number]) {
  return {
    workflow: artifact.workflow,
    job: artifact.job,
    job_number: artifact.jobNumber,
    node_index: artifact.nodeIndex,
    path: artifact.path,
    url: artifact.url
  }
}
