import type {Pipeline, TriggeredPipeline} from '../circleci/model.ts'
import {formatSlug, type Slug, linksFor} from '../circleci/slug.ts'
import type {Intent} from '../trigger/intent.ts'
import type {PipelineInfo, PipelineResult, Result, Verdict, WorkflowAttempt} from './result.ts'

type Growing<T> = {-readonly [Field in keyof T]: T[Field]}

/**
 * What is known of one pipeline while it grows: whoever finds something out writes it here and nowhere else. So whatever
 * ends a step, there is a `Result` with all that was known by then, and a state for the post step.
 */
export interface PipelineRecord extends Growing<Omit<PipelineResult, 'slug' | 'omissions'>> {
  /** The project; another one than was asked for when a pipeline's id shows so. */
  slug: Slug
  /** The trigger that may have reached CircleCI, and whose outcome is not known. */
  intent: Intent | undefined
  /** Whether this step answers for the pipeline and may cancel it. */
  owned: boolean
  /** Whether the step has begun to cancel it: the post step finishes that. */
  cancelling: boolean
  /** Ids of the failed attempts that were rerun before the wait. */
  rerunsAsked: readonly string[]
  readonly omissions: string[]
}

/** What is known of a whole step. */
export interface StepRecord {
  /** Epoch milliseconds of the first request. */
  readonly startedAt: number
  /** The commit the event is about. */
  eventCommit: string | undefined
  /** In the order in which they were asked for. */
  readonly pipelines: PipelineRecord[]
  /** The one that decided the verdict; `undefined` as long as that is open. */
  decidedBy: PipelineRecord | undefined
  /** By the names of the entries of `pipelines`; `undefined` without that input. */
  conclusions: Result['conclusions']
  /** How the step ends; `undefined` as long as that is open, and in the end when it does not wait. */
  verdict: Verdict | undefined
  /** The commit on which a commit status is pending. */
  statusSha: string | undefined
  /** Whether the step has come to its end: what runs on then is meant to. */
  ended: boolean
}

/** The record of a step that begins. */
export function stepRecord(facts: Pick<StepRecord, 'startedAt' | 'eventCommit'>): StepRecord {
  return {
    ...facts,
    pipelines: [],
    decidedBy: undefined,
    conclusions: undefined,
    verdict: undefined,
    statusSha: undefined,
    ended: false
  }
}

/** The record of a pipeline of which nothing is known but its project. */
export function pipelineRecord(slug: Slug, host: string, name?: string): PipelineRecord {
  return {
    name,
    slug,
    host,
    ref: undefined,
    subject: 'event',
    parameters: {},
    triggered: false,
    attached: false,
    owned: false,
    cancelling: false,
    intent: undefined,
    rerunsAsked: [],
    pipeline: undefined,
    verdict: undefined,
    workflows: [],
    jobs: [],
    failedTests: [],
    logTails: [],
    artifacts: [],
    artifactsPath: undefined,
    history: [],
    omissions: []
  }
}

/** What was read of a pipeline: all of it, or what the answer to a trigger has. */
export type ReadPipeline = TriggeredPipeline & Partial<Pipeline>

/** Takes what was read of the pipeline itself; what it lacks stays as it was. */
export function takePipeline(record: PipelineRecord, read: ReadPipeline): PipelineInfo {
  const before = record.pipeline
  const {id, number, state, actorLogin} = read
  record.pipeline = {
    id,
    number,
    state,
    createdAt: read.createdAt || (before?.createdAt ?? ''),
    url: linksFor(record.host).pipeline(record.slug, number),
    branch: read.branch ?? before?.branch,
    tag: read.tag ?? before?.tag,
    revision: read.revision ?? before?.revision,
    triggerType: read.triggerType === '' ? undefined : read.triggerType,
    actorLogin,
    warnings: read.warnings ?? before?.warnings ?? []
  }
  return record.pipeline
}

/** Takes the attempts that a poll read. */
export function takeAttempts(
  record: PipelineRecord,
  attempts: readonly Omit<WorkflowAttempt, 'url'>[]
): void {
  const {pipeline, slug, host} = record
  if (pipeline === undefined) return
  const links = linksFor(host)
  record.workflows = attempts.map(attempt => ({
    ...attempt,
    pipelineNumber: attempt.pipelineNumber || pipeline.number,
    url: links.workflow(slug, pipeline.number, attempt.id)
  }))
}

/** Everything known by now, as plain data. */
export function resultOf(step: StepRecord, finishedAt: number): Result {
  const {startedAt, eventCommit, verdict, conclusions} = step
  const pipelines = step.pipelines.map(resultOfPipeline)
  const record = step.decidedBy ?? step.pipelines[0]
  const decidedBy =
    record === undefined ? {...pipelineRecord(NO_PROJECT, ''), slug: ''} : resultOfPipeline(record)
  return {...decidedBy, verdict, pipelines, conclusions, eventCommit, startedAt, finishedAt}
}

const NO_PROJECT: Slug = {provider: 'gh', organization: '', project: ''}

function resultOfPipeline(record: PipelineRecord): PipelineResult {
  return {...record, slug: formatSlug(record.slug), omissions: [...record.omissions]}
}
