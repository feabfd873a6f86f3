import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineParameters} from '../circleci/model.ts'
import {CLOUD} from '../circleci/urls.ts'
import {readDefinitions, type DefinitionsContext} from './definitions.ts'
import {slugOfIntent, type Intent} from './intent.ts'
import type {Listed, PipelineReader} from './listing.ts'
import {matchPipeline, mayDeclareParameters, type Facts, type Finding} from './match.ts'

/** What it takes to read of a pipeline. */
export interface EvidenceContext extends DefinitionsContext {
  readonly circleci: PipelineReader
}

type ReadConfig = Pick<Facts, 'config' | 'mayDeclare'>

/**
 * Reads of a pipeline as much as it takes to tell whether it is what an intent speaks of: its values, and its config
 * where they leave a doubt. Neither changes once it is there, so each is read once.
 */
export class Evidence {
  private readonly intent: Intent
  private readonly context: EvidenceContext
  private readonly options: CallOptions
  private readonly isOurs: (requestId: string) => boolean
  private readonly values = new Map<string, PipelineParameters>()
  private readonly configs = new Map<string, ReadConfig>()
  private hasDefinitions: boolean | undefined

  /** `isOurs` knows the ids that the intent's request was, or may have been, sent with. */
  constructor(
    intent: Intent,
    context: EvidenceContext,
    options: CallOptions,
    isOurs: (requestId: string) => boolean = id => isOrBeginsWith(id, intent.requestId)
  ) {
    this.intent = intent
    this.context = context
    this.options = options
    this.isOurs = isOurs
  }

  /**
   * Compares a pipeline with the intent, whose request left at `since` by CircleCI's clock (epoch milliseconds). Rejects
   * with `UnavailableError` or `AbortedError` when that could not be found out.
   */
  async examine(row: Listed, since: number | undefined): Promise<Finding> {
    const {intent} = this
    const {pipeline} = row
    const match = (more: Partial<Facts>): Finding =>
      matchPipeline({...NOTHING, ...row, since, ...more}, intent, this.isOurs)
    if (match({}).match === 'no') return match({})
    const values = await this.readValues(pipeline)
    const known = {values, hasDefinitions: await this.askDefinitions(values)}
    const byValues = match(known)
    if (byValues.match !== 'unsure') return byValues
    return match({...known, ...(await this.readConfig(pipeline))})
  }

  /** A pipeline's values, or `undefined` when CircleCI will not tell them (one made this moment may be refused). */
  async readValues(pipeline: Pipeline): Promise<PipelineParameters | undefined> {
    const {id} = pipeline
    const known = this.values.get(id)
    if (known !== undefined) return known
    const {circleci} = this.context
    const values = await unlessRefused(circleci.pipelineValues(id, this.options))
    if (values !== undefined && isSettled(pipeline)) this.values.set(id, values)
    return values
  }

  private async readConfig(pipeline: Pipeline): Promise<ReadConfig | undefined> {
    const {id} = pipeline
    const known = this.configs.get(id)
    if (known !== undefined) return known
    const {circleci} = this.context
    const config = await unlessRefused(circleci.pipelineConfig(id, this.options))
    if (config === undefined) return undefined
    const read = {config, mayDeclare: mayDeclareParameters(config)}
    if (read.mayDeclare !== undefined && isSettled(pipeline)) this.configs.set(id, read)
    return read
  }

  /** Whether this host has definitions at all, asked only when one was named and is not told. */
  private async askDefinitions(
    values: PipelineParameters | undefined
  ): Promise<boolean | undefined> {
    const {intent, context, options} = this
    if (intent.definition === undefined || values?.['pipeline.definition.id'] !== undefined) {
      return undefined
    }
    this.hasDefinitions ??= await hasDefinitions(intent, context, options)
    return this.hasDefinitions
  }
}

function isOrBeginsWith(id: string, ours: string | undefined): boolean {
  return ours !== undefined && id.startsWith(ours)
}

const NOTHING = {
  values: undefined,
  config: undefined,
  mayDeclare: undefined,
  hasDefinitions: undefined
}

/** One that is still being made may tell more later. */
function isSettled({state}: Pipeline): boolean {
  return state === 'created' || state === 'errored'
}

/** CircleCI Cloud has definitions, and a Server no list of them. `undefined`: it cannot be told. */
async function hasDefinitions(
  intent: Intent,
  context: DefinitionsContext,
  options: CallOptions
): Promise<boolean | undefined> {
  if (context.host === CLOUD) return true
  try {
    return (await readDefinitions(slugOfIntent(intent), context, options)) !== undefined
  } catch (error) {
    if (error instanceof RefusedError) return undefined
    throw error
  }
}

async function unlessRefused<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof RefusedError) return undefined
    throw error
  }
}
