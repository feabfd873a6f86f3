import {uuidOf} from '../identity.ts'
import {type Behaviour, defaultBehaviour} from '../behaviour.ts'
import type {Scenario} from '../scenario.ts'
import type {PipelineRecord, WorkflowRecord} from './records.ts'
import type {User} from './user.ts'

/** Where each of the simulator's hosts listens, without a trailing slash. */
export interface Origins {
  api: string
  artifacts: string
  storage: string
  output: string
}

/** Everything one embedded CircleCI knows. What it answers follows from this and the time. */
export interface World {
  /** Milliseconds since the epoch on CircleCI's clock, which may be wrong by the configured skew. */
  readonly now: () => number
  /** When it started. */
  readonly startedAt: number
  readonly seed: number
  /** Turns the seconds of a scenario into milliseconds. */
  readonly ms: (seconds: number) => number
  readonly pageSize: number
  readonly users: User[]
  readonly origins: Origins
  /** What pipelines triggered from now on run. */
  scenario: Scenario
  /** Oldest first. */
  readonly pipelines: PipelineRecord[]
  nextPipelineNumber: number
  nextJobNumber: number
}

/** Settings of a world. */
export interface WorldSettings {
  readonly scenario: Scenario
  readonly now: () => number
  readonly seed: number
  readonly speed: number
  readonly pageSize: number
  readonly users: readonly User[]
}

/** Makes a world in which nothing has happened yet. */
export function createWorld({now, speed, users, ...settings}: WorldSettings): World {
  return {
    ...settings,
    now,
    startedAt: now(),
    ms: seconds => Math.round((seconds * 1000) / speed),
    users: [...users],
    origins: {api: '', artifacts: '', storage: '', output: ''},
    pipelines: [],
    nextPipelineNumber: 101,
    nextJobNumber: 1001
  }
}

/** Returns the world as it was so many seconds ago, for looking at only. */
export function past(world: World, seconds: number): World {
  const now = (): number => world.now() - seconds * 1000
  return {...world, now}
}

/** Returns the pipelines there are by now; one that is due later is in the records already. */
export function pipelinesNow(world: World): PipelineRecord[] {
  return world.pipelines.filter(({createdAt}) => createdAt <= world.now())
}

/** Returns how the current scenario behaves. */
export function behaviourOf(world: World): Behaviour {
  return {...defaultBehaviour, ...world.scenario.behaviour}
}

/** Returns the UUID of something in this world. */
export function idOf(world: World, name: string): string {
  return uuidOf(world.seed, name)
}

/** Returns every workflow there is by now, oldest pipeline first. */
export function allWorkflows(world: World): WorkflowRecord[] {
  return pipelinesNow(world).flatMap(pipeline => workflowsNow(world, pipeline))
}

/** Returns the workflows a pipeline has by now, oldest first. */
export function workflowsNow(world: World, {workflows}: PipelineRecord): WorkflowRecord[] {
  return workflows.filter(({createdAt}) => createdAt <= world.now())
}
