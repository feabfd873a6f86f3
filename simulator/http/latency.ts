import {type RequestPattern, matches} from './pattern.ts'
import type {ApiRequest} from './request.ts'

/** How long answers take, in real milliseconds: one figure for all, or the first entry that matches. */
export type Latency = number | readonly (RequestPattern & {readonly ms: number})[]

/** Returns how long a request has to wait for its answer. */
export function latencyOf(latency: Latency, request: ApiRequest): number {
  if (typeof latency === 'number') return latency
  return latency.find(entry => matches(entry, request))?.ms ?? 0
}
