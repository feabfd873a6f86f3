import {earliestPoll, type PollSettings, type WorkflowProgress} from '../../src/wait/schedule.ts'
import {uniform, type Random} from './distribution.ts'
import type {WorkflowKind} from './scenarios.ts'

/** A pipeline of one project, in virtual time: when its workflows appear, and what Insights knows of them. */
export interface Project {
  readonly kinds: readonly WorkflowKind[]
  /** Seconds after the trigger. */
  readonly createdAt: number
  /** Durations of each workflow's earlier runs, in whole seconds as Insights tells them. */
  readonly histories: readonly (readonly number[])[]
}

/** When each workflow of a run ends, in seconds after the trigger. */
export type Run = readonly number[]

/** What waiting for one run cost. */
export interface Waited {
  readonly requests: number
  /** Seconds from the end of the run until a poll saw it. */
  readonly lag: number
}

/** The branch is asked first, and all branches when it has fewer runs than this. */
const ENOUGH_RUNS = 3
/** A fixed interval is tried at this many evenly spread phases. */
const PHASES = 20

/** Draws a project: its history, apart from the runs that will be waited for. */
export function drawProject(kinds: readonly WorkflowKind[], random: Random): Project {
  const createdAt = uniform(0.5, 2.5)(random)
  const histories = kinds.map(({history, runs}) =>
    Array.from({length: runs}, () => Math.round(history(random)))
  )
  return {kinds, createdAt, histories}
}

/** Draws a run of a project. */
export function drawRun({kinds, createdAt}: Project, random: Random): Run {
  return kinds.map(({durations}) => createdAt + durations(random))
}

/**
 * Returns how the action waits for a run of a project under `poll-interval: auto`. Requests for history count like
 * polls; their answers come during the first pause after the workflows were seen.
 */
export function scheduledWait(project: Project, settings?: PollSettings): (run: Run) => Waited {
  const {createdAt, histories} = project
  const plan = planner(project, settings)
  const insights = histories.reduce((sum, {length}) => sum + (length < ENOUGH_RUNS ? 2 : 1), 0)
  return run => {
    const end = Math.max(...run)
    let now = plan(0, [], false)
    let polls = 1
    let known = false
    while (now < end) {
      const open = [...run.keys()].filter(index => now < (run[index] ?? 0))
      const seen = now >= createdAt
      now += plan(now, open, known)
      known = seen
      polls += 1
    }
    return {requests: polls + insights, lag: now - end}
  }
}

/**
 * Returns the pause in seconds that follows a poll which saw these workflows open. Runs of a project share their
 * pauses until one of them ends, so each is planned once.
 */
function planner(
  {kinds, createdAt, histories}: Project,
  settings: PollSettings | undefined
): (now: number, open: readonly number[], known: boolean) => number {
  const planned = new Map<string, number>()
  const progress = (now: number, open: readonly number[], known: boolean): WorkflowProgress[] =>
    open.map(index => ({
      elapsedMs: (now - createdAt) * 1000,
      durations: known ? (histories[index] ?? []) : [],
      partial: kinds[index]?.partial ?? false
    }))
  return (now, open, known) => {
    const key = `${now} ${open.join()}`
    const before = [{elapsedMs: now * 1000, durations: []}]
    const pause =
      planned.get(key) ??
      earliestPoll(now < createdAt ? before : progress(now, open, known), settings) / 1000
    planned.set(key, pause)
    return pause
  }
}

/**
 * Waits with a fixed interval in seconds, once with each of several phases: the first poll comes after one interval,
 * give or take half of it, so that no interval is lucky with a steady run.
 */
export function fixedWaits(run: Run, interval: number): Waited[] {
  const end = Math.max(...run)
  return Array.from({length: PHASES}, (_, phase) => {
    const first = interval * (0.5 + (phase + 0.5) / PHASES)
    const more = Math.max(0, Math.ceil((end - first) / interval))
    return {requests: 1 + more, lag: first + more * interval - end}
  })
}
