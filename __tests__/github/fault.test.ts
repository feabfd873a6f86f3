import {describe, expect, it} from '@jest/globals'
import {GitHubFault, toFault} from '../../src/github/fault.ts'

function refusal(status: number, data: unknown, headers: Record<string, string> = {}): unknown {
  return Object.assign(new Error('what Octokit says'), {status, response: {status, headers, data}})
}

describe('toFault', () => {
  it.each<[number, unknown, Record<string, string>, GitHubFault['kind'], string]>([
    [401, {message: 'Bad credentials'}, {}, 'credentials', 'GitHub answered 401: Bad credentials'],
    [
      403,
      {message: 'Resource not accessible by integration'},
      {},
      'permission',
      'GitHub answered 403: Resource not accessible by integration'
    ],
    [
      404,
      {message: 'Not Found', documentation_url: 'https://docs.github.com/rest'},
      {},
      'permission',
      'GitHub answered 404: Not Found'
    ],
    [
      403,
      {message: 'You have exceeded a secondary rate limit'},
      {'retry-after': '60'},
      'unavailable',
      'GitHub answered 403: You have exceeded a secondary rate limit'
    ],
    [
      403,
      {message: 'API rate limit exceeded'},
      {'x-ratelimit-remaining': '0'},
      'unavailable',
      'GitHub answered 403: API rate limit exceeded'
    ],
    [
      403,
      {message: 'You have exceeded a secondary rate limit. Please wait a few minutes.'},
      {'x-ratelimit-remaining': '4999'},
      'unavailable',
      'GitHub answered 403: You have exceeded a secondary rate limit. Please wait a few minutes.'
    ],
    [
      403,
      {message: 'No'},
      {'x-ratelimit-remaining': '10'},
      'permission',
      'GitHub answered 403: No'
    ],
    [429, '', {}, 'unavailable', 'GitHub answered 429'],
    [500, {message: 3}, {}, 'unavailable', 'GitHub answered 500'],
    [502, '<html><body>Bad Gateway</body></html>', {}, 'unavailable', 'GitHub answered 502'],
    [
      422,
      {message: 'Validation Failed', errors: [{resource: 'Status', field: 'description'}]},
      {},
      'refused',
      'GitHub answered 422: Validation Failed: [{"resource":"Status","field":"description"}]'
    ],
    [
      422,
      {message: 'No commit found for SHA: x', errors: []},
      {},
      'refused',
      'GitHub answered 422: No commit found for SHA: x'
    ],
    [410, null, {}, 'refused', 'GitHub answered 410']
  ])('%d %j %j is %s', (status, data, headers, kind, message) => {
    const cause = refusal(status, data, headers)
    expect(toFault(cause)).toMatchObject({name: 'GitHubFault', kind, message, cause})
  })

  it.each<[Record<string, string>, number | undefined]>([
    [{'retry-after': '7'}, 7_000],
    [{'retry-after': '0'}, 0],
    // A limit that does not tell its end lasts a minute.
    [{'retry-after': '-1'}, 60_000],
    [{'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT'}, 60_000],
    [{}, 60_000]
  ])('reads how long to wait from %j', (headers, retryAfterMs) => {
    expect(toFault(refusal(429, '', headers)).retryAfterMs).toBe(retryAfterMs)
  })

  it('waits for no limit where there is none', () => {
    expect(toFault(refusal(503, '')).retryAfterMs).toBeUndefined()
    expect(toFault(refusal(403, {message: 'No'})).retryAfterMs).toBeUndefined()
  })

  it.each<[unknown, string]>([
    [
      new Error('getaddrinfo ENOTFOUND api.github.com'),
      'GitHub could not be reached: getaddrinfo ENOTFOUND api.github.com'
    ],
    [
      Object.assign(new Error('fetch failed'), {response: undefined}),
      'GitHub could not be reached: fetch failed'
    ],
    [
      new Error('fetch failed', {cause: new Error('connect ECONNREFUSED')}),
      'GitHub could not be reached: connect ECONNREFUSED'
    ],
    [
      new Error('a', {cause: new AggregateError([new Error('b'), new Error('c')])}),
      'GitHub could not be reached: b; c'
    ],
    ['gone', 'GitHub could not be reached: gone'],
    [null, 'GitHub could not be reached: null']
  ])('%p came without an answer', (error, message) => {
    expect(toFault(error)).toMatchObject({kind: 'unavailable', message})
  })

  it('leaves a fault as it is', () => {
    const fault = new GitHubFault('refused', 'no')
    expect(toFault(fault)).toBe(fault)
  })

  it('shows no more than the beginning of long words', () => {
    const {message} = toFault(refusal(422, {message: 'x'.repeat(5_000)}))
    expect(message).toHaveLength('GitHub answered 422'.length + 300)
  })
})
