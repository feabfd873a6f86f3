import {uuidOf} from '../identity.ts'

/** A person with an account. */
export interface User {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly token?: string
  /** What the person may do with the project: nothing, look, or everything. */
  readonly access: 'none' | 'read' | 'write'
}

/** What a test says about a person; the rest is made up. */
export interface UserSpec {
  readonly login: string
  readonly name?: string
  readonly token?: string
  /** Default `write`. */
  readonly access?: User['access']
}

/** Makes a person, with the same id whenever the login and the seed are the same. */
export function createUser(seed: number, spec: UserSpec): User {
  return {
    id: uuidOf(seed, `user:${spec.login}`),
    login: spec.login,
    name: spec.name ?? spec.login,
    access: spec.access ?? 'write',
    ...(spec.token === undefined ? {} : {token: spec.token})
  }
}
