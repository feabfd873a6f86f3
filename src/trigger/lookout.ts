import type {CallOptions} from '../circleci/client.ts'
import type {Pipeline} from '../circleci/model.ts'
import type {Clock} from '../clock.ts'
import {Examiner} from './examiner.ts'
import {slugOfIntent, type Intent} from './intent.ts'
import {incomplete, OwnPipelines, type PipelineReader} from './listing.ts'
import {CLOCK_MARGIN_MS} from './match.ts'

/** What one healthy search saw. */
export interface Sighting {
  /** Pipelines that are what was sent. */
  readonly sure: readonly Pipeline[]
  /** Pipelines of which it cannot be told (yet). */
  readonly unsure: readonly Pipeline[]
}

/** How long one search retries faults of its own, in milliseconds; whoever searches tries again afterwards. */
const PATIENCE_MS = 4_000

/**
 * Looks for the pipeline of one intent, one search at a time, and gets better at it: each answer's `Date` narrows down
 * when the request left by CircleCI's clock.
 */
export class Lookout {
  private readonly intent: Intent
  private readonly circleci: PipelineReader
  private readonly clock: Clock
  private readonly own: OwnPipelines
  private readonly examiner: Examiner
  private skewMs = -Infinity

  constructor(
    intent: Intent,
    context: {circleci: PipelineReader; clock: Clock; signal: AbortSignal | undefined}
  ) {
    this.intent = intent
    this.circleci = context.circleci
    this.clock = context.clock
    const options: CallOptions = {signal: context.signal, patienceMs: PATIENCE_MS}
    this.own = new OwnPipelines(slugOfIntent(intent), context.circleci, options)
    this.examiner = new Examiner(intent, context.circleci, options)
  }

  /**
   * Searches once. Rejects with `RefusedError` when the listings are denied, `UnavailableError` when they cannot be
   * read to the end, `AbortedError` when the signal ended it.
   */
  async look(): Promise<Sighting> {
    const pipelines = await this.listSince()
    const sure: Pipeline[] = []
    const unsure: Pipeline[] = []
    for (const pipeline of pipelines) {
      const match = await this.examiner.examine(pipeline, this.since())
      if (match !== 'no') (match === 'yes' ? sure : unsure).push(pipeline)
    }
    return {sure, unsure}
  }

  private async listSince(): Promise<readonly Pipeline[]> {
    const isPast = (pipeline: Pipeline): boolean =>
      Date.parse(pipeline.createdAt) < this.since() - CLOCK_MARGIN_MS
    const isEnough = (pipelines: readonly Pipeline[]): boolean =>
      pipelines.some(pipeline => !isPast(pipeline))
    const listing = await this.own.list(isPast, isEnough)
    if (!listing.complete) throw incomplete(this.intent.slug)
    return listing.pipelines
  }

  /**
   * When the request left, by CircleCI's clock. `Date` is cut to whole seconds and was written before it arrived, so
   * CircleCI's clock is never behind what it tells: of several answers the greatest skew is the closest, and the time
   * is never later than the truth. Only to be asked after an answer.
   */
  private since(): number {
    this.skewMs = Math.max(
      this.skewMs,
      (this.circleci.serverNow() ?? this.clock.now()) - this.clock.now()
    )
    return this.intent.sentAt + this.skewMs
  }
}
