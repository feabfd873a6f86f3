import {type ChangeKind, isChange} from './change.ts'
import {type RequestPattern, matches} from './pattern.ts'
import type {ApiRequest} from './request.ts'

/**
 * What goes wrong with a request instead of the right answer. `processed` says whether the request took effect before that; the default is the
 * usual case of each kind.
 */
export type SpoilKind =
  /** Answers with any status; processed: false. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly processed?: boolean
    }
  /** Closes the connection, and nothing has happened. */
  | {readonly kind: 'cut-before'}
  /** Closes the connection after the request took effect: the answer is lost. */
  | {readonly kind: 'cut-after'}
  /** Closes the connection in the middle of the body. */
  | {readonly kind: 'cut-body'; readonly bytes?: number}
  /** Waits before the headers, for `ms` or for ever; processed: true. */
  | {readonly kind: 'stall-headers'; readonly ms?: number; readonly processed?: boolean}
  /** Waits in the middle of the body, for `ms` or for ever. */
  | {readonly kind: 'stall-body'; readonly ms?: number; readonly bytes?: number}
  /** Sends only the beginning of the body and says that is all. */
  | {readonly kind: 'truncate'; readonly bytes?: number}
  /** Answers with a web page, as a proxy's login (200, the default) or a firewall (403) does; processed: false. */
  | {
      readonly kind: 'html'
      readonly status?: number
      readonly body?: string
      readonly processed?: boolean
    }
  /** Answers with the right status and nothing else. */
  | {readonly kind: 'empty'}
  /** Sends the client somewhere else; processed: false. */
  | {
      readonly kind: 'redirect'
      readonly location: string
      readonly status?: number
      readonly processed?: boolean
    }
  /** Sends the body in small pieces with pauses in between. */
  | {readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number}

/** Everything a fault can do. */
export type FaultKind = SpoilKind | ChangeKind

/** Which of the matching requests a fault hits; all of them when nothing is said. */
export interface FaultTiming {
  /** The first, the third, … matching request, counted from 1. */
  readonly nth?: number | readonly number[]
  /** Every n-th. */
  readonly every?: number
  /** At random, from the simulator's seed. */
  readonly probability?: number
  /** At most so many times. */
  readonly times?: number
  /** Spares so many matching requests first; with `times` it is a span of answers. */
  readonly skip?: number
  /** Seconds from when it was added to when it begins. */
  readonly after?: number
  /** Seconds from then to when it is over. */
  readonly lasts?: number
}

/** One entry of the fault plan. */
export type Fault = RequestPattern & FaultTiming & FaultKind

/** What hits one request: every change of its answer, and the first fault that spoils it. */
export interface Hits {
  readonly changes: readonly ChangeKind[]
  readonly spoil: SpoilKind | undefined
}

/** What is planned to go wrong; it can be changed while the simulator runs. */
export interface FaultPlan {
  /** Adds faults and returns a function that takes them out again. */
  readonly add: (...faults: readonly Fault[]) => () => void
  /** Takes every fault out. */
  readonly clear: () => void
  /** Counts a request against every fault and returns what hits it. */
  readonly pick: (request: Pick<ApiRequest, 'host' | 'method' | 'path'>) => Hits
}

interface Entry {
  readonly fault: Fault
  readonly addedAt: number
  matched: number
  fired: number
}

/** Makes a fault plan; `now` is in milliseconds. */
export function createFaultPlan(
  faults: readonly Fault[],
  random: () => number,
  now: () => number
): FaultPlan {
  let entries: Entry[] = []
  const plan: FaultPlan = {
    add: (...added) => {
      const fresh = added.map(fault => ({fault, addedAt: now(), matched: 0, fired: 0}))
      entries.push(...fresh)
      return () => {
        entries = entries.filter(entry => !fresh.includes(entry))
      }
    },
    clear: () => {
      entries = []
    },
    pick: request => {
      const changes: ChangeKind[] = []
      let spoil: SpoilKind | undefined
      for (const entry of entries.filter(candidate => hit(candidate, request, random, now()))) {
        const {fault} = entry
        if (isChange(fault)) changes.push(fault)
        else if (spoil === undefined) spoil = fault
        else continue
        entry.fired += 1
      }
      return {changes, spoil}
    }
  }
  plan.add(...faults)
  return plan
}

function hit(
  entry: Entry,
  request: Pick<ApiRequest, 'host' | 'method' | 'path'>,
  random: () => number,
  now: number
): boolean {
  const {fault, addedAt} = entry
  const begins = addedAt + (fault.after ?? 0) * 1000
  const over = begins + (fault.lasts ?? Infinity) * 1000
  if (!matches(fault, request) || now < begins || now >= over) return false
  entry.matched += 1
  if (entry.matched <= (fault.skip ?? 0)) return false
  if (fault.times !== undefined && entry.fired >= fault.times) return false
  if (fault.nth !== undefined && ![fault.nth].flat().includes(entry.matched)) return false
  if (fault.every !== undefined && entry.matched % fault.every !== 0) return false
  return fault.probability === undefined || random() < fault.probability
}
