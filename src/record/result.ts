import type {Subject} from '../trigger/ref.ts'
import {isFailed} from '../circleci/statuses.ts'
import type {Job, ParameterValue, PipelineMessage, Ref, Workflow} from '../circleci/model.ts'
import type {ActionError, Conclusion, FailureReason} from '../base/errors.ts'

/**
 * What a step found out about one pipeline: plain data that outputs, log, summary, annotations, commit status, comment
 * and report file are rendered from. Remote text in it is raw, and escaped where it is rendered.
 */
export interface PipelineResult {
  /** Of its entry in the input `pipelines`; `undefined` without that input. */
  readonly name: string | undefined
  /** The slug as CircleCI shows it. */
  readonly slug: string
  readonly host: string
  /** What was asked to be built; `undefined` when CircleCI chose (the project's default branch). */
  readonly ref: Ref | undefined
  readonly subject: Subject
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** True when this step made the pipeline (adopting one whose answer was lost counts). */
  readonly triggered: boolean
  /** True when the step attached to a pipeline it did not make. */
  readonly attached: boolean
  readonly pipeline: PipelineInfo | undefined
  readonly verdict: Verdict | undefined
  /** Every attempt of every workflow, oldest first. */
  readonly workflows: readonly WorkflowAttempt[]
  /** Jobs of every attempt that was read; those of the latest attempts, unless `omissions` says that they could not be read. */
  readonly jobs: readonly JobRun[]
  readonly failedTests: readonly FailedTest[]
  /** Tails of failed steps' logs. */
  readonly logTails: readonly LogTail[]
  readonly artifacts: readonly Artifact[]
  /** Folder the artifacts were downloaded into. */
  readonly artifactsPath: string | undefined
  /** How earlier runs of the same workflows went, by workflow. */
  readonly history: readonly WorkflowHistory[]
  /** What was left out or could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/** What a whole step found out: all of its pipelines, and everything of the one that decided its verdict. */
export interface Result extends PipelineResult {
  /** In the order in which they were asked for. */
  readonly pipelines: readonly PipelineResult[]
  /** How each entry of `pipelines` ended, by its name: `null` as long as that is open. `undefined` without that input. */
  readonly conclusions: Readonly<Record<string, Conclusion | null>> | undefined
  /** The commit the event is about. */
  readonly eventCommit: string | undefined
  /** Epoch milliseconds of the step's first request and of its end. */
  readonly startedAt: number
  readonly finishedAt: number
}

/** Says which commit CircleCI built instead of the event's; `undefined` when it did not, or does not say. */
export function otherCommit(
  result: Pick<Result, 'subject' | 'eventCommit' | 'pipeline'>
): string | undefined {
  const {subject, eventCommit, pipeline} = result
  const built = pipeline?.revision?.toLowerCase()
  if (subject !== 'event' || eventCommit === undefined || built === undefined) return undefined
  if (built === eventCommit.toLowerCase()) return undefined
  return `CircleCI built commit ${built} instead of the event's commit ${eventCommit}: somebody may have pushed in between. The results of pipeline #${pipeline?.number ?? ''} are those of the commit it built.`
}

/**
 * Which commit a status belongs on: the event's, but for something else that was asked for of this repository (`other`),
 * which is reported on the commit that CircleCI built.
 */
export interface BuiltCommit {
  readonly subject: Subject
  /** The commit CircleCI built; `undefined` as long as it does not say. */
  readonly revision: string | undefined
}

/**
 * The same for a step of several pipelines, which have one status: on the event's commit when any of them is about the
 * event's own ref (then all of those have to have built it), or else about another repository.
 */
export function builtTogether(
  pipelines: readonly Pick<PipelineResult, 'subject' | 'pipeline'>[],
  eventCommit: string | undefined
): BuiltCommit {
  const subjects = ['event', 'elsewhere', 'other'] as const
  const isAny = (one: BuiltCommit['subject']): boolean =>
    pipelines.some(({subject}) => subject === one)
  const subject = subjects.find(isAny) ?? 'event'
  const revisions = pipelines
    .filter(one => one.subject === subject && one.pipeline !== undefined)
    .map(({pipeline}) => pipeline?.revision?.toLowerCase())
  if (new Set(revisions).size <= 1) return {subject, revision: revisions[0]}
  const isOther = subject !== 'event' || eventCommit === undefined
  const wrong = revisions.find(revision => revision !== eventCommit?.toLowerCase())
  return {subject, revision: isOther ? undefined : wrong}
}

/** Says that a step proves nothing of its pipelines; `undefined` when it has a verdict, or no pipeline. */
export function notWaitedFor({
  verdict,
  pipelines
}: Pick<Result, 'verdict' | 'pipelines'>): string | undefined {
  const numbers = pipelines.flatMap(({pipeline}) => pipeline?.number ?? [])
  if (verdict !== undefined || numbers.length === 0) return undefined
  const list = numbers.map(number => `#${number}`).join(', ')
  return `Not waited for: this step passes whatever becomes of pipeline${numbers.length > 1 ? 's' : ''} ${list}.`
}

/** The pipeline a step is about. */
export interface PipelineInfo {
  readonly id: string
  readonly number: number
  readonly url: string
  readonly state: string
  readonly createdAt: string
  readonly branch: string | undefined
  readonly tag: string | undefined
  readonly revision: string | undefined
  /** `api`, `webhook`, ... and who; `undefined` until it was read. */
  readonly triggerType: string | undefined
  readonly actorLogin: string | undefined
  /** What CircleCI warned about when it read the config; absent until it was asked. */
  readonly warnings?: readonly PipelineMessage[]
}

/** How it ended, and whether that passes the step. */
export interface Verdict {
  readonly conclusion: Conclusion
  readonly reason: FailureReason | undefined
  readonly passes: boolean
  /** One sentence (or a few) for the log's last line, the error and the summary's head. */
  readonly message: string
}

/** The verdict of a step or pipeline that an error ended. */
export function failed({conclusion, reason, message}: ActionError): Verdict {
  return {conclusion, reason, passes: false, message}
}

/** Of the verdicts that do not pass, those further up are worse. */
const WORST: readonly Conclusion[] = [
  'failure',
  'timed_out',
  'cancelled',
  'action_required',
  'skipped'
]

/**
 * The one verdict of several pipelines: the worst of those that do not pass. When all pass it is a success if any is, else
 * the first. `undefined` without any.
 */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict | undefined {
  const bad = verdicts.filter(({passes}) => !passes)
  const worst = WORST.map(conclusion => bad.find(one => one.conclusion === conclusion))
  const green = verdicts.find(({conclusion}) => conclusion === 'success')
  return worst.find(one => one !== undefined) ?? bad[0] ?? green ?? verdicts[0]
}

/** One run of a workflow, with its place among the runs of the same name. */
export interface Attempt extends Workflow {
  /** 1 for the first run under this name, 2 for its rerun, ... */
  readonly attempt: number
  readonly latest: boolean
  /** Whether it decides the verdict: `workflows` has it, or its name is too long to be matched, and it is no setup workflow. */
  readonly deciding: boolean
}

/** An attempt with its address for people. */
export interface WorkflowAttempt extends Attempt {
  readonly url: string
}

/** A job of one attempt of a workflow. */
export interface JobRun extends Job {
  readonly workflow: string
  readonly workflowId: string
  readonly attempt: number
  /** Whether it belongs to the latest attempt of its workflow. */
  readonly latest: boolean
  /** Whether it decides the verdict: by itself with the input `jobs`, else as a part of its workflow. */
  readonly deciding: boolean
  /** `undefined` for a job that has no page of its own (not started, approval). */
  readonly url: string | undefined
}

/** The failed jobs of the latest attempts. */
export function failedJobs({jobs}: Pick<PipelineResult, 'jobs'>): readonly JobRun[] {
  return jobs.filter(job => job.latest && isFailed(job.status))
}

/** A test that failed, with where it stands in the repository as far as that is known. */
export interface FailedTest {
  readonly workflow: string
  readonly job: string
  readonly jobNumber: number
  readonly name: string
  readonly classname: string
  /** Path inside the repository where that is known, else as CircleCI has it. */
  readonly file: string | undefined
  readonly line: number | undefined
  readonly message: string
  /** Known to be flaky (CircleCI's Insights). */
  readonly flaky: boolean
  /** Whether `file` is one of the repository, where an annotation can point: it exists, or there is no checkout. */
  readonly inRepository: boolean
}

/** The end of one failed step's log. */
export interface LogTail {
  readonly workflow: string
  readonly job: string
  readonly jobNumber: number
  readonly nodeIndex: number
  readonly step: string
  readonly command: string | undefined
  readonly exitCode: number | undefined
  /** Already free of ANSI codes and progress-bar overwrites; otherwise raw remote text. */
  readonly lines: readonly string[]
  /** Whether earlier lines were left out. */
  readonly cut: boolean
}

/** An artifact that was asked for. */
export interface Artifact {
  readonly workflow: string
  readonly job: string
  readonly jobNumber: number
  readonly nodeIndex: number
  readonly path: string
  readonly url: string
}

/** Earlier runs of a workflow, as Insights has them. */
export interface WorkflowHistory {
  readonly workflow: string
  /** Whose runs these are; `undefined`: all branches. */
  readonly branch: string | undefined
  readonly runs: number
  /** Durations of finished runs in seconds, ascending. */
  readonly durations: readonly number[]
  readonly medianSeconds: number
  readonly p95Seconds: number
  /** 0 to 1. */
  readonly successRate: number
}
