import type {StepSpec} from '../scenario.ts'
import type {JobNow} from '../world/workflow.ts'
import type {World} from '../world/world.ts'
import {isStarted, nodeStatuses} from './jobs.ts'

/** A step of a job that has begun. */
export interface StepNow {
  readonly step: StepSpec
  /** Its place among all steps, from 0. */
  readonly position: number
  /** One for each node that got so far. */
  readonly nodes: readonly {readonly index: number; readonly status: string}[]
  readonly startedAt: number
  readonly stoppedAt: number | null
}

const spinUp: StepSpec = {
  name: 'Spin up environment',
  output: 'Build-agent version 1.0.371 (2026-02-19)\nUsing image cimg/node:24.11\n'
}

/** Returns the steps a job has, with the one every job starts with. */
export function allSteps(steps: readonly StepSpec[] = []): StepSpec[] {
  return [spinUp, ...steps]
}

/** Returns the steps that have begun. They share the job's time evenly; after a failure only `always` steps run. */
export function stepsOf(world: World, now: JobNow): StepNow[] {
  if (!isStarted(world, now)) return []
  const {plan, job} = now
  const steps = allSteps(job.spec.steps)
  const share = (plan.stop - plan.start) / steps.length
  const failing = failureAt(steps)
  return steps.flatMap((step, position) => {
    const startedAt = Math.round(plan.start + position * share)
    const stop = Math.round(plan.start + (position + 1) * share)
    const stoppedAt = stop <= world.now() ? stop : null
    const nodes = outcomes(now).flatMap((outcome, index) => {
      if (outcome !== 'success' && position > failing && step.always !== true) return []
      const status = position === failing ? stepStatus(outcome) : 'success'
      return [{index, status: stoppedAt === null ? 'running' : status}]
    })
    return startedAt > world.now() || nodes.length === 0
      ? []
      : [{step, position, nodes, startedAt, stoppedAt}]
  })
}

/** Returns how each node ends. */
function outcomes(now: JobNow): string[] {
  const {end} = now.plan
  return nodeStatuses({...now, status: end})
}

/** The step that fails is the one the scenario marks, or the last. */
function failureAt(steps: readonly StepSpec[]): number {
  const marked = steps.findLastIndex(step => step.fails === true)
  return marked === -1 ? steps.length - 1 : marked
}

function stepStatus(outcome: string): string {
  return ['success', 'failed', 'canceled', 'timedout', 'infrastructure_fail'].includes(outcome)
    ? outcome
    : 'failed'
}
