import type {Pipeline, PipelineParameters, Ref} from '../circleci/model.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {linksFor} from '../circleci/urls.ts'
import type {
  Artifact,
  FailedTest,
  JobRun,
  LogTail,
  PipelineInfo,
  Result,
  Subject,
  Verdict,
  WorkflowAttempt,
  WorkflowHistory
} from './result.ts'

/** Collects what a run finds out, so that whatever ends it, there is a `Result` with all that was known by then. */
export class Findings {
  ref: Ref | undefined
  subject: Subject = 'event'
  eventCommit: string | undefined
  parameters: PipelineParameters = {}
  triggered = false
  attached = false
  /** Whether this step answers for the pipeline and may cancel it. */
  owned = false
  /** Whether a request that starts something may have reached CircleCI, and it is not known what came of it. */
  inFlight = false
  /** Ids of the failed attempts that were rerun before the wait. */
  rerunsAsked: readonly string[] = []
  pipeline: PipelineInfo | undefined
  verdict: Verdict | undefined
  jobs: readonly JobRun[] = []
  failedTests: readonly FailedTest[] = []
  logTails: readonly LogTail[] = []
  artifacts: readonly Artifact[] = []
  artifactsPath: string | undefined
  history: readonly WorkflowHistory[] = []
  readonly omissions: string[] = []
  slug: Slug
  private readonly host: string
  private readonly startedAt: number
  private attempts: readonly WorkflowAttempt[] = []

  constructor(slug: Slug, host: string, startedAt: number) {
    this.slug = slug
    this.host = host
    this.startedAt = startedAt
  }

  get workflows(): readonly WorkflowAttempt[] {
    return this.attempts
  }

  /** Takes the attempts of the last poll. */
  takeAttempts(attempts: readonly Omit<WorkflowAttempt, 'url'>[]): void {
    const {pipeline} = this
    if (pipeline === undefined) return
    const links = linksFor(this.host)
    this.attempts = attempts.map(attempt => ({
      ...attempt,
      pipelineNumber: attempt.pipelineNumber || pipeline.number,
      url: links.workflow(this.slug, pipeline.number, attempt.id)
    }))
  }

  /** Takes what was read of the pipeline itself. */
  takePipeline(pipeline: Pipeline | undefined): void {
    if (pipeline !== undefined) this.pipeline = this.describe(pipeline)
  }

  /** A pipeline as results tell it. */
  describe(pipeline: Omit<Pipeline, 'errors' | 'projectSlug'>): PipelineInfo {
    const {id, number, state, createdAt, branch, tag, revision, actorLogin} = pipeline
    return {
      id,
      number,
      state,
      createdAt: createdAt || (this.pipeline?.createdAt ?? ''),
      url: linksFor(this.host).pipeline(this.slug, number),
      branch: branch ?? this.pipeline?.branch,
      tag: tag ?? this.pipeline?.tag,
      revision: revision ?? this.pipeline?.revision,
      triggerType: pipeline.triggerType || undefined,
      actorLogin,
      warnings: pipeline.warnings ?? this.pipeline?.warnings ?? []
    }
  }

  /** Everything known by now. */
  result(finishedAt: number): Result {
    return {
      slug: formatSlug(this.slug),
      host: this.host,
      ref: this.ref,
      subject: this.subject,
      eventCommit: this.eventCommit,
      parameters: this.parameters,
      triggered: this.triggered,
      attached: this.attached,
      pipeline: this.pipeline,
      verdict: this.verdict,
      startedAt: this.startedAt,
      finishedAt,
      workflows: this.attempts,
      jobs: this.jobs,
      failedTests: this.failedTests,
      logTails: this.logTails,
      artifacts: this.artifacts,
      artifactsPath: this.artifactsPath,
      history: this.history,
      omissions: [...this.omissions]
    }
  }
}
