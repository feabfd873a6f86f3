import {backoffMs} from '../../src/circleci/backoff.ts'
import type {CallOptions, Page, TriggerReply, TriggerRequest} from '../../src/circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline, PipelineParameters, Ref} from '../../src/circleci/model.ts'
import type {Clock} from '../../src/clock.ts'
import {refOfRequest} from '../../src/trigger/intent.ts'
import type {TriggerContext} from '../../src/trigger/once.ts'
import {DEFAULTS, type Plan, type PostFate} from './plan.ts'
import type {Random} from './random.ts'

/** A pipeline of the model, with what CircleCI knows and does not tell. */
export interface Made {
  readonly pipeline: Pipeline
  readonly values: PipelineParameters
  /** Made by a POST of the run under test. */
  readonly ours: boolean
  /** Started by the token's user. */
  readonly mine: boolean
  /** By CircleCI's clock. */
  readonly createdAt: number
  readonly visibleAt: number
}

export const ME = 'robot'
export const DEFAULT_BRANCH = 'main'

/** CircleCI in memory and in virtual time: what triggering and searching ask of it, with the faults of one plan. */
export class World {
  readonly made: Made[] = []
  /** What became of each POST so far. */
  readonly fates: PostFate[] = []
  /** How many GETs were answered since the last POST. */
  reads = 0
  /** How many GETs it left unanswered. */
  faults = 0
  private readonly plan: Plan
  private readonly clock: Clock
  private readonly random: Random
  private readonly startedAt: number
  private knownSkewMs = 0
  private calm = false

  constructor(plan: Plan, clock: Clock, random: Random) {
    this.plan = plan
    this.clock = clock
    this.random = random
    this.startedAt = clock.now()
  }

  /** The model as the code under test sees it. */
  readonly circleci: TriggerContext['circleci'] = {
    serverNow: () => this.clock.now() + this.knownSkewMs,
    trigger: (request, options) => this.trigger(request, options?.signal),
    me: options => this.get('GET /me', options, () => ({id: 'user-1', login: ME, name: 'Robot'})),
    pipelinePage: (_slug, query, options) =>
      this.get('GET /pipelines', options, () => this.page(query.mine === true, query.pageToken)),
    pipelineValues: (id, options) => this.get('GET /values', options, () => this.open(id).values),
    pipelineConfig: (id, options) =>
      this.get('GET /config', options, () => {
        this.open(id)
        return {source: CONFIG, setupSource: '', compiled: '', compiledSetup: ''}
      })
  }

  /** CircleCI's clock. */
  now(): number {
    return this.clock.now() + this.plan.skewMs
  }

  /** Ends all bad weather, for what comes after the run. */
  clearUp(): void {
    this.calm = true
  }

  add(facts: {
    readonly createdAt: number
    readonly visibleAt: number
    readonly ref: Ref | undefined
    readonly parameters: PipelineParameters
    readonly triggerType: string
    readonly login: string
    readonly ours: boolean
    /** Parameters its config does not declare. */
    readonly undeclared?: readonly string[]
  }): Made {
    const {createdAt, visibleAt, ref, parameters, triggerType, login, ours, undeclared = []} = facts
    const iso = new Date(createdAt - (ours ? this.plan.driftMs : 0)).toISOString()
    const number = this.made.length + 1
    const branch = ref === undefined ? DEFAULT_BRANCH : 'branch' in ref ? ref.branch : undefined
    const made: Made = {
      pipeline: {
        id: `pipeline-${number}`,
        number,
        projectSlug: 'gh/acme/shop',
        state: undeclared.length > 0 ? 'created' : this.random.pick(STATES),
        createdAt: this.plan.coarse ? iso.replace(/\.\d+/, '') : iso,
        errors: [],
        triggerType,
        actorLogin: login,
        branch,
        tag: ref !== undefined && 'tag' in ref ? ref.tag : undefined,
        revision: undefined
      },
      values: Object.fromEntries(
        Object.entries({...DEFAULTS, ...parameters})
          .filter(([name]) => !undeclared.includes(name))
          .map(([name, value]) => [`pipeline.parameters.${name}`, value])
      ),
      ours,
      mine: login === ME,
      createdAt,
      visibleAt
    }
    this.made.push(made)
    return made
  }

  private async trigger(
    request: TriggerRequest,
    signal: AbortSignal | undefined
  ): Promise<TriggerReply> {
    const {posts} = this.plan
    const fate = posts[Math.min(this.fates.length, posts.length - 1)] ?? 'answered'
    this.fates.push(fate)
    this.reads = 0
    if (this.fates.length > MOST_POSTS) throw new Error('A run will not stop sending requests')
    const way = this.random.between(10, 600)
    await this.pass(way, signal)
    const lossMs = fate.startsWith('hung') ? 30_000 - way : this.random.between(0, 800)
    const delay = fate === 'processed-late' ? lossMs + this.random.between(0, this.plan.lagMs) : 0
    const answered = this.now() + lossMs
    const pipeline = MAKING.has(fate) ? this.make(request, this.now() + delay, answered) : undefined
    await this.pass(lossMs, signal)
    return this.answer(request, fate, pipeline)
  }

