import {onOneLine} from '../base/text.ts'
import {failedJobs, type PipelineResult, type Result} from '../record/result.ts'
import {pipelineDurationMs} from './timeline.ts'

/**
 * Most characters all outputs may have together. GitHub drops a job's outputs beyond 1 MB, counted as UTF-16.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
export const MAX_OUTPUT_CHARACTERS = 499_000

/** What an output is made of. */
interface Output {
  /** What the report file has under its name. */
  readonly of: (result: Result) => unknown
  /** Set as soon as the pipeline is known, the others with the verdict. */
  readonly early?: boolean
  /** Of a list: its place among those that are cut when all outputs together grow too long. */
  readonly cut?: number
  /** Of a list: one item a line, in which a line break becomes a space, and not JSON. */
  readonly lines?: boolean
  /** Of a list: the fields of a row that only the report has, and not the output. */
  readonly reportOnly?: readonly string[]
}

/** Every output but `report`, in the order of action.yml. */
const OUTPUTS = {
  'pipeline-id': {early: true, of: ({pipeline}) => pipeline?.id},
  'pipeline-number': {early: true, of: ({pipeline}) => pipeline?.number},
  'pipeline-url': {early: true, of: ({pipeline}) => pipeline?.url},
  'pipeline-state': {early: true, of: ({pipeline}) => pipeline?.state},
  'created-at': {early: true, of: ({pipeline}) => pipeline?.createdAt},
  triggered: {early: true, of: ({triggered}) => triggered},
  conclusion: {of: ({verdict}) => verdict?.conclusion},
  'failure-reason': {of: ({verdict}) => verdict?.reason},
  duration: {of: result => result.verdict && secondsOf(result)},
  pipelines: {early: true, of: pipelineRows},
  conclusions: {of: ({conclusions}) => conclusions},
  workflows: {
    cut: 6,
    of: rowsOf('workflows', [
      ...(['id', 'name', 'status', 'url', 'attempt', 'latest', 'deciding'] as const),
      ...(['createdAt', 'stoppedAt'] as const)
    ]),
    reportOnly: ['latest', 'deciding']
  },
  jobs: {
    cut: 3,
    of: rowsOf('jobs', [
      ...(['workflow', 'workflowId', 'attempt', 'latest', 'name', 'type', 'deciding'] as const),
      ...(['number', 'status', 'url', 'startedAt', 'stoppedAt'] as const)
    ]),
    reportOnly: ['workflow_id', 'attempt', 'latest', 'type', 'deciding']
  },
  'failed-jobs': {cut: 5, lines: true, of: failedJobNames},
  'failed-tests': {
    cut: 4,
    of: rowsOf('failedTests', [
      ...(['workflow', 'job', 'jobNumber', 'name', 'classname'] as const),
      ...(['file', 'line', 'message', 'flaky'] as const)
    ]),
    reportOnly: ['workflow', 'job_number']
  },
  artifacts: {
    cut: 1,
    of: rowsOf('artifacts', ['workflow', 'job', 'jobNumber', 'nodeIndex', 'path', 'url']),
    reportOnly: ['workflow']
  },
  'artifact-urls': {
    cut: 2,
    lines: true,
    of: result => eachOf(result).flatMap(({artifacts}) => artifacts.map(({url}) => url))
  },
  'artifacts-path': {
    of: result => eachOf(result).find(one => one.artifactsPath)?.artifactsPath
  }
} satisfies Readonly<Record<string, Output>>

type Name = keyof typeof OUTPUTS

const ALL = Object.entries(OUTPUTS) as [Name, Output][]

/** Every output of action.yml. */
export const OUTPUT_NAMES = [...ALL.map(([name]) => name), 'report'] as const

/** Outputs to set, as text. */
export type Outputs = Partial<Record<(typeof OUTPUT_NAMES)[number], string>>

/** What the report file says: every output under its own name, with what is not known as `null`. */
export type Report = Readonly<Record<Name | 'omissions', unknown>>

/** The report file (`docs/report.schema.json`): everything uncut, with every attempt of workflows and jobs. */
export function reportDocument(result: Result): Report {
  const entries = ALL.map(([name, {of}]) => [name, of(result) ?? null])
  return {
    ...(Object.fromEntries(entries) as Record<Name, unknown>),
    omissions: eachOf(result).flatMap(({omissions}) => omissions)
  }
}

/** What is known of a pipeline before there is a verdict, as outputs. */
export function pipelineOutputs(result: Result): Outputs {
  const outputs: Outputs = {}
  for (const [name, {early, of}] of ALL) {
    const value = early === true ? of(result) : undefined
    if (value !== undefined) outputs[name] = plainText(value)
  }
  return outputs
}

