import {tmpdir} from 'node:os'

import type {CircleCI} from '../circleci/client.ts'
import type {Slug} from '../circleci/slug.ts'
import type {Clock} from '../base/clock.ts'
import {artifactMatcher} from '../collect/artifacts.ts'
import {sayVerdict, writeResult, writeSummary} from './delivery.ts'
import {unexpected} from '../base/errors.ts'
import {statusState} from '../github/commit-status.ts'
import type {GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'
import type {Mask} from '../base/mask.ts'
import {pipelineOutputs, writeOutputs} from './outputs.ts'
import {renderComment} from './comment.ts'
import {failureGroups, pickAnnotations} from './failures.ts'
import type {ActionsLog} from './log.ts'
import {progressUpdate} from './progress.ts'
import {ProgressLog} from './progress-log.ts'
import type {PipelineInfo, Result, Subject, Verdict} from '../record/result.ts'
import {openSideChannels, type SideChannels} from './side-channels.ts'
import {StateKeeper} from '../runner/state.ts'
import type {Intent} from '../trigger/intent.ts'
import type {Progress} from '../wait/context.ts'
import {isUnfinished} from '../circleci/statuses.ts'

/** How this step stands to a pipeline. */
export interface PipelineFacts {
  readonly slug: Slug
  /** Whether it answers for the pipeline and may cancel it. */
  readonly owned: boolean
  readonly triggered: boolean
  readonly subject: Subject
}

/** A pipeline that this step answers for from now on. */
export interface ClaimedPipeline {
  readonly id: string
  readonly number: number
  readonly slug: Slug
}

/** Hears what happens while it happens. */
export interface RunListener {
  /** Before a trigger leaves; `undefined`: nothing is in flight. */
  intent(intent: Intent | undefined): void
  /** A pipeline is this step's, before all of it is known; `undefined`: it was not, after all. */
  claim(pipeline: ClaimedPipeline | undefined): void
  /** A pipeline is known. */
  pipeline(info: PipelineInfo, facts: PipelineFacts): void
  /** After every poll, and now and then in a long pause. */
  progress(progress: Progress, info: PipelineInfo): void
  /** An owned pipeline is about to be cancelled: what appears of it later is to be cancelled as well. */
  cancelled(): void
}

/** What a reporter needs. */
export interface ReporterContext {
  readonly inputs: Inputs
  readonly context: GitHubContext
  readonly log: ActionsLog
  /** Hides the tokens in whatever is shown. */
  readonly mask: Mask
  readonly signal: AbortSignal
  readonly circleci: Pick<CircleCI, 'serverNow'>
  readonly clock: Clock
}

/** Shows a run while it goes on and when it has ended: log, state, outputs, summary, annotations, commit status, comment. */
export class Reporter implements RunListener {
  private readonly context: ReporterContext
  private readonly progressLog: ProgressLog
  private readonly channels: SideChannels
  private readonly state: StateKeeper
  private isCancelling = false
  private subject: Subject = 'event'
  private readonly warned = new Set<string>()
  private waitingSince: number | undefined

  constructor(context: ReporterContext) {
    this.context = context
    this.progressLog = new ProgressLog(context.log)
    const {inputs, log, mask, clock, signal} = context
    const onPending = (statusSha: string): void => {
      this.state.update({statusSha})
    }
    const options = {log, mask, clock, cancelled: signal, onPending}
    this.channels = openSideChannels(inputs, context.context, options)
    this.state = new StateKeeper(context.context.runnerTemp ?? tmpdir())
  }

  intent(intent: Intent | undefined): void {
    this.state.update({intents: intent === undefined ? [] : [this.context.mask.data(intent)]})
  }

  claim(pipeline: ClaimedPipeline | undefined): void {
    this.state.update({
      pipelines: pipeline === undefined ? [] : [this.context.mask.data(pipeline)]
    })
  }

  pipeline(told: PipelineInfo, facts: PipelineFacts): void {
    const {mask} = this.context
    const info = mask.data(told)
    const {slug, owned, triggered, subject} = mask.data(facts)
    const pipelines = owned ? [{id: info.id, number: info.number, slug}] : []
    this.state.update({pipelines, intents: []})
    this.subject = subject
    writeOutputs(pipelineOutputs(info, triggered))
    this.pending(`Pipeline #${info.number} is running`, info)
  }

  progress(progress: Progress, info: PipelineInfo): void {
    this.aside('The progress', () => {
      const {attempts} = progress.rollup
      const open = attempts.filter(({id, status}) => id !== '' && isUnfinished(status))
      this.state.running(info.id, this.context.mask.data(open.map(({id}) => id)))
      this.showProgress(progress, info)
    })
  }

  private showProgress(progress: Progress, info: PipelineInfo): void {
    const {circleci, clock, mask} = this.context
    this.waitingSince ??= clock.now()
    const elapsedMs = clock.now() - this.waitingSince
    const facts = {now: circleci.serverNow() ?? clock.now(), elapsedMs, pipelineUrl: info.url}
    const update = mask.data(progressUpdate(progress, facts))
    if (this.progressLog.show(update) && update.workflows.length > 0) {
      const words = update.workflows.map(({name, status}) => `${name}: ${status}`).join(', ')
      this.pending(words, mask.data(info))
    }
  }

  private pending(words: string, {url, revision}: PipelineInfo): void {
    void this.channels.statuses?.pending(words, url, {subject: this.subject, revision})
  }

  cancelled(): void {
    this.isCancelling = true
    this.state.update({cancelling: true})
  }

  /** Everything there is to show at the end. Nothing in here changes the verdict; rejects only without outputs. */
  async finish(told: Result): Promise<void> {
    // Before anything is cut or escaped: of what is left of a token then, a mask would not know it.
    const result = this.context.mask.data(told)
    const {verdict} = result
    try {
      writeResult(result, this.context.log)
    } finally {
      try {
        if (verdict !== undefined) await this.show(result, verdict)
      } finally {
        this.settle(result)
      }
    }
  }

  /** Leaves to the post step what is being cancelled, and a trigger whose answer had not come when the step was. */
  private settle({verdict, pipeline}: Result): void {
    const isOut = verdict?.reason === 'github-cancelled' && pipeline === undefined
    if (!isOut && !this.isCancelling) this.state.update({intents: [], pipelines: []})
  }

  private async show(result: Result, verdict: Verdict): Promise<void> {
    const {log, inputs} = this.context
    if (inputs.summary) await writeSummary(result, log)
    this.aside('What failed', () => {
      this.showFailures(result)
    })
    try {
      await this.channels.end(() => this.tellGitHub(result, verdict))
    } catch (error) {
      this.warn('The commit status or comment', error)
    }
    sayVerdict(result, log)
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

  private showFailures(result: Result): void {
    const {inputs, log} = this.context
    for (const {title, lines} of failureGroups(result)) log.group(title, lines)
    if (!inputs.annotations) return
    const {annotations, rest} = pickAnnotations(result)
    for (const annotation of annotations) log.annotate(annotation)
    if (rest !== undefined) log.info(rest)
  }

  private async tellGitHub(result: Result, verdict: Verdict): Promise<void> {
    const {statuses, comment} = this.channels
    const {pipeline, artifacts} = result
    const endStatuses = async (): Promise<void> => {
      const outcome = {
        state: statusState(verdict),
        description: verdict.message,
        pipelineUrl: pipeline?.url
      }
      const urlOf = (glob: string): string | undefined => {
        const {matches} = artifactMatcher([glob])
        return artifacts.find(artifact => matches(artifact) === 'yes')?.url
      }
      const built = {subject: result.subject ?? this.subject, revision: pipeline?.revision}
      await statuses?.finish(outcome, urlOf, built)
      // Cancelled, there may have been no time for it: then the post step ends what is pending.
      if (!this.context.signal.aborted) this.state.update({statusSha: undefined})
    }
    await Promise.all([endStatuses(), comment?.(result.slug).update(renderComment(result))])
  }
}
