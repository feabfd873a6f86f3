import type {Verdict} from '../record/result.ts'

/** What each exit code says. Numbers: `internal/errors` of CircleCI's own tool (CircleCI-Public/circleci-cli). */
export const EXIT_CODES = {
  0: 'passed',
  1: 'failed, whatever CircleCI said',
  2: 'wrong flags or inputs',
  3: 'CircleCI does not accept the token',
  4: 'CircleCI could not be reached, or did not answer the trigger',
  5: 'not found on CircleCI',
  6: 'this command was interrupted',
  8: 'timeout'
} as const

/** One of them. */
export type ExitCode = keyof typeof EXIT_CODES

const BY_REASON: Partial<Record<NonNullable<Verdict['reason']>, ExitCode>> = {
  input: 2,
  auth: 3,
  'api-unavailable': 4,
  'trigger-ambiguous': 4,
  'not-found': 5,
  'github-cancelled': 6,
  timeout: 8
}

/** The exit code of a step that ended; one without a verdict did what it was to do. */
export function exitCodeOf(verdict: Pick<Verdict, 'passes' | 'reason'> | undefined): ExitCode {
  if (verdict === undefined || verdict.passes) return 0
  return (verdict.reason === undefined ? undefined : BY_REASON[verdict.reason]) ?? 1
}
