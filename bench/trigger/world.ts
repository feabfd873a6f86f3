import {backoffMs} from '../../src/circleci/retry.ts'
import type {CallOptions, Pages} from '../../src/circleci/client.ts'
import type {TriggerReply, TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline, PipelineConfig, PipelineParameters, Ref} from '../../src/circleci/model.ts'
import type {Clock} from '../../src/base/clock.ts'
import {refOfRequest} from '../../src/trigger/intent.ts'
import type {TriggerContext} from '../../src/trigger/once.ts'
import {DEFAULTS, OUR_DEFINITION, type Plan, type PostFate} from './plan.ts'
import type {Random} from './random.ts'

/** A pipeline of the model, with what CircleCI knows and does not tell. */
export interface Made {
  readonly pipeline: Pipeline
  readonly parameters: PipelineParameters
  readonly definition: string
  /** Made by a POST of the run under test. */
  readonly ours: boolean
  /** Which POST made it, counted from 1; 0 for none. */
  readonly post: number
  /** Whether CircleCI tells too little of it to say that it is not what was asked for. */
  readonly doubtful: boolean
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
  /** How many POSTs there had been when each pipeline was first listed to the run. */
  readonly shown = new Map<string, number>()
  private readonly plan: Plan
  private readonly clock: Clock
  private readonly random: Random
  private readonly startedAt: number
  private knownSkewMs: number | undefined
  private calm = false

  constructor(plan: Plan, clock: Clock, random: Random) {
    this.plan = plan
    this.clock = clock
    this.random = random
    this.startedAt = clock.now()
  }

  /** The model as the code under test sees it. */
  readonly circleci: TriggerContext['circleci'] = {
    serverNow: () =>
      this.knownSkewMs === undefined ? undefined : this.clock.now() + this.knownSkewMs,
    trigger: (request, options) => this.trigger(request, options?.signal),
    pipeline: (id, options) => this.get('GET /pipeline', options, () => this.open(id).pipeline),
    me: options => this.get('GET /me', options, () => ({id: 'user-1', login: ME, name: 'Robot'})),
    project: (_slug, options) =>
      this.get('GET /project', options, () => ({
        id: 'project-1',
        slug: 'gh/acme/shop',
        name: 'shop',
        provider: 'GitHub'
      })),
    definitions: (_id, options) => this.get('GET /definitions', options, () => []),
    pipelines: (_slug, {mine}, options) => this.pipelines(mine === true, options),
    pipelineValues: (id, options) =>
      this.get('GET /values', options, () => this.valuesOf(this.open(id))),
    pipelineConfig: (id, options) =>
      this.get('GET /config', options, () => this.configOf(this.open(id)))
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
    readonly definition: string
    readonly triggerType: string
    readonly login: string
    readonly ours: boolean
    readonly post: number
    readonly doubtful: boolean
  }): Made {
    const {createdAt, ref, triggerType, login, ours} = facts
    const {coarse, driftMs, login: spelling} = this.plan.telling
    const iso = new Date(createdAt - (ours ? driftMs : 0)).toISOString()
    const branch = ref === undefined ? DEFAULT_BRANCH : 'branch' in ref ? ref.branch : undefined
    // CircleCI counts a project's pipelines as they are made.
    const number = Math.floor(createdAt - this.startedAt - this.plan.skewMs + 1e6) * 100
    const made: Made = {
      ...facts,
      pipeline: {
        id: `pipeline-${this.made.length + 1}`,
        number: number + (this.made.length % 100),
        projectSlug: 'gh/acme/shop',
        state: this.random.pick(STATES),
        createdAt: coarse ? iso.replace(/\.\d+/, '') : iso,
        errors: [],
        warnings: [],
        triggerType,
        actorLogin: login === ME ? SPELLINGS[spelling] : login,
        branch,
        tag: ref !== undefined && 'tag' in ref ? ref.tag : undefined,
        defaultBranch: undefined,
        revision: undefined
      },
      mine: login === ME
    }
    this.made.push(made)
    return made
  }

  private valuesOf({parameters, definition, pipeline: {branch}}: Made): PipelineParameters {
    const {values, definition: tellsDefinition, isDefault} = this.plan.telling
    this.refuseWhen(values === 'refused', 'GET /values')
    const declared =
      this.plan.declares && values === 'with-parameters' ? {...DEFAULTS, ...parameters} : {}
    return Object.fromEntries([
      ['pipeline.git.branch', ''],
      ...(isDefault
        ? [['pipeline.git.branch.is_default', branch === DEFAULT_BRANCH] as const]
        : []),
      ...(tellsDefinition ? [['pipeline.definition.id', definition] as const] : []),
      ...Object.entries(declared).map(([name, value]) => [`pipeline.parameters.${name}`, value])
    ]) as PipelineParameters
  }

  private configOf({parameters}: Made): PipelineConfig {
    const source = this.plan.declares ? CONFIG : 'version: 2.1\n'
    const compiled = `run: echo ${String(parameters['id'] ?? '')}\n`
    return {source, compiled, setupSource: '', compiledSetup: ''}
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
      definition: OUR_DEFINITION,
      triggerType: 'api',
      login: ME,
      ours: true,
      post: this.fates.length,
      doubtful: false
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
        throw new UnavailableError(path, 'was answered 503', {
          processed: 'unknown',
          retryAfterMs: this.plan.restMs
        })
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

  private async *pipelines(mine: boolean, options: CallOptions | undefined): Pages<Pipeline> {
    const {pageSize} = this.plan
    for (let from = 0; ; from += pageSize) {
      const start = from
      const {items, isLast} = await this.get('GET /pipelines', options, () =>
        this.page(mine, start)
      )
      yield items
      if (isLast) return
    }
  }

  private page(
    mine: boolean,
    from: number
  ): {readonly items: readonly Pipeline[]; readonly isLast: boolean} {
    const {weather, pageSize} = this.plan
    if (!this.calm) {
      this.refuseWhen((mine ? weather.mine : weather.project) === 'denied', 'GET /pipelines')
      if (mine && weather.mine === 'empty') return {items: [], isLast: true}
    }
    const listed = this.made
      .filter(made => made.visibleAt <= this.now() && (made.mine || !mine))
      .filter(() => this.calm || !this.random.chance(weather.forgets))
      .sort((a, b) => b.createdAt - a.createdAt)
      .flatMap(made => (weather.repeats ? [made, made] : [made]))
    // The same order for all pages of one listing.
    if (weather.shuffles) listed.sort((a, b) => digitsOf(a) - digitsOf(b))
    const items = listed.slice(from, from + pageSize).map(({pipeline}) => pipeline)
    for (const {id} of items) {
      if (!this.shown.has(id)) this.shown.set(id, this.fates.length)
    }
    return {items, isLast: from + pageSize >= listed.length}
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
    const {dateSkewMs} = this.plan.telling
    if (dateSkewMs === undefined) return
    const date = Math.floor((this.now() + dateSkewMs - ageMs) / 1000) * 1000
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

/** How the project's list spells the user's login. */
const SPELLINGS = {same: ME, case: ME.toUpperCase(), other: 'robot-on-github'}

/** A number that says nothing about the age. */
function digitsOf({pipeline}: Made): number {
  return Number(String(pipeline.number).split('').reverse().join(''))
}

const CONFIG = `version: 2.1
parameters:
  suite: {type: string, default: all}
  deploy: {type: boolean, default: false}
  shards: {type: integer, default: 1}
  id: {type: string, default: ""}
`
