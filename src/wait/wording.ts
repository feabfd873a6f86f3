import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'

/** `Workflow "a" failed. Workflow "b" is failing.` */
export function sentence(failed: readonly Attempt[]): string {
  const failing = failed.filter(one => phaseOf(one.status) === 'failing')
  const ended = failed.filter(one => !failing.includes(one))
  return [
    ended.length > 0 ? `${list(ended)} failed.` : '',
    failing.length > 0 ? `${list(failing, 'is')} failing.` : ''
  ]
    .filter(part => part !== '')
    .join(' ')
}

/** Names workflows as the subject of a sentence: `Workflow "a" was`, `Workflows "a" and "b" (attempt 2) were`; cut after a few names. */
export function list(attempts: readonly Attempt[], verb?: 'is' | 'was'): string {
  const names = attempts.map(({name, attempt}) =>
    attempt > 1 ? `"${name}" (attempt ${attempt})` : `"${name}"`
  )
  const shown = names.slice(0, 8)
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`)
  const last = shown.pop() ?? ''
  const text = shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
  const one = attempts.length === 1
  const verbs = {is: one ? ' is' : ' are', was: one ? ' was' : ' were'}
  return `${one ? 'Workflow' : 'Workflows'} ${text}${verb === undefined ? '' : verbs[verb]}`
}