  private make(request: TriggerRequest, createdAt: number, answered: number): Pipeline {
    return this.add({
      createdAt,
      visibleAt: this.random.between(createdAt, Math.max(createdAt, answered + this.plan.lagMs)),
      ref: refOfRequest(request),
      parameters: request.parameters,
      triggerType: 'api',
      login: ME,
      ours: true
    }).pipeline
  }

  private answer(
    request: TriggerRequest,
    fate: PostFate,
    pipeline: Pipeline | undefined
  ): TriggerReply {
    const path = 'POST /pipeline'
    switch (fate) {
      case 'answered':
        this.learnSkew()
        if (pipeline === undefined) throw new Error('Nothing was made')
        return {kind: 'created', pipeline}
      case 'no-pipeline':
        this.learnSkew()
        if (request.endpoint === 'run') return {kind: 'no-pipeline', message: 'CI skip'}
        throw new RefusedError(path, 400, 'Branch not found')
      case 'rejected':
        this.learnSkew()
        throw new RefusedError(path, 400, 'Branch not found')
      case 'unreachable':
        throw new UnavailableError(path, 'failed: refused', {processed: 'no'})
      case 'bad-certificate':
        throw new UnavailableError(path, 'failed: certificate', {processed: 'no', final: true})
      case 'rate-limited':
        this.learnSkew()
        throw new UnavailableError(path, 'was answered 429', {
          processed: 'no',
          status: 429,
          retryAfterMs: this.random.pick([undefined, this.random.whole(1, 20) * 1000])
        })
      case 'lost-before':
      case 'lost-after':
      case 'hung-before':
      case 'hung-after':
      case 'processed-late':
        throw new UnavailableError(path, 'failed: socket hang up', {processed: 'unknown'})
    }
  }

  /** One GET, tried again for as long as the caller's patience lasts, as the real client does. */
  private async get<T>(path: string, options: CallOptions = {}, answer: () => T): Promise<T> {
    const deadline = this.clock.now() + (options.patienceMs ?? 60_000)
    for (let attempts = 0; ; attempts += 1) {
      await this.pass(this.random.between(10, 400), options.signal)
      if (!this.isBadWeather()) {
        const value = answer()
        this.reads += 1
        await this.pass(this.random.between(10, 400), options.signal)
        this.learnSkew(this.random.between(0, 10))
        return value
      }
      this.faults += 1
      const left = deadline - this.clock.now()
      if (left <= 0) throw new UnavailableError(path, 'was answered 503', {processed: 'unknown'})
      await this.pass(Math.min(left, backoffMs(attempts, this.random.next)), options.signal)
    }
  }

  private isBadWeather(): boolean {
    if (this.calm) return false
    const {faultRate, outage} = this.plan.weather
    const elapsed = this.clock.now() - this.startedAt
    const dark = outage !== undefined && elapsed >= outage[0] && elapsed < outage[1]
    return dark || this.random.chance(faultRate)
  }

  private page(mine: boolean, token: string | undefined): Page<Pipeline> {
    const {weather, pageSize} = this.plan
    if (!this.calm) {
      this.refuseWhen((mine ? weather.mine : weather.project) === 'denied', 'GET /pipelines')
      if (mine && weather.mine === 'empty') return {items: [], next: undefined}
    }
    const listed = this.made
      .filter(made => made.visibleAt <= this.now() && (made.mine || !mine))
      .sort((a, b) => b.createdAt - a.createdAt)
    const from = Number(token ?? 0)
    const next = from + pageSize < listed.length ? String(from + pageSize) : undefined
    return {items: listed.slice(from, from + pageSize).map(({pipeline}) => pipeline), next}
  }

  private refuseWhen(refused: boolean, path: string): void {
    if (refused) throw new RefusedError(path, 403, 'Permission denied.')
  }

  /** A pipeline whose details are asked for. */
  private open(id: string): Made {
    const made = this.made.find(({pipeline}) => pipeline.id === id)
    const shy = this.calm ? 0 : this.plan.shyMs
    if (made === undefined || this.now() < made.createdAt + shy) {
      throw new RefusedError('GET /pipeline', 404, 'Pipeline not found')
    }
    return made
  }

  /** Takes in a `Date` header: whole seconds, written `ageMs` before it arrived. */
  private learnSkew(ageMs = 0): void {
    const date = Math.floor((this.now() - ageMs) / 1000) * 1000
    this.knownSkewMs = date - this.clock.now()
  }

  private async pass(ms: number, signal: AbortSignal | undefined): Promise<void> {
    await this.clock.sleep(ms, signal)
    if (signal?.aborted === true) throw new AbortedError('The request')
  }
}

/** No run in five minutes needs more. */
const MOST_POSTS = 500
const STATES = ['created', 'pending', 'setup-pending'] as const
const MAKING: ReadonlySet<PostFate> = new Set([
  'answered',
  'lost-after',
  'hung-after',
  'processed-late'
])

const CONFIG = `version: 2.1
parameters:
  suite: {type: string, default: all}
  deploy: {type: boolean, default: false}
  shards: {type: integer, default: 1}
`
