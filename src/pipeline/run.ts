import type {CircleCI} from '../circleci/client.ts'
import {InputError} from '../base/errors.ts'
import {AbortedError} from '../circleci/faults.ts'
import type {Clock} from '../base/clock.ts'
import type {FileExists} from '../collect/test-path.ts'
import type {DownloadFolder} from '../download/folder.ts'
import type {Log} from '../base/log.ts'
import type {PipelineRecord, StepRecord} from '../record/record.ts'
import type {GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'
import {obtainPipeline} from './obtain.ts'
import {otherCommit, type Verdict} from '../record/result.ts'
import type {StepListener} from '../report/reporter.ts'
import type {GitHubEvent} from '../trigger/event.ts'
import type {Histories} from '../wait/history.ts'
import {NotSentError, type Turn} from '../trigger/turns.ts'

/** What the run needs to know of the event and of the GitHub run it is part of. */
export type RunEvent = GitHubEvent &
  Pick<GitHubContext, 'headSha' | 'runId' | 'runAttempt' | 'ownPipeline'>

/** Everything the story of one pipeline is handed; it reads nothing else. */
export interface RunContext {
  readonly inputs: Inputs
  readonly event: RunEvent
  readonly circleci: CircleCI
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** Aborts when GitHub cancels the step. */
  readonly signal: AbortSignal
  /** Where `artifacts-path` leads, already checked. */
  readonly downloadFolder: DownloadFolder | undefined
  /** The folders of jobs that the step's pipelines have written in there. */
  readonly written: Set<string>
  /** `undefined`: there is no checkout. */
  readonly fileExists: FileExists | undefined
  readonly listener: StepListener
  /** The whole step's record, of which this pipeline's is a part. */
  readonly step: StepRecord
  /** Epoch milliseconds at which the step's timeout is over, and the signal that aborts then or with `signal`. */
  readonly deadline: number
  readonly limit: AbortSignal
  /** Aborts with `limit`, and when the step ends: for what it does without. */
  readonly beside: AbortSignal
  /** What the step has learned of earlier runs. */
  readonly histories: Histories
  /** When this entry may send its request. */
  readonly turn: Turn
}

/** How an entry of a step ended. */
export interface Ended {
  /** `undefined` when nothing was waited for. */
  readonly verdict: Verdict | undefined
  /** The pipeline that decided it. */
  readonly decidedBy: PipelineRecord
}

/**
 * The story of one pipeline: obtain it (trigger one, attach to one, or rerun an earlier one), wait for its verdict, collect
 * what a developer needs. Always resolves, and writes whatever it finds out into the record.
 */
export async function runPipeline(record: PipelineRecord, context: RunContext): Promise<Ended> {
  const {inputs, signal, limit, log, step, turn} = context
  const bounded = {...context, signal: limit}
  try {
    if (inputs.pipeline.kind === 'commit') {
      const {runCommit} = await import(/* webpackChunkName: "later" */ './commit.ts')
      return await runCommit(record, context)
    }
    const pipeline = await obtainPipeline(bounded, record)
    turn.done()
    if (pipeline !== undefined && signal.aborted) throw new AbortedError('The step')
    const waits = inputs.wait && !inputs.dryRun
    const approves = !inputs.wait && inputs.approve.length > 0
    if (pipeline !== undefined && (waits || approves || record.attached)) {
      const {awaitApproval, awaitVerdict, collectFor, look} = await import(
        /* webpackChunkName: "later" */ './follow.ts'
      )
      if (waits) {
        record.verdict = await awaitVerdict(context, record, pipeline)
        await collectFor(context, record)
      } else if (approves) await awaitApproval(context, record, pipeline)
      else await look(bounded, record, pipeline)
    }
  } catch (error) {
    if (error instanceof NotSentError) return {verdict: undefined, decidedBy: record}
    const {conclude} = await import(/* webpackChunkName: "later" */ './ending.ts')
    const {name} = record
    const ofEntry = error instanceof InputError && name !== undefined ? error.inEntry(name) : error
    record.verdict = await conclude(ofEntry, context, record)
  }
  const other = otherCommit({...record, eventCommit: step.eventCommit})
  if (other !== undefined) log.warning(other)
  return {verdict: record.verdict, decidedBy: record}
}
