import type {RunSpec} from '../scenario.ts'
import {type World, idOf} from '../world/world.ts'
import type {Call} from './call.ts'
import {projectOf} from './project.ts'
import {Refusal} from './refusal.ts'

/** An earlier run with what the scenario leaves to be made up. */
export interface Run extends RunSpec {
  readonly id: string
  readonly status: string
  /** In milliseconds since the epoch. */
  readonly createdAt: number
}

const windows: Readonly<Record<string, number>> = {
  'last-24-hours': 1,
  'last-7-days': 7,
  'last-30-days': 30,
  'last-60-days': 60,
  'last-90-days': 90
}

/**
 * Returns the earlier runs of a workflow that a query asks for, newest first: of one branch, of all branches, or of the
 * default branch when neither is asked for; in the last 90 days when no other window is.
 */
export function runsOf(call: Call, workflow: string): Run[] {
  const {query} = call.request
  const {defaultBranch} = projectOf(call)
  const branch = query.get('branch')
  const everywhere = query.get('all-branches') === 'true'
  if (everywhere && branch !== null) {
    throw new Refusal(400, 'branch and all-branches cannot both be given.')
  }
  const {from, to} = windowOf(call)
  return history(call.world, workflow)
    .filter(run => everywhere || run.branch === (branch ?? defaultBranch))
    .filter(run => run.createdAt >= from && run.createdAt <= to)
}

/** Returns the window a query asks for, in milliseconds since the epoch. */
export function windowOf({world, request: {query}}: Call): {from: number; to: number} {
  const name = query.get('reporting-window') ?? 'last-90-days'
  const days = Object.hasOwn(windows, name) ? windows[name] : undefined
  if (days === undefined) throw new Refusal(400, 'Unexpected reporting window.')
  const from = query.get('start-date')
  const to = query.get('end-date')
  return {
    from: from === null ? world.now() - days * 86_400_000 : Date.parse(from),
    to: to === null ? world.now() : Date.parse(to)
  }
}

/** Returns every earlier run of a workflow, newest first. */
export function history(world: World, workflow: string): Run[] {
  const runs = world.scenario.insights?.workflows ?? {}
  return (Object.hasOwn(runs, workflow) ? (runs[workflow] ?? []) : [])
    .map((run, index) => ({
      ...run,
      status: run.status ?? 'success',
      id: idOf(world, `insights ${workflow} ${index}`),
      createdAt: Math.round(world.startedAt - run.hoursAgo * 3_600_000)
    }))
    .sort((a, b) => b.createdAt - a.createdAt)
}

/** Returns the names of the workflows Insights knows. */
export function knownWorkflows(world: World): string[] {
  return Object.keys(world.scenario.insights?.workflows ?? {})
}