/** All outputs of a result, and a sentence for each that had to be cut. Without a verdict only the pipeline's. */
export function resultOutputs(
  result: Result,
  reportPath: string | undefined,
  max = MAX_OUTPUT_CHARACTERS
): {readonly outputs: Outputs; readonly cuts: readonly string[]} {
  const outputs = pipelineOutputs(result)
  const lists: List[] = []
  for (const [name, output] of ALL) {
    if (output.early === true) continue
    // Without a wait, workflows were read of a pipeline that was taken, and workflows and jobs for approvals.
    const isRead =
      (name === 'workflows' || name === 'jobs') && eachOf(result).some(one => one[name].length > 0)
    if (result.verdict === undefined && !isRead) continue
    if (output.cut === undefined) outputs[name] = plainText(output.of(result) ?? '')
    else lists.push(listOf(name, output.cut, output, result))
  }
  if (reportPath !== undefined) outputs.report = reportPath
  return fit(outputs, lists, max)
}

/** An output that is a list: each of its items as text. */
interface List {
  readonly name: Name
  readonly cut: number
  readonly items: readonly string[]
  readonly join: (items: readonly string[]) => string
}

/** Of rows the fields of the output; of workflows and jobs only the latest attempts. */
function listOf(
  name: Name,
  cut: number,
  {of, lines, reportOnly = []}: Output,
  result: Result
): List {
  const items = of(result) as readonly unknown[]
  if (lines === true) {
    return {
      name,
      cut,
      items: items.map(item => onOneLine(String(item))),
      join: all => all.join('\n')
    }
  }
  const rows = (items as readonly Readonly<Record<string, unknown>>[]).filter(
    ({latest}) => latest !== false
  )
  const texts = rows.map(row => {
    const fields = Object.entries(row).filter(([field]) => !reportOnly.includes(field))
    return JSON.stringify(Object.fromEntries(fields))
  })
  return {name, cut, items: texts, join: all => `[${all.join(',')}]`}
}

/** Cuts whole items off the lists, one list after the other, until everything fits. */
function fit(
  fixed: Outputs,
  lists: readonly List[],
  max: number
): {outputs: Outputs; cuts: readonly string[]} {
  const outputs = {...fixed}
  for (const {name, items, join} of lists) outputs[name] = join(items)
  const cuts: string[] = []
  for (const {name, items, join} of lists.toSorted((a, b) => a.cut - b.cut)) {
    const excess = Object.values(outputs).reduce((sum, value) => sum + value.length, -max)
    if (excess <= 0) break
    if (items.length === 0) continue
    const kept = longestPrefix(items, join([]).length, (outputs[name]?.length ?? 0) - excess)
    outputs[name] = join(items.slice(0, kept))
    const whole = fixed.report === undefined ? '' : ' All of them are in the report file.'
    cuts.push(
      `Output "${name}" holds ${kept} of ${items.length} items: all outputs together are limited to ${max} characters, because GitHub drops a job's outputs above 1 MB.${whole}`
    )
  }
  return {outputs, cuts}
}

/** How many items from the start fit into so many characters, with one between them and `around` around all. */
function longestPrefix(items: readonly string[], around: number, room: number): number {
  let length = around - 1
  const first = items.findIndex(item => (length += item.length + 1) > room)
  return first === -1 ? items.length : first
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** All pipelines of the step; the only one with the step's own verdict. */
function eachOf(result: Result): readonly PipelineResult[] {
  return result.pipelines.length > 1 ? result.pipelines : [result]
}

/** A row for each item of a listing of all pipelines; of several, each row with the id of its pipeline. */
function rowsOf<List extends 'workflows' | 'jobs' | 'failedTests' | 'artifacts'>(
  list: List,
  fields: readonly (keyof PipelineResult[List][number] & string)[]
): (result: Result) => readonly object[] {
  const columns = fields.map(field => [snakeCase(field), field] as const)
  return result =>
    eachOf(result).flatMap(one =>
      one[list].map((item: PipelineResult[List][number]) => ({
        ...(result.pipelines.length > 1 ? {pipeline_id: one.pipeline?.id ?? null} : {}),
        ...Object.fromEntries(columns.map(([name, field]) => [name, item[field] ?? null]))
      }))
    )
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function secondsOf(result: Result): number {
  return Math.round(pipelineDurationMs(result) / 1000)
}

/** A row for each pipeline: in the order of the entries, those of one entry by their numbers. */
function pipelineRows(result: Result): readonly object[] {
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
function failedJobNames(result: Result): readonly string[] {
  const failed = eachOf(result).flatMap(failedJobs)
  return [...new Set(failed.map(({name}) => name))]
}
