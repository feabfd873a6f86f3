import {type Deprecation, createApi} from './api/api.ts'
import {createRateLimiter, type RateLimitSettings} from './api/rate-limit.ts'
import {answerArtifact} from './hosts/artifacts.ts'
import {answerOutput} from './hosts/output.ts'
import {answerStorage} from './hosts/storage.ts'
import {type Fault, type FaultPlan, createFaultPlan} from './http/faults.ts'
import type {Latency} from './http/latency.ts'
import type {RecordedRequest} from './http/record.ts'
import {type Host, type HostSettings, startHost} from './http/server.ts'
import {randomNumbers} from './identity.ts'
import type {Scenario} from './scenario.ts'
import {type ScenarioName, scenarioNamed} from './scenarios/index.ts'
import {checkScenario} from './scenario-check.ts'
import {type Controls, createControls} from './world/controls.ts'
import {type UserSpec, createUser} from './world/user.ts'
import {type World, behaviourOf, createWorld} from './world/world.ts'

export type {StrangerRequest} from './world/controls.ts'
export type {ChangeKind, Row} from './http/change.ts'
export type {Fault, FaultKind, FaultPlan, FaultTiming, SpoilKind} from './http/faults.ts'
export type {Latency} from './http/latency.ts'
export type {RequestPattern} from './http/pattern.ts'
export type {RecordedRequest} from './http/record.ts'
export type * from './scenario.ts'
export {type ScenarioName, scenarios} from './scenarios/index.ts'
export type {JobSnapshot, PipelineSnapshot, WorkflowSnapshot} from './world/snapshot.ts'
export type {User, UserSpec} from './world/user.ts'

/** How a simulator is set up; everything has a default. */
export interface SimulatorOptions {
  /** A scenario or the name of one. Default `passing`. */
  readonly scenario?: Scenario | ScenarioName
  /** Port of the API; 0, the default, takes a free one. The other hosts always take free ones. */
  readonly port?: number
  /** Tells the time, in milliseconds since the epoch. Default the machine's clock. */
  readonly clock?: {now(): number}
  /** How far CircleCI's clock is ahead of that one, in milliseconds. Default 0. */
  readonly skewMs?: number
  /** How many times faster than its scenario everything runs. Default 1. */
  readonly speed?: number
  /** The token of `developer`, whose account may do everything. */
  readonly token?: string
  /** Other people: strangers, people who may only look, or whose token is good but who have no access. */
  readonly users?: readonly UserSpec[]
  /** How long answers take, in real milliseconds. Default 0. */
  readonly latencyMs?: Latency
  readonly faults?: readonly Fault[]
  /** Items on a page. Default 20, as observed on CircleCI. */
  readonly pageSize?: number
  readonly rateLimit?: RateLimitSettings
  /** Routes whose replies carry `Deprecation` and `Sunset`. */
  readonly deprecations?: readonly Deprecation[]
  /** Where ids and chances come from. Default 1. */
  readonly seed?: number
}

/** A running simulator. */
export interface Simulator extends Controls {
  /** The API's origin; append `/api/v2`. */
  readonly url: string
  readonly artifacts: string
  readonly storage: string
  /** Where steps' output is. */
  readonly output: string
  readonly token: string
  readonly slug: string
  /** Every request to any host, in order of arrival. */
  readonly requests: readonly RecordedRequest[]
  readonly faults: FaultPlan
  /** Closes every host and connection. */
  readonly stop: () => Promise<void>
}

/** Starts an embedded CircleCI on loopback and resolves when it serves. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {seed = 1, token = 'CCIPAT_simulated_5f0c1e7a9d3b', clock = systemClock} = options
  const world = worldOf({...options, seed, token, clock})
  const stopping = new AbortController()
  const faults = createFaultPlan(options.faults ?? [], randomNumbers(seed), () => clock.now())
  const requests: RecordedRequest[] = []
  const hosts = await startHosts(world, options, {
    now: () => clock.now(),
    date: () => dateOf(world),
    latency: options.latencyMs ?? 0,
    faults,
    requests,
    signal: stopping.signal
  })
  const origins = originsOf(hosts)
  const behaviour = behaviourOf(world)
  return {
    ...createControls(world),
    ...origins,
    // As on CircleCI Server, which has no other host for them.
    artifacts: behaviour.artifactHost === 'api' ? origins.url : origins.artifacts,
    token,
    slug: world.scenario.project.slug,
    requests,
    faults,
    stop: async () => {
      stopping.abort()
      await Promise.all(hosts.map(host => host.close()))
    }
  }
}

const systemClock = {now: () => Date.now()}

function worldOf(
  options: SimulatorOptions & Required<Pick<SimulatorOptions, 'seed' | 'token' | 'clock'>>
): World {
  const {seed, token, clock, skewMs = 0, users = []} = options
  const developer = {login: 'developer', name: 'Dev Eloper', token}
  return createWorld({
    scenario: scenarioOf(options),
    now: () => clock.now() + skewMs,
    seed,
    speed: options.speed ?? 1,
    pageSize: options.pageSize ?? 20,
    users: [developer, ...users].map(user => createUser(seed, user))
  })
}

function scenarioOf({scenario = 'passing'}: SimulatorOptions): Scenario {
  const chosen = typeof scenario === 'string' ? scenarioNamed(scenario) : scenario
  checkScenario(chosen)
  return chosen
}

function dateOf(world: World): number | undefined {
  const {dateSkew} = behaviourOf(world)
  return dateSkew === 'none' ? undefined : world.now() + dateSkew * 1000
}

type Hosts = readonly [api: Host, artifacts: Host, storage: Host, output: Host]

async function startHosts(
  world: World,
  {port = 0, rateLimit, deprecations = []}: SimulatorOptions,
  settings: HostSettings
): Promise<Hosts> {
  const api = createApi(world, createRateLimiter(world.now, rateLimit), deprecations)
  const hosts: Hosts = [
    await startHost('api', port, api, settings),
    await startHost('artifacts', 0, request => answerArtifact(world, request), settings),
    await startHost('storage', 0, request => answerStorage(world, request), settings),
    await startHost('output', 0, request => answerOutput(world, request), settings)
  ]
  const {url, ...others} = originsOf(hosts)
  Object.assign(world.origins, {api: url, ...others})
  return hosts
}

function originsOf([api, artifacts, storage, output]: Hosts) {
  return {url: api.url, artifacts: artifacts.url, storage: storage.url, output: output.url}
}
