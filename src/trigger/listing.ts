import type {CallOptions, PipelineQuery} from '../circleci/client.ts'
import {RefusedError} from '../circleci/faults.ts'
import type {Pipeline, PipelineConfig, PipelineParameters} from '../circleci/model.ts'
import {CLOUD} from '../circleci/slug.ts'
import type {SearchContext} from './first-read.ts'
import {slugOfIntent, type Intent} from './intent.ts'
import {isMade, matchPipeline, type Facts, type Finding, type Match} from './match.ts'
import {readDefinitions} from './target.ts'

/** Most pages read of one listing; 20 pipelines a page were observed. */
export const MAX_PAGES = 10

/** One row of a listing. */
export interface Listed {
  readonly pipeline: Pipeline
  /** Whether the token's user started it; never `no`. */
  readonly user: Match
  /** Whether `pipeline/mine` lists it. */
  readonly mine: boolean
}

/** Pipelines of the token's user, as CircleCI listed them: in no certain order, and one perhaps twice. */
export interface Listing {
  readonly rows: readonly Listed[]
  /** False when there were more pages than are read. */
  readonly complete: boolean
}

/**
 * What the token's user started in an intent's project: listed, and read as far as it takes to know whether it is the
 * intent's. A pipeline's values and config do not change once they are there, so each is read once.
 */
export class OwnPipelines {
  readonly #intent: Intent
  readonly #context: SearchContext
  readonly #options: CallOptions
  readonly #isOurs: (requestId: string) => boolean
  readonly #values = new Map<string, PipelineParameters>()
  readonly #configs = new Map<string, PipelineConfig>()
  #login: string | undefined
  #hasDefinitions: boolean | undefined

  /** `isOurs` recognises the ids that the intent's request was, or may have been, sent with. */
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
   * Lists `pipeline/mine`, and where that is denied or holds nothing new, the project's list, of which the pipelines are
   * kept whose actor has the login of `GET /me` or that `pipeline/mine` shows, or none. Ends with a page whose last
   * pipeline `isPast` says is old enough. Rejects with a `RefusedError` when neither list can be relied upon.
   */
  async list(isPast: (pipeline: Pipeline) => boolean): Promise<Listing> {
    const mine = await unlessRefused(this.#readPages({mine: true}, isPast))
    const {pipelines: own, complete} =
      mine instanceof RefusedError ? {pipelines: [], complete: false} : mine
    const rows = own.map((pipeline): Listed => ({pipeline, user: 'yes', mine: true}))
    const listed = {rows, complete}
    if (own.some(pipeline => !isPast(pipeline))) return listed
    const project = await unlessRefused(this.#listByLogin(isPast, own))
    // A list without a single entry may be one that is not kept for this user: it proves nothing.
    const isKept = own.length > 0
    if (project instanceof RefusedError) {
      if (isKept) return listed
      throw mine instanceof RefusedError ? mine : project
    }
    if (!isKept) return project
    return {rows: [...rows, ...project.rows], complete: complete && project.complete}
  }

  /**
   * Nothing says that an actor's login is that of `GET /me` (GitHub App projects, users without a GitHub account): until
   * one of ours is seen, another's may be ours. `own` are surely.
   */
  async #listByLogin(
    isPast: (pipeline: Pipeline) => boolean,
    own: readonly Pipeline[]
  ): Promise<Listing> {
    const {circleci} = this.#context
    this.#login ??= (await circleci.me(this.#options)).login.toLowerCase()
    const {pipelines, complete} = await this.#readPages({}, isPast)
    const logins = new Set([this.#login, ...own.map(loginOf)])
    const ids = new Set(own.map(({id}) => id))
    const isUsers = (pipeline: Pipeline): boolean => {
      const login = loginOf(pipeline)
      return ids.has(pipeline.id) || (login !== undefined && logins.has(login))
    }
    const known = [...own, ...pipelines].some(one => isUsers(one) && loginOf(one) !== undefined)
    const rows = pipelines.flatMap((pipeline): Listed[] => {
      if (isUsers(pipeline)) return [{pipeline, user: 'yes', mine: ids.has(pipeline.id)}]
      const isAnothers = known && loginOf(pipeline) !== undefined
      return isAnothers ? [] : [{pipeline, user: 'unsure', mine: false}]
    })
    return {rows, complete}
  }

  async #readPages(
    query: PipelineQuery,
    isPast: (pipeline: Pipeline) => boolean
  ): Promise<{readonly pipelines: readonly Pipeline[]; readonly complete: boolean}> {
    const slug = slugOfIntent(this.#intent)
    const pipelines: Pipeline[] = []
    let pages = 0
    for await (const page of this.#context.circleci.pipelines(slug, query, this.#options)) {
      if (pages === MAX_PAGES) return {pipelines, complete: false}
      pages += 1
      pipelines.push(...page)
      if (endsInPast(page, isPast)) break
    }
    return {pipelines, complete: true}
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
    const read = {...listed, values, hasDefinitions: await this.#askDefinitions(values)}
    const byValues = match(read)
    if (byValues.match !== 'unsure') return byValues
    return match({...read, config: await this.#readConfig(pipeline)})
  }

  /** A pipeline's values; `undefined` while CircleCI refuses them, as it may for one made this moment. */
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

  /** Whether this host has definitions at all; asked only when one was named, and the values hold none. */
  async #askDefinitions(values: PipelineParameters | undefined): Promise<boolean | undefined> {
    const isTold = values?.['pipeline.definition.id'] !== undefined
    if (this.#intent.definition === undefined || isTold) return undefined
    this.#hasDefinitions ??= await this.#readDefinitions()
    return this.#hasDefinitions
  }

  /** CircleCI Cloud has definitions, and a Server no list of them. `undefined`: the list was refused. */
  async #readDefinitions(): Promise<boolean | undefined> {
    if (this.#context.host === CLOUD) return true
    const slug = slugOfIntent(this.#intent)
    const definitions = await unlessRefused(readDefinitions(slug, this.#context, this.#options))
    return definitions instanceof RefusedError ? undefined : definitions !== undefined
  }
}

function loginOf({actorLogin}: Pipeline): string | undefined {
  return actorLogin === '' ? undefined : actorLogin?.toLowerCase()
}

/** Whether nothing new can follow a page: its last entry is past, and it is in order (nothing promises that). */
function endsInPast(
  pipelines: readonly Pipeline[],
  isPast: (pipeline: Pipeline) => boolean
): boolean {
  const last = pipelines.at(-1)
  const inOrder = pipelines.every(
    ({number}, index) => number <= (pipelines[index - 1]?.number ?? Infinity)
  )
  return last !== undefined && inOrder && isPast(last)
}

/** What was asked for, or CircleCI's no. Rejects with any other error. */
async function unlessRefused<T>(promise: Promise<T>): Promise<T | RefusedError> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof RefusedError) return error
    throw error
  }
}

/** What is read of a pipeline, kept once it changes no more; `undefined` while CircleCI refuses it. */
async function readOnce<T>(
  pipeline: Pipeline,
  known: Map<string, T>,
  read: () => Promise<T>,
  isWhole: (read: T) => boolean
): Promise<T | undefined> {
  const before = known.get(pipeline.id)
  if (before !== undefined) return before
  const answer = await unlessRefused(read())
  if (answer instanceof RefusedError) return undefined
  if (isMade(pipeline) && isWhole(answer)) known.set(pipeline.id, answer)
  return answer
}
