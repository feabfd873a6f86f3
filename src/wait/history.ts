import {AbortedError} from '../circleci/faults.ts'
import type {CircleCI} from '../circleci/client.ts'
import type {WorkflowRun} from '../circleci/model.ts'
import {phaseOf} from '../circleci/statuses.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import type {WorkflowHistory} from '../record/result.ts'

/** With fewer finished runs than this, a branch says too little and all branches are asked. */
const ENOUGH_RUNS = 3
/** How long the faults of a request are retried, in milliseconds: an estimate is not worth a long wait. */
const PATIENCE_MS = 15_000
/** An estimate of more workflows than this is not worth their requests. */
const MOST_HISTORIES = 10
/** Requests for histories at once. */
const AT_ONCE = 4

/** Histories that a step has asked for, by project, branch and workflow. */
export type Histories = Map<string, Promise<WorkflowHistory | undefined>>

/** What reading the history needs. */
interface HistoryContext {
  readonly circleci: CircleCI
  readonly slug: Slug
  readonly log: Log
  readonly signal?: AbortSignal | undefined
}

/**
 * `collectHistory` for all pipelines of a step together: each workflow's history is asked for once, of ten workflows at most,
 * four at a time.
 */
export async function historyFor(
  workflow: string,
  branch: string | undefined,
  context: HistoryContext & {readonly known: Histories}
): Promise<WorkflowHistory | undefined> {
  const {known, slug} = context
  const key = JSON.stringify([formatSlug(slug), branch, workflow])
  const asked = known.get(key)
  if (asked !== undefined) return asked
  if (known.size >= MOST_HISTORIES) return undefined
  const before = known.size < AT_ONCE ? undefined : [...known.values()].at(-AT_ONCE)
  const read = async (): Promise<WorkflowHistory | undefined> => {
    await Promise.allSettled([before])
    return collectHistory(workflow, branch, context)
  }
  const reading = read()
  known.set(key, reading)
  return reading
}

/**
 * How earlier runs of one workflow went, from Insights: the branch's runs, or all branches' when the branch has
 * fewer than three finished ones. One request, two at most. `undefined` when there are none or they could not be read
 * (said at debug only); rejects only with an `AbortedError`.
 */
export async function collectHistory(
  workflow: string,
  branch: string | undefined,
  {circleci, slug, log, signal}: HistoryContext
): Promise<WorkflowHistory | undefined> {
  const read = async (of: string | undefined): Promise<WorkflowHistory | undefined> => {
    const options = {signal, patienceMs: PATIENCE_MS}
    return summarizeRuns(workflow, of, await circleci.workflowRuns(slug, workflow, of, options))
  }
  let own: WorkflowHistory | undefined
  try {
    own = await read(branch)
    if (branch === undefined || (own !== undefined && own.runs >= ENOUGH_RUNS)) return own
    return (await read(undefined)) ?? own
  } catch (error) {
    if (error instanceof AbortedError || signal?.aborted === true) throw error
    log.debug(`No history of workflow "${workflow}": ${errorMessage(error)}`)
    return own
  }
}

/**
 * Sums runs up: only those that succeeded or failed and have a duration count, as a run that was cancelled or never
 * started says nothing about how long the next one takes. `undefined` when none does.
 */
export function summarizeRuns(
  workflow: string,
  branch: string | undefined,
  runs: readonly WorkflowRun[]
): WorkflowHistory | undefined {
  const finished = runs.flatMap(({duration = NaN, status = ''}) => {
    const phase = phaseOf(status)
    const counts = (phase === 'success' || phase === 'failed') && duration >= 0
    return counts && Number.isFinite(duration) ? [{duration, phase}] : []
  })
  if (finished.length === 0) return undefined
  const durations = finished.map(({duration}) => duration).sort((a, b) => a - b)
  return {
    workflow,
    branch,
    runs: durations.length,
    durations,
    medianSeconds: percentile(durations, 0.5),
    p95Seconds: percentile(durations, 0.95),
    successRate: finished.filter(({phase}) => phase === 'success').length / finished.length
  }
}

/** The nearest-rank percentile of ascending values: the smallest that at least `share` (0 to 1) of them do not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  const rank = Math.min(ascending.length, Math.max(1, Math.ceil(share * ascending.length)))
  return ascending[rank - 1] ?? NaN
}
