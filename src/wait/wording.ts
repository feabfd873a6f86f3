import {isFailed, phaseOf} from '../circleci/statuses.ts'
import type {Decider} from './deciders.ts'

/** Something that decides, as it is named: a workflow, or a job of one. */
type Named = Pick<Decider, 'attempt' | 'job'>

/** `Workflow "a" failed. Workflow "b" is failing.`; of a job that never ran `... was not run, because its workflow failed.` */
export function sentence(failed: readonly Decider[]): string {
  const failing = failed.filter(
    ({attempt, job}) => job === undefined && phaseOf(attempt.status) === 'failing'
  )
  const notRun = failed.filter(({job}) => job !== undefined && !isFailed(job.status))
  const ended = failed.filter(one => !failing.includes(one) && !notRun.includes(one))
  return [
    ended.length > 0 ? `${list(ended)} failed.` : '',
    failing.length > 0 ? `${list(failing, 'is')} failing.` : '',
    notRun.length > 0 ? `${list(notRun, 'was')} not run, because its workflow failed.` : ''
  ]
    .filter(part => part !== '')
    .join(' ')
}

/**
 * Names what decides as the subject of a sentence: `Workflow "a" was`, `Workflows "a" and "b" (attempt 2) were`, `Job "e2e"
 * of workflow "a"`; cut after a few names.
 */
export function list(items: readonly Named[], verb?: 'is' | 'was'): string {
  const workflows = items.filter(({job}) => job === undefined)
  const jobs = items.filter(({job}) => job !== undefined)
  const subjects = [
    some('Workflow', workflows),
    some(workflows.length === 0 ? 'Job' : 'job', jobs)
  ].filter(text => text !== '')
  const one = items.length === 1
  const verbs = {is: one ? ' is' : ' are', was: one ? ' was' : ' were'}
  return `${subjects.join(' and ')}${verb === undefined ? '' : verbs[verb]}`
}

function some(noun: string, items: readonly Named[]): string {
  const names = items.map(nameOf)
  const shown = names.slice(0, 8)
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`)
  const last = shown.pop()
  if (last === undefined) return ''
  return `${noun}${items.length === 1 ? '' : 's'} ${shown.length === 0 ? last : `${shown.join(', ')} and ${last}`}`
}

/** `"a"`, `"a" (attempt 2)`, `"e2e" of workflow "a"`. */
export function nameOf({attempt: {name, attempt}, job}: Named): string {
  const workflow = attempt > 1 ? `"${name}" (attempt ${attempt})` : `"${name}"`
  return job === undefined ? workflow : `"${job.name}" of workflow ${workflow}`
}
