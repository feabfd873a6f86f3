import type {LogTail} from '../record/result.ts'

/** A step's command without the line that only names the shell CircleCI runs it in, such as `#!/bin/bash -eo pipefail`. */
export function commandText(command: string): string {
  const [first = '', ...rest] = command.split('\n')
  return first.startsWith('#!') && rest.some(line => line.trim() !== '') ? rest.join('\n') : command
}

/** Which of a job's parallel runs it was, as ` (parallel run 0)`; empty for a job that has one run, as far as `others` tell. */
export function parallelRun(
  {jobNumber, nodeIndex}: Pick<LogTail, 'jobNumber' | 'nodeIndex'>,
  others: readonly Pick<LogTail, 'jobNumber' | 'nodeIndex'>[]
): string {
  const isParallel = others.some(
    other => other.jobNumber === jobNumber && (other.nodeIndex > 0 || nodeIndex > 0)
  )
  return isParallel ? ` (parallel run ${nodeIndex})` : ''
}
