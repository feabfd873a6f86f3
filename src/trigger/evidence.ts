import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineConfig, PipelineParameters} from '../circleci/model.ts'
import {CLOUD} from '../circleci/slug.ts'
import {slugOfIntent, type Intent} from './intent.ts'
import {unlessRefused, type Listed, type SearchContext} from './listing.ts'
import {matchPipeline, type Facts, type Finding} from './match.ts'
import {readDefinitions} from './target.ts'

/**
 * Reads of a pipeline as much as it takes to tell whether it is what an intent speaks of: its values, and its config
 * where they leave a doubt. Neither changes once it is there, so each is read once.
 */
export class Evidence {
  readonly #intent: Intent
  readonly #context: SearchContext
  readonly #options: CallOptions
  readonly #isOurs: (requestId: string) => boolean
  readonly #values = new Map<string, PipelineParameters>()
  readonly #configs = new Map<string, PipelineConfig>()
  #hasDefinitions: boolean | undefined

  /** `isOurs` knows the ids that the intent's request was, or may have been, sent with. */
  constructor(
    intent: Intent,
    context: SearchContext,
    options: CallOptions,
    isOurs = (id: string) => intent.requestId !== undefined && id.startsWith(intent.requestId)
  ) {
    this.#intent = intent
    this.#context = context
    this.#options = options
    this.#isOurs = isOurs
  }

  /**
   * Compares a pipeline with the intent, whose request left at `since` by CircleCI's clock (epoch milliseconds). Rejects
   * with `UnavailableError` or `AbortedError` when that could not be found out.
   */
  async examine(row: Listed, since: number | undefined): Promise<Finding> {
    const {pipeline} = row
    const match = (facts: Facts): Finding => matchPipeline(facts, this.#intent, this.#isOurs)
    const listed: Facts = {...row, since, values: undefined, config: undefined}
    const byListing = match(listed)
    if (byListing.match === 'no') return byListing
    const values = await this.readValues(pipeline)
    const told = {...listed, values, hasDefinitions: await this.#askDefinitions(values)}
    const byValues = match(told)
    if (byValues.match !== 'unsure') return byValues
    return match({...told, config: await this.#readConfig(pipeline)})
  }

  /** A pipeline's values, or `undefined` when CircleCI will not tell them (one made this moment may be refused). */
  readValues(pipeline: Pipeline): Promise<PipelineParameters | undefined> {
    const {circleci} = this.#context
    const read = () => circleci.pipelineValues(pipeline.id, this.#options)
    return readOnce(pipeline, this.#values, read, () => true)
  }

  #readConfig(pipeline: Pipeline): Promise<PipelineConfig | undefined> {
    const {circleci} = this.#context
    const read = () => circleci.pipelineConfig(pipeline.id, this.#options)
    return readOnce(pipeline, this.#configs, read, ({source}) => source !== '')
  }

  /** Whether this host has definitions at all, asked only when one was named and is not told. */
  async #askDefinitions(values: PipelineParameters | undefined): Promise<boolean | undefined> {
    const isTold = values?.['pipeline.definition.id'] !== undefined
    if (this.#intent.definition === undefined || isTold) return undefined
    this.#hasDefinitions ??= await this.#readDefinitions()
    return this.#hasDefinitions
  }

  /** CircleCI Cloud has definitions, and a Server no list of them. `undefined`: it cannot be told. */
  async #readDefinitions(): Promise<boolean | undefined> {
    if (this.#context.host === CLOUD) return true
    const slug = slugOfIntent(this.#intent)
    const definitions = await unlessRefused(readDefinitions(slug, this.#context, this.#options))
    return definitions instanceof RefusedError ? undefined : definitions !== undefined
  }
}

/** What is read of a pipeline, kept once it changes no more; `undefined` while CircleCI will not tell it. */
async function readOnce<T>(
  {id, state}: Pipeline,
  known: Map<string, T>,
  read: () => Promise<T>,
  isWhole: (read: T) => boolean
): Promise<T | undefined> {
  const before = known.get(id)
  if (before !== undefined) return before
  const told = await unlessRefused(read())
  if (told instanceof RefusedError) return undefined
  // One that is still being made may tell more later.
  if ((state === 'created' || state === 'errored') && isWhole(told)) known.set(id, told)
  return told
}
