import {listOf} from '../base/text.ts'
import type {Verdict} from '../record/result.ts'
import type {Decision} from './context.ts'

/** A pipeline of several that are read as one, and what its own workflows say. */
export interface Member {
  readonly number: number
  readonly url: string
  /** Id of the definition that made it; `undefined`: it is not known. */
  readonly definition: string | undefined
  readonly decision: Decision
}

/** What follows for all of them, and with a verdict whose it is. */
type TogetherDecision = Decision & {readonly decidedBy?: number}

/**
 * Reads pipelines of one commit as one: a pure function of what each says for itself. Worse beats better, whichever
 * pipeline has it. One that ran nothing does not count beside one that ran something, nor an older canceled one beside a
 * newer one of the same definition.
 */
export function decideTogether(members: readonly Member[], failFast: boolean): TogetherDecision {
  const ends = members.flatMap(member =>
    member.decision.kind === 'verdict' ? [{...member, verdict: member.decision.verdict}] : []
  )
  const early = ends.filter(({verdict}) => endsAll(verdict, failFast))
  const open = members.filter(({decision}) => decision.kind === 'wait')
  if (open.length > 0 || ends.length === 0) {
    return early.length > 0 ? verdictOf(early, members, open) : waitFor(open)
  }
  return verdictOf(countedOf(ends), members, [])
}

interface End extends Member {
  readonly verdict: Verdict
}

/** What cannot become green any more, and needs nothing else to be known. */
function endsAll({reason, conclusion}: Verdict, failFast: boolean): boolean {
  if (reason === 'config-error') return true
  return failFast && conclusion === 'failure' && reason !== 'input'
}

function waitFor(open: readonly Member[]): Decision {
  const waits = open.flatMap(({decision}) => (decision.kind === 'wait' ? [decision] : []))
  const withinMs = Math.min(...waits.map(wait => wait.withinMs ?? Infinity))
  return {
    kind: 'wait',
    ...(withinMs === Infinity ? {} : {withinMs}),
    onHold: waits.length > 0 && waits.every(({onHold}) => onHold === true),
    unconfirmed: waits.length > 0 && waits.every(({unconfirmed}) => unconfirmed === true)
  }
}

/** Those that decide. What is canceled is passed over for a newer one only if that one counts. */
function countedOf(ends: readonly End[]): readonly End[] {
  const ran = ends.filter(({verdict}) => verdict.conclusion !== 'skipped')
  const counted = ran.length > 0 ? ran : ends
  return counted.filter(one => newerOf(one, counted) === undefined)
}

function newerOf(one: End, counted: readonly End[]): End | undefined {
  if (one.verdict.conclusion !== 'cancelled') return undefined
  return counted.find(other => other.number > one.number && other.definition === one.definition)
}

const WORST: readonly ((verdict: Verdict) => boolean)[] = [
  ({reason}) => reason === 'config-error',
  ({conclusion, reason}) =>
    conclusion === 'failure' && reason !== 'unauthorized' && reason !== 'input',
  ({reason}) => reason === 'unauthorized',
  ({conclusion}) => conclusion === 'failure',
  ({conclusion}) => conclusion === 'cancelled',
  ({conclusion}) => conclusion === 'action_required',
  ({conclusion}) => conclusion !== 'success'
]

function verdictOf(
  counted: readonly End[],
  members: readonly Member[],
  open: readonly Member[]
): TogetherDecision {
  const rank = ({verdict}: End): number => {
    const found = WORST.findIndex(is => is(verdict))
    return found === -1 ? WORST.length : found
  }
  const [worst, ...others] = [...counted].sort((a, b) => rank(a) - rank(b) || a.number - b.number)
  if (worst === undefined) return {kind: 'wait'}
  const {verdict, number: decidedBy} = worst
  if (members.length === 1) return {kind: 'verdict', verdict, decidedBy}
  const message = [
    ...sayVerdicts(worst, others),
    ...members.flatMap(member => sayPassedOver(member, counted)),
    ...open.map(({number, url}) => `Pipeline #${number} is left running: ${url}`)
  ].join(' ')
  return {kind: 'verdict', verdict: {...verdict, message}, decidedBy}
}

/** At most so many are named one by one. */
const MOST_NAMED = 5

function sayVerdicts(worst: End, others: readonly End[]): string[] {
  if (worst.verdict.conclusion === 'success') {
    const names = [worst, ...others].map(({number}) => `#${number}`)
    return [`Pipeline${names.length === 1 ? '' : 's'} ${listOf(names)} succeeded.`]
  }
  const bad = others.filter(({verdict}) => verdict.conclusion !== 'success').slice(0, MOST_NAMED)
  return [worst, ...bad].map(({number, verdict}) => `Pipeline #${number}: ${verdict.message}`)
}

function sayPassedOver(member: Member, counted: readonly End[]): string[] {
  const {number, decision} = member
  if (decision.kind === 'wait' || counted.some(one => one.number === number)) return []
  if (decision.verdict.conclusion === 'skipped') {
    return [`Pipeline #${number} ran nothing that decides.`]
  }
  const newer = newerOf({...member, verdict: decision.verdict}, counted)
  if (newer === undefined) return []
  return [`Pipeline #${number} was canceled and does not count beside the newer #${newer.number}.`]
}
