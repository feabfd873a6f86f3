import {afterEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {Mask} from '../../src/base/mask.ts'
import {GitHub} from '../../src/github/client.ts'
import {CommitStatuses, fitDescription, statusState} from '../../src/github/commit-status.ts'
import type {CommitStatusOptions, StatusOutcome} from '../../src/github/commit-status.ts'
import {builtTogether, type BuiltCommit} from '../../src/record/result.ts'
import {parseCommitStatuses} from '../../src/runner/input-values.ts'
import {HEAD, PUSHED} from '../support/events.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {startFakeGitHub} from '../support/fake-github.ts'
import type {FakeGitHub, FakeGitHubOptions} from '../support/fake-github.ts'
import {anyGraphemes} from '../support/any-text.ts'
import {aPipeline} from '../report/builders.ts'

const PIPELINE = 'https://app.circleci.com/pipelines/github/acme/shop/12'
const PAGE = 'https://output.circle-artifacts.com/output/job/1/artifacts/0/site/index.html'

const servers: FakeGitHub[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

interface Setup {
  readonly server: FakeGitHub
  readonly statuses: CommitStatuses
  readonly warnings: string[]
}

async function setUp(
  lines: readonly string[],
  fake: FakeGitHubOptions = {},
  options: Partial<CommitStatusOptions> = {}
): Promise<Setup> {
  const server = await startFakeGitHub(fake)
  servers.push(server)
  const {url: apiUrl, repository} = server
  const token = 'ghs_fake'
  const github = new GitHub({apiUrl, token, repository, mask: new Mask([]), clock: fakeClock()})
  const warnings: string[] = []
  const log = {
    warning: (message: string): void => {
      warnings.push(message)
    }
  }
  const statuses = new CommitStatuses({
    ...{
      github,
      sha: HEAD,
      pullRequest: undefined,
      log,
      lines: parseCommitStatuses(lines.join('\n'))
    },
    ...options
  })
  return {server, statuses, warnings}
}

function said({server}: Setup): string[] {
  return server.statuses.map(
    ({context, state, description, target_url: url}) =>
      `${context} ${state} ${description} ${url ?? '-'}`
  )
}

const OURS = {subject: 'event', revision: HEAD} as const
const noArtifact = (): undefined => undefined
const success = {state: 'success', description: 'All passed', pipelineUrl: PIPELINE} as const

describe('CommitStatuses', () => {
  it('is pending, then changes, then how it ended', async () => {
    const setup = await setUp(['ci'])
    const {statuses, server, warnings} = setup
    await statuses.pending('Pipeline #12 is running', PIPELINE, OURS)
    await statuses.pending('Pipeline #12 is running', PIPELINE, OURS)
    await statuses.pending('build: running', PIPELINE, OURS)
    await statuses.finish(
      {...success, state: 'failure', description: 'build failed'},
      noArtifact,
      OURS
    )
    await statuses.finish(
      {...success, state: 'failure', description: 'build failed'},
      noArtifact,
      OURS
    )
    expect(said(setup)).toEqual([
      `ci pending Pipeline #12 is running ${PIPELINE}`,
      `ci pending build: running ${PIPELINE}`,
      `ci failure build failed ${PIPELINE}`
    ])
    expect(server.statuses.every(({sha}) => sha === HEAD)).toBe(true)
    expect(server.requests).toHaveLength(3)
    expect(warnings).toEqual([])
  })

  it('ends as it should although nobody waited for the earlier words', async () => {
    const setup = await setUp(['ci'])
    void setup.statuses.pending('one', PIPELINE, OURS)
    void setup.statuses.pending('two', PIPELINE, OURS)
    await setup.statuses.finish(success, noArtifact, OURS)
    expect(said(setup).at(-1)).toBe(`ci success All passed ${PIPELINE}`)
  })

  it('makes nothing of no lines', async () => {
    const {statuses, server, warnings} = await setUp([])
    await statuses.pending('x', PIPELINE, OURS)
    await statuses.finish(success, noArtifact, OURS)
    expect(server.requests).toEqual([])
    expect(warnings).toEqual([])
  })

  it('links straight to an artifact, once it exists', async () => {
    const setup = await setUp(['ci', 'docs -> site/*.html'])
    await setup.statuses.pending('running', PIPELINE, OURS)
    const asked: string[] = []
    await setup.statuses.finish(
      success,
      glob => {
        asked.push(glob)
        return PAGE
      },
      OURS
    )
    expect(asked).toEqual(['site/*.html'])
    expect(said(setup).sort()).toEqual([
      `ci pending running ${PIPELINE}`,
      `ci success All passed ${PIPELINE}`,
      `docs pending running ${PIPELINE}`,
      `docs success All passed ${PAGE}`
    ])
  })

  it('is an error when the artifact is missing although all passed', async () => {
    const setup = await setUp(['docs -> site/*.html'])
    await setup.statuses.finish(success, noArtifact, OURS)
    expect(said(setup)).toEqual([`docs error No artifact matches site/*.html ${PIPELINE}`])
  })

  it('is no success because there is an artifact', async () => {
    const setup = await setUp(['docs -> site/*.html'])
    await setup.statuses.finish(
      {...success, state: 'failure', description: 'e2e failed'},
      () => PAGE,
      OURS
    )
    expect(said(setup)).toEqual([`docs failure e2e failed ${PAGE}`])
  })

  it('says how it ended when there is no artifact because it failed', async () => {
    const setup = await setUp(['docs -> site/*.html'])
    await setup.statuses.finish(
      {...success, state: 'error', description: 'timed out'},
      noArtifact,
      OURS
    )
    expect(said(setup)).toEqual([`docs error timed out ${PIPELINE}`])
  })

  it.each(['javascript:alert(1)', 'ftp://x.test/y', '/pipelines', ''])(
    'leaves out the link %j',
    async url => {
      const setup = await setUp(['ci'])
      await setup.statuses.pending('running', url, OURS)
      expect(said(setup)).toEqual(['ci pending running -'])
    }
  )

  it('asks for the head of the pull request when the event does not say which commit it is about', async () => {
    const setup = await setUp(
      ['ci', 'docs -> x'],
      {heads: {12: PUSHED}},
      {sha: undefined, pullRequest: 12}
    )
    await setup.statuses.pending('running', PIPELINE, OURS)
    await setup.statuses.finish(success, noArtifact, OURS)
    expect(setup.server.statuses.map(({sha}) => sha)).toEqual([PUSHED, PUSHED, PUSHED, PUSHED])
    expect(setup.server.requests.filter(({method}) => method === 'GET')).toHaveLength(1)
  })
})

describe('a commit status that cannot be set', () => {
  const lines = ['ci', 'docs -> x']

  async function run({statuses}: Setup): Promise<void> {
    await statuses.pending('running', PIPELINE, OURS)
    await statuses.pending('build: running', PIPELINE, OURS)
    await statuses.finish(success, () => PAGE, OURS)
  }

  it.each<[string, FakeGitHubOptions, Partial<CommitStatusOptions>, string]>([
    [
      'without the permission',
      {denied: ['statuses']},
      {},
      'GitHub answered 403: Resource not accessible by integration. The job needs "permissions: statuses: write", which workflows for pull requests from forks do not get by default.'
    ],
    [
      'in a repository the token does not see',
      {
        repository: 'acme/hidden',
        fault: () => ({kind: 'answer', status: 404, body: {message: 'Not Found'}})
      },
      {},
      'GitHub answered 404: Not Found. The job needs "permissions: statuses: write", which workflows for pull requests from forks do not get by default.'
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
      'without a commit',
      {},
      {sha: undefined},
      'the event has no commit. The verdict does not depend on it.'
    ],
    [
      'on a commit GitHub does not have',
      {},
      {sha: 'a'.repeat(64)},
      `GitHub answered 422: No commit found for SHA: ${'a'.repeat(64)}. The verdict does not depend on it.`
    ],
    [
      'on a pull request that does not exist',
      {},
      {sha: undefined, pullRequest: 99},
      'GitHub answered 404: Not Found. The job needs "permissions: statuses: write", which workflows for pull requests from forks do not get by default.'
    ]
  ])('%s warns once and is not tried again', async (_, fake, options, problem) => {
    const setup = await setUp(lines, fake, options)
    await run(setup)
    expect(setup.warnings).toEqual([`The commit status "ci", "docs" is not up to date: ${problem}`])
    expect(setup.server.statuses).toEqual([])
    // The two lines may each have asked before either was answered.
    expect(setup.server.requests.length).toBeLessThanOrEqual(2)
  })

  it('because GitHub is down warns once, and is tried again', async () => {
    let isDown = true
    const setup = await setUp(['ci'], {
      fault: () => (isDown ? {kind: 'answer', status: 503} : undefined)
    })
    await setup.statuses.pending('running', PIPELINE, OURS)
    isDown = false
    await setup.statuses.finish(success, noArtifact, OURS)
    expect(setup.warnings).toEqual([
      'The commit status "ci" is not up to date: GitHub answered 503. The verdict does not depend on it.'
    ])
    expect(said(setup)).toEqual([`ci success All passed ${PIPELINE}`])
  })
})

describe('the head of a pull request that could not be asked for', () => {
  it('is asked for again', async () => {
    let isDown = true
    const setup = await setUp(
      ['ci'],
      {heads: {12: PUSHED}, fault: () => (isDown ? {kind: 'answer', status: 503} : undefined)},
      {sha: undefined, pullRequest: 12}
    )
    await setup.statuses.pending('running', PIPELINE, OURS)
    isDown = false
    await setup.statuses.finish(success, noArtifact, {
      subject: 'event',
      revision: PUSHED
    })
    expect(said(setup)).toEqual([`ci success All passed ${PIPELINE}`])
    expect(setup.warnings).toHaveLength(1)
  })
})

describe('statusState', () => {
  it.each([
    ['success', true, 'success'],
    ['skipped', true, 'success'],
    ['action_required', true, 'success'],
    ['failure', false, 'failure'],
    ['skipped', false, 'failure'],
    ['action_required', false, 'failure'],
    ['cancelled', false, 'error'],
    ['timed_out', false, 'error']
  ] as const)('%s, passing %p: %s', (conclusion, passes, state) => {
    expect(statusState({conclusion, passes})).toBe(state)
  })
})

describe('fitDescription', () => {
  it.each<[string, string]>([
    ['short', 'short'],
    ['  two\n\tlines\u2028three\u0085x\u200b ', 'two lines three x'],
    ['a\u202eb\ud800c', 'a b c'],
    ['', ''],
    ['x'.repeat(140), 'x'.repeat(140)],
    ['x'.repeat(141), `${'x'.repeat(139)}…`],
    [`${'x'.repeat(138)} yz`, `${'x'.repeat(138)}…`],
    [`${'x'.repeat(138)}😀y`, `${'x'.repeat(138)}…`],
    [`${'x'.repeat(130)}${'👨‍👩‍👧'.repeat(3)}`, `${'x'.repeat(130)}👨‍👩‍👧…`]
  ])('%j', (text, fitted) => {
    expect(fitDescription(text)).toBe(fitted)
  })

  it('never gives more than GitHub takes, nor half a character', () => {
    fc.assert(
      fc.property(anyGraphemes({maxLength: 300}), text => {
        const fitted = fitDescription(text)
        expect(fitted.length).toBeLessThanOrEqual(140)
        expect(fitted).not.toMatch(/\p{Cs}|\p{Cc}/u)
      })
    )
  })
})

describe('the commit of a status', () => {
  const OTHER = PUSHED
  const failed = {...success, state: 'failure', description: 'build failed'} as const
  const saidOn = ({server}: Setup): string[] =>
    server.statuses.map(({sha, state, description}) => `${sha} ${state} ${description}`)

  it.each<[string, BuiltCommit, StatusOutcome, readonly string[]]>([
    [
      "the event's own ref, and CircleCI built its commit",
      {subject: 'event', revision: HEAD},
      success,
      [`${HEAD} pending running`, `${HEAD} success All passed`]
    ],
    [
      'the same in capitals',
      {subject: 'event', revision: HEAD.toUpperCase()},
      success,
      [`${HEAD} pending running`, `${HEAD} success All passed`]
    ],
    [
      "the event's own ref, and CircleCI built another commit",
      {subject: 'event', revision: OTHER},
      success,
      [
        `${HEAD} pending running`,
        `${HEAD} error CircleCI built commit ${OTHER.slice(0, 10)}, not this one. All passed`
      ]
    ],
    [
      "the event's own ref, another commit, and a failure",
      {subject: 'event', revision: OTHER},
      failed,
      [
        `${HEAD} pending running`,
        `${HEAD} error CircleCI built commit ${OTHER.slice(0, 10)}, not this one. build failed`
      ]
    ],
    [
      "the event's own ref, and CircleCI does not say what it built",
      {subject: 'event', revision: undefined},
      success,
      [
        `${HEAD} pending running`,
        `${HEAD} error CircleCI does not say which commit it built. All passed`
      ]
    ],
    [
      "the event's own ref, and nothing was built",
      {subject: 'event', revision: undefined},
      {...failed, pipelineUrl: undefined},
      [`${HEAD} pending running`, `${HEAD} failure build failed`]
    ],
    [
      'something else',
      {subject: 'other', revision: OTHER},
      success,
      [`${OTHER} pending running`, `${OTHER} success All passed`]
    ],
    [
      'something else, and CircleCI does not say what it built',
      {subject: 'other', revision: undefined},
      success,
      []
    ],
    [
      'something else, and nothing was built',
      {subject: 'other', revision: undefined},
      {...failed, pipelineUrl: undefined},
      []
    ],
    [
      'another repository',
      {subject: 'elsewhere', revision: OTHER},
      success,
      [`${HEAD} pending running`, `${HEAD} success All passed`]
    ],
    [
      'another repository, and CircleCI does not say what it built',
      {subject: 'elsewhere', revision: undefined},
      success,
      [`${HEAD} pending running`, `${HEAD} success All passed`]
    ]
  ])('%s', async (_, built, outcome, expected) => {
    const pending: string[] = []
    const setup = await setUp(['ci'], {}, {onPending: sha => pending.push(sha)})
    await setup.statuses.pending('running', PIPELINE, built)
    await setup.statuses.finish(outcome, noArtifact, built)
    expect(saidOn(setup)).toEqual(expected)
    expect(pending).toEqual(expected.slice(0, 1).map(line => line.split(' ')[0]))
    const isUntold = expected.length === 0 && outcome.pipelineUrl !== undefined
    expect(setup.warnings).toHaveLength(isUntold ? 1 : 0)
  })

  it('says that it was not set when CircleCI does not tell the commit', async () => {
    const setup = await setUp(['ci'])
    await setup.statuses.finish(success, noArtifact, {subject: 'other', revision: undefined})
    expect(setup.warnings).toEqual([
      expect.stringMatching(/^The commit status "ci" was not set: CircleCI names no single commit/)
    ])
  })

  it.each([
    ['is the one that was built', HEAD, 'success'],
    ['is not the one that was built', OTHER, 'error']
  ])('of a comment on a pull request: its head, which %s', async (_, revision, state) => {
    const options = {sha: undefined, pullRequest: 12}
    const setup = await setUp(['ci'], {heads: {12: HEAD}}, options)
    await setup.statuses.finish(success, noArtifact, {subject: 'event', revision})
    expect(setup.server.statuses).toMatchObject([{sha: HEAD, state}])
  })
})

describe('builtTogether', () => {
  const OTHER = '0'.repeat(40)
  type Row = readonly [subject: BuiltCommit['subject'], revision: string | undefined]

  it.each<{name: string; rows: readonly Row[]; is: Row; event?: string | undefined}>([
    {name: 'no pipeline', rows: [], is: ['event', undefined]},
    {name: 'one', rows: [['other', OTHER]], is: ['other', OTHER]},
    {
      name: "two of the event's commit",
      rows: [
        ['event', HEAD],
        ['event', HEAD.toUpperCase()]
      ],
      is: ['event', HEAD]
    },
    {
      name: 'one of another commit beside',
      rows: [
        ['event', HEAD],
        ['event', OTHER]
      ],
      is: ['event', OTHER]
    },
    {
      name: 'one that does not tell beside',
      rows: [
        ['event', HEAD],
        ['event', undefined]
      ],
      is: ['event', undefined]
    },
    {
      name: "two commits, and nobody knows the event's",
      rows: [
        ['event', HEAD],
        ['event', OTHER]
      ],
      event: undefined,
      is: ['event', undefined]
    },
    {
      name: "the event's beside others",
      rows: [
        ['other', OTHER],
        ['elsewhere', OTHER],
        ['event', HEAD]
      ],
      is: ['event', HEAD]
    },
    {
      name: 'another repository beside another ref',
      rows: [
        ['other', HEAD],
        ['elsewhere', OTHER]
      ],
      is: ['elsewhere', OTHER]
    },
    {
      name: 'two other refs of one commit',
      rows: [
        ['other', OTHER],
        ['other', OTHER]
      ],
      is: ['other', OTHER]
    },
    {
      name: 'two other refs of two commits',
      rows: [
        ['other', OTHER],
        ['other', HEAD]
      ],
      is: ['other', undefined]
    }
  ])('$name', ({rows, is: [subject, revision], ...given}) => {
    const pipelines = rows.map(([of, built]) => ({
      subject: of,
      pipeline: aPipeline({revision: built})
    }))
    const eventCommit = 'event' in given ? given.event : HEAD
    expect(builtTogether(pipelines, eventCommit)).toEqual({subject, revision})
  })

  it('counts no commit of one that has no pipeline', () => {
    const rows = [
      {subject: 'event', pipeline: undefined},
      {subject: 'event', pipeline: aPipeline({revision: HEAD})}
    ] as const
    expect(builtTogether(rows, HEAD)).toEqual({subject: 'event', revision: HEAD})
  })
})
