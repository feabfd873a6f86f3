import type {ActRun, ActStep} from './act.ts'

/** A row of the table: what was run, what came of it, and how that differs from what was expected, if it does. */
export interface Row {
  readonly what: string
  readonly came: string
  readonly differs: string
}

/** The row of a run of act, and of what is wrong with it. */
export function rowOf(what: string, run: ActRun, wrong: readonly (string | false)[]): Row {
  const came = run.jobs.map(({id, result}) => `${id} ${result === '' ? 'ended' : result}`)
  const lost = run.jobs.length === 0 ? [run.printed.slice(-300)] : []
  return {
    what,
    came: came.join(', '),
    differs: [...wrong, ...lost].filter(Boolean).join('; ')
  }
}

/** The steps of all jobs. */
export function stepsOf({jobs}: ActRun): ActStep[] {
  return jobs.flatMap(one => one.steps)
}

/** Whether a step printed a line like this. */
export function says(run: ActRun, pattern: RegExp): boolean {
  return stepsOf(run).some(({lines}) => lines.some(line => pattern.test(line)))
}
