import type {UnavailableError} from '../circleci/faults.ts'
import {formatSlug, type Slug} from '../circleci/slug.ts'
import {linksFor} from '../circleci/urls.ts'
import {formatDuration} from '../base/duration.ts'
import {ActionError, errorMessage} from '../base/errors.ts'
import type {SearchResult} from './search.ts'

/** The error of a trigger that certainly started nothing, however often it was sent. */
export function unreachable(facts: {
  readonly host: string
  readonly slug: Slug
  readonly fault: UnavailableError
  readonly attempts: number
}): ActionError {
  const {host, slug, fault, attempts} = facts
  const tried = attempts === 1 ? 'once' : `${attempts} times`
  const wait =
    fault.retryAfterMs === undefined
      ? ''
      : ` It asks to be left alone for ${formatDuration(fault.retryAfterMs)}.`
  const advice = fault.final
    ? `Check the input "host", and that this runner trusts the certificate of ${host}.`
    : `Check that this runner can reach ${host} (status of CircleCI Cloud: https://status.circleci.com), then run the job again.`
  return new ActionError(
    'api-unavailable',
    `No pipeline of ${formatSlug(slug)} was started: ${host} did not take the trigger, tried ${tried}. Last cause: ${clause(fault)}.${wait} ${advice}`,
    {cause: fault}
  )
}

/** The error of a trigger whose pipeline may be running unseen, or cannot be told from others. */
export function ambiguous(facts: {
  readonly host: string
  readonly slug: Slug
  /** `refusal`: how CircleCI said that a second request made none. */
  readonly lost: {
    readonly fault: UnavailableError
    readonly count: number
    readonly refusal?: string
  }
  readonly doubt: SearchResult
}): ActionError {
  const {host, slug, lost, doubt} = facts
  const links = linksFor(host)
  const answers =
    lost.count === 1
      ? `CircleCI's answer to the trigger of ${formatSlug(slug)} was lost`
      : `CircleCI's answers to ${lost.count} triggers of ${formatSlug(slug)} were lost`
  const again =
    lost.refusal === undefined ? '' : `, sent once more it made none (${clause(lost.refusal)})`
  const look = `Look at ${links.project(slug)} and cancel what is not wanted.`
  return new ActionError(
    'trigger-ambiguous',
    `${answers} (${clause(lost.fault)})${again}, and ${describe(doubt, number => links.pipeline(slug, number))}. A pipeline may be running. ${look} ${howToGoOn(doubt)}`,
    {cause: doubt.kind === 'failed' ? doubt.cause : lost.fault}
  )
}

function describe(doubt: SearchResult, link: (number: number) => string): string {
  switch (doubt.kind) {
    case 'none':
      return 'no pipeline of it was found, which does not prove that there is none'
    case 'failed':
      return `looking for its pipeline failed: ${clause(doubt.cause)}`
    case 'found':
      return `it made #${doubt.pipeline.number} ${link(doubt.pipeline.number)}, and perhaps another`
    case 'several': {
      const {pipelines} = doubt
      const list = pipelines.map(
        ({number, why}) => `#${number} ${link(number)}${why === '' ? '' : ` (${why})`}`
      )
      return pipelines.length === 1
        ? `it cannot be told whether this pipeline is its: ${list.join('')}`
        : `it cannot be told which of these pipelines is its: ${list.join(', ')}`
    }
  }
}

function howToGoOn(doubt: SearchResult): string {
  const known =
    doubt.kind === 'several' ? doubt.pipelines : doubt.kind === 'found' ? [doubt.pipeline] : []
  const numbers = known.map(({number}) => `"pipeline: ${number}"`)
  const wait = numbers.length === 0 ? '"pipeline: <its number>"' : numbers.join(' or ')
  return `To wait for a pipeline that is there, run this step with ${wait}; if nothing is running, run the job again.`
}

/** An error's message as a part of a sentence that ends with a full stop of its own. */
function clause(error: unknown): string {
  return errorMessage(error).replace(/(?<!\.)\.+$/, '')
}
