import {afterEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {connectGitHub} from '../../src/github/client.ts'
import {markerOf, pullRequestComment} from '../../src/github/comment.ts'
import type {PullRequestComment, PullRequestCommentOptions} from '../../src/github/comment.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import type {FakeGitHub, FakeGitHubOptions, GitHubRequest} from '../support/fake-github.ts'

const KEY = 'gh/acme/shop'
const MARKER = markerOf(KEY)

const servers: FakeGitHub[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

interface Setup {
  readonly server: FakeGitHub
  readonly comment: PullRequestComment
  readonly infos: string[]
  readonly warnings: string[]
}

async function setUp(
  fake: FakeGitHubOptions = {},
  options: Partial<PullRequestCommentOptions> = {}
): Promise<Setup> {
  const server = await startFakeGitHub(fake)
  servers.push(server)
  const {url: apiUrl, repository} = server
  const token = 'ghs_fake'
  const github = connectGitHub({apiUrl, token, repository, userAgent: 'test', clock: fakeClock()})
  const infos: string[] = []
  const warnings: string[] = []
  const log = {
    info: (message: string): void => {
      infos.push(message)
    },
    warning: (message: string): void => {
      warnings.push(message)
    }
  }
  const comment = pullRequestComment({...{github, pullRequest: 12, key: KEY, log}, ...options})
  return {server, comment, infos, warnings}
}

function writes({server}: Setup): readonly string[] {
  return server.requests
    .filter(({method}) => method !== 'GET')
    .map(({method, path}) => `${method} ${path}`)
}

describe('pullRequestComment', () => {
  it('is made once and updated from then on, by later runs too', async () => {
    const setup = await setUp()
    await setup.comment.update('failed')
    const later = await setUp({}, {})
    later.server.comments.push(...setup.server.comments)
    await later.comment.update('passed')
    expect(setup.server.comments).toMatchObject([{issue: 12, body: `${MARKER}\npassed`, edits: 1}])
    expect(setup.server.comments).toHaveLength(1)
    expect(later.warnings).toEqual([])
  })

  it('is not touched when it says the same already', async () => {
    const setup = await setUp()
    await setup.comment.update('one\ntwo')
    const [comment] = setup.server.comments
    if (comment !== undefined) comment.body = `${comment.body.replaceAll('\n', '\r\n')}\r\n`
    await setup.comment.update('one\ntwo')
    expect(writes(setup)).toEqual(['POST /repos/acme/shop/issues/12/comments'])
  })

  it.each([
    {login: 'github-actions[bot]', type: 'Bot'},
    // GitHub tells a type; what imitates it may not.
    {login: 'github-actions[bot]', type: ''}
  ] as const)('takes the comment of an app for its own: $login, $type', async ({login, type}) => {
    const setup = await setUp()
    setup.server.addComment({body: `${MARKER}\nfailed`, login, type})
    await setup.comment.update('passed')
    expect(setup.server.comments).toMatchObject([{body: `${MARKER}\npassed`}])
  })

  it('is found on the last page of a long conversation', async () => {
    const setup = await setUp()
    for (let n = 0; n < 230; n += 1)
      setup.server.addComment({body: `${n}`, login: 'ada', type: 'User'})
    setup.server.addComment({body: `${MARKER}\nfailed`, login: 'github-actions[bot]', type: 'Bot'})
    setup.server.addComment({issue: 13, body: MARKER, login: 'github-actions[bot]', type: 'Bot'})
    await setup.comment.update('passed')
    expect(writes(setup)).toEqual(['PATCH /repos/acme/shop/issues/comments/1231'])
    expect(setup.server.requests).toHaveLength(4)
  })

  it.each<[string, string, string, 'Bot' | 'User']>([
    ["a user's that quotes the marker", `> ${MARKER}\n> failed`, 'mallory', 'User'],
    ["a user's that begins with the marker", `${MARKER}\nfailed`, 'mallory', 'User'],
    ["an app's that quotes the marker", `See ${MARKER}`, 'other[bot]', 'Bot'],
    ["another project's", `${markerOf('gh/acme/other')}\nfailed`, 'github-actions[bot]', 'Bot'],
    ['one whose key begins alike', `${markerOf(`${KEY}-2`)}\nfailed`, 'github-actions[bot]', 'Bot']
  ])('leaves alone %s', async (_, body, login, type) => {
    const setup = await setUp()
    const other = setup.server.addComment({body, login, type})
    await setup.comment.update('passed')
    expect(other).toMatchObject({body, edits: 0})
    expect(setup.server.comments).toHaveLength(2)
  })

  it("is found again by a user's own token, and no other user's is taken for it", async () => {
    const setup = await setUp({login: 'ada'})
    const forged = setup.server.addComment({
      body: `${MARKER}\nfine`,
      login: 'mallory',
      type: 'User'
    })
    await setup.comment.update('failed')
    await setup.comment.update('passed')
    expect(forged.edits).toBe(0)
    expect(setup.server.comments.slice(1)).toMatchObject([{body: `${MARKER}\npassed`, edits: 1}])
    expect(setup.server.comments).toHaveLength(2)
  })

  it('asks once who it is, however many comments begin alike', async () => {
    const setup = await setUp({login: 'ada'})
    for (const login of ['eve', 'mallory', 'trent']) {
      setup.server.addComment({body: MARKER, login, type: 'User'})
    }
    await setup.comment.update('passed')
    expect(setup.server.requests.filter(({path}) => path === '/user')).toHaveLength(1)
  })

  it('does nothing without a pull request but say so', async () => {
    const setup = await setUp({}, {pullRequest: undefined})
    await setup.comment.update('failed')
    expect(setup.server.requests).toEqual([])
    expect(setup.infos).toEqual(['There is no pull request to comment on.'])
    expect(setup.warnings).toEqual([])
  })
})

describe('a comment whose making is left open', () => {
  const isPost = ({method}: GitHubRequest): boolean => method === 'POST'

  it.each([
    [true, 1],
    [false, 2]
  ])('is not made twice (processed: %p)', async (processed, posts) => {
    let isFirst = true
    const setup = await setUp({
      fault: request => {
        if (!isPost(request) || !isFirst) return undefined
        isFirst = false
        return {kind: 'cut', processed}
      }
    })
    await setup.comment.update('failed')
    expect(setup.server.comments).toMatchObject([{body: `${MARKER}\nfailed`}])
    expect(setup.server.comments).toHaveLength(1)
    expect(writes(setup)).toHaveLength(posts)
    expect(setup.warnings).toEqual([])
  })

  it('is not made again when the conversation cannot be read afterwards', async () => {
    let isPosted = false
    const setup = await setUp({
      fault: request => {
        if (isPosted) return {kind: 'answer', status: 503}
        isPosted = isPost(request)
        return isPosted ? {kind: 'cut', processed: true} : undefined
      }
    })
    await setup.comment.update('failed')
    expect(setup.server.comments).toHaveLength(1)
    expect(writes(setup)).toHaveLength(1)
    expect(setup.warnings).toEqual([
      'The pull request comment is not up to date: GitHub answered 503. The verdict does not depend on it.'
    ])
  })

  it('is not made when the list of comments was cut', async () => {
    const setup = await setUp({
      fault: ({method}) => (method === 'GET' ? {kind: 'cut-body'} : undefined)
    })
    setup.server.addComment({body: `${MARKER}\nfailed`, login: 'github-actions[bot]', type: 'Bot'})
    await setup.comment.update('passed')
    expect(setup.server.comments).toHaveLength(1)
    expect(setup.warnings).toHaveLength(1)
  })
})

describe('a comment that cannot be written', () => {
  it.each<[string, FakeGitHubOptions, Partial<PullRequestCommentOptions>, string]>([
    [
      'without the permission',
      {denied: ['pull-requests']},
      {},
      'GitHub answered 403: Resource not accessible by integration. The job needs "permissions: pull-requests: write", which the pull request of a fork is not given by default.'
    ],
    [
      'with a bad token',
      {token: 'another'},
      {},
      'GitHub answered 401: Bad credentials. Check input "github-token".'
    ],
    [
      'without a token',
      {},
      {github: undefined},
      'input "github-token" is empty. Leave that input out to use the token of the workflow.'
    ],
    [
      'that is too long',
      {},
      {},
      'GitHub answered 422: Validation Failed: [{"resource":"Status","code":"invalid","field":"body"}]. The verdict does not depend on it.'
    ],
    [
      'while GitHub is down',
      {fault: () => ({kind: 'answer', status: 502, body: '<html>'})},
      {},
      'GitHub answered 502. The verdict does not depend on it.'
    ]
  ])('%s warns once', async (name, fake, options, problem) => {
    const body = name === 'that is too long' ? 'x'.repeat(70_000) : 'failed'
    const setup = await setUp(fake, options)
    await setup.comment.update(body)
    await setup.comment.update(`${body}!`)
    expect(setup.warnings).toEqual([`The pull request comment is not up to date: ${problem}`])
    expect(setup.server.comments).toEqual([])
  })
})

describe('markerOf', () => {
  it('takes half a character', () => {
    expect(markerOf('a\ud800')).toBe(markerOf('a\ufffd'))
  })

  it('is an HTML comment that the key cannot end, and tells keys apart', () => {
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), fc.string({unit: 'grapheme'}), (one, other) => {
        expect(markerOf(one)).toMatch(/^<!-- circleci-pipeline-action: [\w.!~*'()%]* -->$/)
        expect(markerOf(one) === markerOf(other)).toBe(one === other)
        expect(markerOf(one).startsWith(markerOf(other))).toBe(one === other)
      })
    )
  })
})
