import type {CallOptions} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineParameters} from '../circleci/model.ts'
import {readDeclarations, type Declarations} from './declarations.ts'
import type {Intent} from './intent.ts'
import type {PipelineReader} from './listing.ts'
import {matchPipeline, otherParameters, type Match} from './match.ts'

/**
 * Reads of one of our user's pipelines as much as it takes to tell whether it is what an intent speaks of: its values,
 * and its config when it has parameters that were not sent. Neither changes once it is there, so it is read once.
 */
export class Examiner {
  private readonly intent: Intent
  private readonly circleci: PipelineReader
  private readonly options: CallOptions
  private readonly values = new Map<string, PipelineParameters>()
  private readonly declarations = new Map<string, Declarations | undefined>()

  constructor(intent: Intent, circleci: PipelineReader, options: CallOptions) {
    this.intent = intent
    this.circleci = circleci
    this.options = options
  }

  /**
   * Compares a pipeline created at `since` (CircleCI's clock, epoch milliseconds; `undefined`: whenever) or later with
   * the intent. Rejects with `UnavailableError` or `AbortedError` when that could not be found out.
   */
  async examine(pipeline: Pipeline, since: number | undefined): Promise<Match> {
    const {intent} = this
    const listed = {since, values: undefined, declarations: undefined}
    if (matchPipeline(pipeline, intent, listed) === 'no') return 'no'
    const values = await this.readValues(pipeline)
    const match = matchPipeline(pipeline, intent, {...listed, values})
    if (match === 'no' || values === undefined) return match
    if (otherParameters(values, intent).length === 0) return match
    const declarations = await this.readDeclarations(pipeline)
    if (declarations === undefined && isUnread(pipeline)) return 'unsure'
    return matchPipeline(pipeline, intent, {since, values, declarations})
  }

  /** A pipeline's values, or `undefined` when CircleCI will not tell them (one made this moment may be refused). */
  async readValues({id}: Pipeline): Promise<PipelineParameters | undefined> {
    const known = this.values.get(id)
    if (known !== undefined) return known
    const values = await unlessRefused(this.circleci.pipelineValues(id, this.options))
    if (values === undefined) return undefined
    const names = Object.keys(this.intent.parameters)
    if (names.every(name => `pipeline.parameters.${name}` in values)) this.values.set(id, values)
    return values
  }

  private async readDeclarations(pipeline: Pipeline): Promise<Declarations | undefined> {
    const {id} = pipeline
    if (this.declarations.has(id)) return this.declarations.get(id)
    const config = await unlessRefused(this.circleci.pipelineConfig(id, this.options))
    const declarations = config === undefined ? undefined : readDeclarations(config)
    if (declarations !== undefined) this.declarations.set(id, declarations)
    return declarations
  }
}

/** A pipeline that has not read its config yet has none to show, which is no reason to take it. */
function isUnread({state}: Pipeline): boolean {
  return state !== 'created' && state !== 'errored'
}

async function unlessRefused<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof RefusedError) return undefined
    throw error
  }
}
