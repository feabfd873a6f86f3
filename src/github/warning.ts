import type {Log} from '../base/log.ts'
import {toFault} from './fault.ts'

/** Tells the user once that a side channel does not work, and remembers whether it ever can. */
export interface OneWarning {
  /** Warns about a problem that no later attempt can mend. */
  giveUp(problem: string, advice: string): void
  /** Warns about a fault; only one that may pass leaves room for later attempts. */
  report(error: unknown): void
  hasGivenUp(): boolean
}

/**
 * Makes the single warning of a side channel. `subject` opens its sentence ("The pull request comment");
 * `permission` is what the workflow's token needs (`pull-requests: write`).
 */
export function oneWarning(
  log: Pick<Log, 'warning'>,
  subject: string,
  permission: string
): OneWarning {
  let warned = false
  let final = false
  const warn = (problem: string, advice: string): void => {
    if (!warned) log.warning(`${subject} is not up to date: ${problem}. ${advice}`)
    warned = true
  }
  return {
    hasGivenUp: () => final,
    giveUp: (problem, advice) => {
      final = true
      warn(problem, advice)
    },
    report: error => {
      const fault = toFault(error)
      final ||= fault.kind !== 'unavailable'
      warn(fault.message, ADVICE[fault.kind](permission))
    }
  }
}

const ADVICE = {
  permission: (permission: string) =>
    `The job needs "permissions: ${permission}", which the pull request of a fork is not given by default.`,
  credentials: () => 'Check input "github-token".',
  unavailable: () => 'The verdict does not depend on it.',
  refused: () => 'The verdict does not depend on it.'
} as const
