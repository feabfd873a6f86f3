import type {CircleCI} from '../circleci/client.ts'
import type {Clock} from '../base/clock.ts'
import {sayVerdict, toRunner, type Delivery} from './delivery.ts'
import {unexpected} from '../base/errors.ts'
import {statusState} from '../github/commit-status.ts'
import type {GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'
import type {Mask} from '../base/mask.ts'
import type {ActionsLog} from './log.ts'
import {progressUpdate} from './progress.ts'
import {resultOf, type PipelineRecord, type StepRecord} from '../record/record.ts'
import {builtTogether, notWaitedFor, type Result, type Verdict} from '../record/result.ts'
import {openGitHubReports, type GitHubReports} from './github-reports.ts'
import type {pickAnnotations} from './failures.ts'
import {viewsOf} from './views.ts'
import {stateOf} from '../runner/state.ts'
import type {Progress} from '../wait/context.ts'

/** Hears what happens while it happens; what is known by then is in the records. */
export interface StepListener {
  /** What the post step would have to see to has changed; returns once that is saved. */
  save(): void
  /** It is known which pipeline it is. */
  known(pipeline: PipelineRecord): void
  /** After every poll, and now and then in a long pause. */
  progress(progress: Progress, pipeline: PipelineRecord): void
}

/** What a reporter needs. */
export interface ReporterContext {
  readonly inputs: Inputs
  readonly context: GitHubContext
  /** What everything here shows. */
  readonly step: StepRecord
  readonly log: ActionsLog
  /** Hides the tokens in whatever is shown. */
  readonly mask: Mask
  readonly signal: AbortSignal
  readonly circleci: Pick<CircleCI, 'serverNow'>
  readonly clock: Clock
  /** GitHub's runner by default. */
  readonly delivery?: Delivery
}

/** Shows a step while it goes on and when it has ended: log, state, outputs, summary, annotations, commit status, comment. */
export class Reporter implements StepListener {
  private readonly context: ReporterContext
  private readonly delivery: Delivery
  private readonly shown: ReturnType<Delivery['progress']>
  private readonly onGitHub: GitHubReports
  private readonly warned = new Set<string>()
  private waitingSince: number | undefined

  constructor(context: ReporterContext) {
    this.context = context
    const {inputs, step, log, mask, clock, signal} = context
    this.delivery = context.delivery ?? toRunner(log, context.context.runnerTemp)
    this.shown = this.delivery.progress(step.pipelines)
    this.onGitHub = openGitHubReports(inputs, context.context, {
      log,
      mask,
      clock,
      cancelled: signal,
      onPending: sha => {
        step.statusSha = sha
        this.save()
      }
    })
  }

  save(): void {
    this.delivery.save(this.context.mask.data(stateOf(this.context.step)))
  }

  known(pipeline: PipelineRecord): void {
    this.save()
    this.delivery.known(this.result())
    this.pending(`Pipeline #${pipeline.pipeline?.number ?? ''} is running`, pipeline)
  }

  progress(progress: Progress, pipeline: PipelineRecord): void {
    this.aside('The progress', () => {
      this.save()
      this.showProgress(progress, pipeline)
    })
  }

  private showProgress(progress: Progress, pipeline: PipelineRecord): void {
    const {circleci, clock, mask} = this.context
    this.waitingSince ??= clock.now()
    const elapsedMs = clock.now() - this.waitingSince
    const pipelineUrl = pipeline.pipeline?.url ?? ''
    const facts = {now: circleci.serverNow() ?? clock.now(), elapsedMs, pipelineUrl}
    const update = mask.data(progressUpdate(progress, facts))
    if (this.shown.show(update, pipeline) && update.workflows.length > 0) {
      const words = update.workflows.map(({name, status}) => `${name}: ${status}`).join(', ')
      this.pending(words, pipeline)
    }
  }

  private pending(words: string, {pipeline}: PipelineRecord): void {
    const {mask, step} = this.context
    const {pipelines, eventCommit} = step
    const isSeveral = pipelines.length > 1
    // Its link stays what it is while they go on.
    const linked = isSeveral ? pipelines.find(one => one.pipeline !== undefined) : {pipeline}
    const said = isSeveral ? this.shown.counts() : words
    const url = mask.data(linked?.pipeline?.url)
    void this.onGitHub.statuses?.pending(said, url, builtTogether(pipelines, eventCommit))
  }

  private result(): Result {
    const {step, mask, clock} = this.context
    // Before anything is cut or escaped: of what is left of a token then, a mask would not know it.
    return mask.data(resultOf(step, clock.now()))
  }

  /** Everything there is to show at the end. Nothing in here changes the verdict; rejects only without outputs. */
  async finish(): Promise<void> {
    const result = this.result()
    try {
      this.delivery.result(result)
    } finally {
      try {
        await this.show(result)
      } finally {
        this.context.step.ended = true
        this.save()
      }
    }
  }

  private async show(result: Result): Promise<void> {
    const {log, inputs} = this.context
    const {verdict} = result
    const notWaited = notWaitedFor(result)
    if (verdict === undefined && notWaited === undefined) return
    if (inputs.summary) await this.delivery.summary(result)
    if (verdict === undefined) {
      if (notWaited !== undefined) log.info(notWaited)
      return
    }
    const failures = await import(/* webpackChunkName: "later" */ './failures.ts')
    this.aside('What failed', () => {
      for (const {title, lines} of failures.failureGroups(result)) log.group(title, lines)
      if (inputs.annotations) this.annotate(failures.pickAnnotations(result))
    })
    try {
      await this.onGitHub.end(() =>
        Promise.all([this.endStatuses(result, verdict), this.endComment(result)])
      )
    } catch (error) {
      this.warn('The commit status or comment', error)
    }
    await sayVerdict(result, log)
  }

  private annotate({annotations, rest}: ReturnType<typeof pickAnnotations>): void {
    const {log} = this.context
    for (const annotation of annotations) log.annotate(annotation)
    if (rest !== undefined) log.info(rest)
  }

  private async endStatuses(result: Result, verdict: Verdict): Promise<void> {
    const {statuses} = this.onGitHub
    if (statuses === undefined) return
    const {signal, step} = this.context
    const views = viewsOf(result)
    const outcome = {
      state: statusState(verdict),
      description: verdict.message,
      pipelineUrl: result.pipeline?.url
    }
    const {artifactMatcher} = await import(
      /* webpackChunkName: "later" */ '../collect/artifacts.ts'
    )
    const urlOf = (glob: string): string | undefined => {
      const {matches} = artifactMatcher([glob])
      const artifacts = views.flatMap(view => view.artifacts)
      return artifacts.find(artifact => matches(artifact) === 'yes')?.url
    }
    await statuses.finish(outcome, urlOf, builtTogether(views, result.eventCommit))
    // Cancelled, there may have been no time for it: then the post step ends what is pending.
    if (!signal.aborted) step.statusSha = undefined
  }

  private async endComment(result: Result): Promise<void> {
    const {comment} = this.onGitHub
    if (comment === undefined) return
    const {renderComment} = await import(/* webpackChunkName: "later" */ './comment.ts')
    await comment(result.slug, renderComment(result))
  }

  /** Shows something that is not worth a verdict. */
  private aside(what: string, show: () => void): void {
    try {
      show()
    } catch (error) {
      this.warn(what, error)
    }
  }

  private warn(what: string, error: unknown): void {
    if (this.warned.has(what)) return
    this.warned.add(what)
    this.context.log.warning(`${what} could not be shown. ${unexpected(error)}`)
  }
}
