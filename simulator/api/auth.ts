import type {ApiRequest} from '../http/request.ts'
import type {User} from '../world/user.ts'
import {Refusal} from './refusal.ts'

/**
 * Returns whose token a request carries: in `Circle-Token`, as a Bearer token, or as the user name of HTTP Basic
 * (https://circleci.com/docs/guides/toolkit/api-developers-guide/). A token in the query is no longer taken, and an
 * empty one is a bad token, not an anonymous request.
 */
export function authenticate(users: readonly User[], request: ApiRequest): User {
  if (request.query.has('circle-token')) {
    throw new Refusal(401, 'Support for query parameter authentication has been deprecated.')
  }
  const token = tokenOf(request)
  if (token === undefined) throw new Refusal(401, 'You must log in first')
  const user = token === '' ? undefined : users.find(candidate => candidate.token === token)
  if (user === undefined) throw new Refusal(401, 'Invalid token provided.')
  return user
}

/** Returns the token a request carries, if any. */
export function tokenOf({headers}: ApiRequest): string | undefined {
  const own = headers['circle-token']
  if (own !== undefined) return own
  const [scheme = '', credentials = ''] = (headers['authorization'] ?? '').split(' ', 2)
  if (/^bearer$/i.test(scheme)) return credentials
  if (!/^basic$/i.test(scheme)) return undefined
  return Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0]
}
