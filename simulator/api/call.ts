import type {ApiRequest} from '../http/request.ts'
import type {Reply} from '../http/reply.ts'
import type {User} from '../world/user.ts'
import type {World} from '../world/world.ts'
import {notFound} from './refusal.ts'

/** A request by a known person to a known route. */
export interface Call {
  readonly world: World
  readonly request: ApiRequest
  readonly user: User
  /** The parts of the path that vary, decoded; a slug is joined with slashes again. */
  readonly params: Readonly<Record<string, string>>
}

/** Answers one operation of the API. */
export type Handler = (call: Call) => Reply

/** Returns a part of the path. */
export function param({params}: Call, name: string): string {
  const value = params[name]
  if (value === undefined) throw notFound()
  return value
}

/** Returns a part of the path that has to be a number. */
export function numberParam(call: Call, name: string): number {
  const value = param(call, name)
  if (!/^\d+$/.test(value)) throw notFound()
  return Number(value)
}
