import {describe, expect, it} from '@jest/globals'
import {mkdirSync, symlinkSync} from 'node:fs'
import path from 'node:path'
import {createFolders} from '../../scripts/runner/environment.ts'
import {FORK, pull} from '../support/events.ts'
import {
  afterwards,
  failsSoon,
  playAll,
  said,
  triggers,
  verdictOf,
  type Act,
  type Played
} from '../dist/stage.ts'
import {play} from '../support/step.ts'

interface Bad extends Act {
  /** The input that the error has to name. */
  readonly input: string
  readonly says?: RegExp
}

const uuid = '00000000-0000-4000-8000-000000000000'

/** `name` and the values that are wrong for it. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  host: [
    'circleci.com',
    'ftp://circleci.com',
    'http://circleci.example.com',
    'https://user:secret@circleci.com',
    'https://circleci.com/some/path',
    'https://circleci.com?x=1',
    'https://',
    'http://127.0.0.1.evil.example'
  ],
  'project-slug': [
    'acme/shop',
    'acme',
    'gh/acme',
    'gitlab/acme/shop',
    'gh/acme/shop/more',
    'gh//shop',
    'gh/acme/..',
    'https://circleci.com/gh/acme/shop'
  ],
  parameters: [
    '- a',
    'just text',
    'a: [1]',
    'a: {b: 1}',
    'a:',
    'a: 1.10',
    'a: 2024-01-02',
    'a: 9007199254740993',
    'a: 1\na: 2',
    '{"a": 1',
    `a: ${'x'.repeat(513)}`,
    `${'k'.repeat(129)}: 1`,
    Array.from({length: 101}, (_, index) => `p${index}: 1`).join('\n')
  ],
  pipeline: ['newest', '0', '-1', '1.5', 'abc', '123e4567', `${uuid}0`],
  'dry-run': ['yes', '1', 'on', 'tRue'],
  wait: ['yes', '1', 'on', '"true"'],
  timeout: ['0', '-1', '1d', '1.5h', 'forever', '90 minutes', '30m1h', '999999999h'],
  'poll-interval': ['0', '0s', 'fast', '500ms', '-5s'],
  'fail-fast': ['maybe'],
  'rerun-failed': ['-1', '1.5', 'once', '101'],
  'on-hold': ['approve', 'Fail'],
  'on-timeout': ['stop'],
  'on-cancel': ['stop'],
  'on-no-workflows': ['ignore'],
  'on-rerun': ['failed'],
  summary: ['yes'],
  annotations: ['no'],
  'log-lines': ['-1', 'all', '1.5', '99999999'],
  'commit-status': ['->', 'docs ->', '-> **', 'a\nA'],
  comment: ['no', 'two\nlines'],
  token: ['two words', 'first-half\nsecond-half-of-the-token', 'tab\tbed-token', 'non-ascii-tökén']
}

/** One value of each input: what can be checked by itself is told all at once. */
const rounds = Array.from(
  {length: Math.max(...Object.values(wrong).map(values => values.length))},
  (_, round) => ({
    round,
    inputs: Object.fromEntries(
      Object.entries(wrong).flatMap(([input, values]) =>
        round < values.length ? [[input, values[round] ?? '']] : []
      )
    )
  })
)

/** What is found out only when every single input is fine. */
const bad: readonly Bad[] = [
  ...['..', '../elsewhere', '/', '/etc', 'a/../../b'].map(folder => ({
    input: 'artifacts-path',
    inputs: {'artifacts-path': folder}
  })),
  {input: 'pipeline', inputs: {pipeline: ' '}},
  {input: 'tag', inputs: {branch: 'main', tag: 'v1'}},
  {input: 'config-tag', inputs: {'config-branch': 'main', 'config-tag': 'v1', definition: 'x'}},
  {input: 'config-branch', inputs: {'config-branch': 'main'}, says: /"definition"/},
  {input: 'config-tag', inputs: {'config-tag': 'v1'}, says: /"definition"/},
  {input: 'parameters', inputs: {pipeline: '7', parameters: 'a: 1'}, says: /"pipeline"/},
  {input: 'definition', inputs: {pipeline: uuid, definition: 'build'}, says: /"pipeline"/},
  {input: 'branch', inputs: {pipeline: '7', branch: 'main'}, says: /"pipeline"/},
  {input: 'artifacts-path', inputs: {artifacts: '', 'artifacts-path': 'out'}, says: /"artifacts"/},
  {input: 'token', inputs: {token: ''}, says: /CIRCLE_TOKEN.*secrets\.CIRCLECI_TOKEN/},
  {input: 'token', inputs: {token: '  \n '}, says: /CIRCLE_TOKEN/},
  {
    input: 'token',
    inputs: {token: ''},
    event: {
      name: 'pull_request',
      payload: {number: 12, pull_request: pull({repo: {id: 2, full_name: FORK, fork: true}})}
    },
    says: /comes from a fork, and GitHub gives workflows of forks no secrets.*docs\/security\.md/
  },
  {
    input: 'token',
    inputs: {token: ''},
    env: {GITHUB_ACTOR: 'dependabot[bot]'},
    event: {name: 'pull_request', payload: {number: 12, pull_request: pull({})}},
    says: /Dependabot started this run.*Settings > Secrets and variables > Dependabot/
  },
  {input: 'paramters', inputs: {paramters: 'deploy: true'}, says: /write "parameters" instead/},
  {input: 'project_slug', inputs: {project_slug: 'gh/a/b'}, says: /write "project-slug" instead/},
  {input: 'waits', inputs: {waits: 'true'}, says: /write "wait" instead/}
]

const name = ({input, inputs = {}, event, env}: Bad): string =>
  `${input}: ${JSON.stringify(inputs).slice(0, 70)}${event === undefined ? '' : env === undefined ? ' in a fork’s pull request' : ' in a run of Dependabot'}`

describe('bad input', () => {
  const played = playAll<Act, Played>([...rounds, ...bad], play)

  it.each(rounds)('every wrong value of round $round is told, each by name', round => {
    const {step, simulator} = played(round)
    expect(verdictOf(step)).toBe('1 failure input')
    const lines = said(step, 'error').split('\n')
    for (const input of Object.keys(round.inputs)) {
      expect(lines.filter(line => line.startsWith(`Input "${input}" `))).toHaveLength(1)
    }
    expect(simulator.requests).toEqual([])
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
    expect(step.summary).not.toBe('')
    const parts = (round.inputs['token'] ?? simulator.token).split(/\s/)
    const shown = parts.filter(
      part => part.length > 4 && (step.printed + step.summary).includes(part)
    )
    expect(shown).toEqual([])
  })

  it.each(bad.map(one => ({...one, name: name(one), one})))('$name', ({input, says, one}) => {
    const {step, simulator} = played(one)
    expect(verdictOf(step)).toBe('1 failure input')
    expect(said(step, 'error')).toContain(`"${input}"`)
    expect(said(step, 'error')).toMatch(says ?? /./)
    expect(simulator.requests).toEqual([])
    expect(step.problems).toEqual([])
    expect(step.stderr).toBe('')
    expect(step.summary).not.toBe('')
    expect(step.printed + step.summary).not.toContain(simulator.token)
  })

  it('refuses a download folder that a link leads out of the workspace', async () => {
    const folders = createFolders()
    afterwards(() => {
      folders.remove()
    })
    mkdirSync(path.join(folders.workspace, 'sub'))
    symlinkSync(path.dirname(folders.home), path.join(folders.workspace, 'sub', 'out'))
    const {step, simulator} = await play({folders, inputs: {'artifacts-path': 'sub/out/x'}})
    expect(verdictOf(step)).toBe('1 failure input')
    expect(said(step, 'error')).toContain('"artifacts-path"')
    expect(simulator.requests).toEqual([])
  })
})

describe('inputs as people write them', () => {
  const fire = {simulator: {scenario: failsSoon}}
  const cases: readonly (Act & {readonly name: string; readonly check: (one: Played) => void})[] = [
    ...['/', '/api', '/api/v2', '/api/v2/', '/api/v1.1'].map(tail => ({
      ...fire,
      name: `host ending in ${tail}`,
      before: ({url}: {url: string}) => ({wait: 'false', host: url + tail}),
      check: sent
    })),
    ...['github/acme/shop', 'gh/acme/shop', ''].map(slug => ({
      ...fire,
      name: `project-slug "${slug}"`,
      inputs: {wait: 'false', 'project-slug': slug},
      check: ({step, simulator}: Played) => {
        sent({step, simulator})
        expect(triggers(simulator)[0]?.path).toBe('/api/v2/project/gh/acme/shop/pipeline')
      }
    })),
    {
      ...fire,
      name: 'blank inputs, as expressions leave them, count as not set',
      inputs: Object.fromEntries(
        [
          ...['branch', 'tag', 'definition', 'config-branch', 'config-tag', 'parameters'],
          ...['dry-run', 'timeout', 'workflows', 'fail-fast', 'rerun-failed'],
          ...['approve', 'on-hold', 'on-timeout', 'on-cancel', 'on-no-workflows', 'on-rerun'],
          ...['artifacts-path', 'summary', 'annotations', 'log-lines', 'commit-status', 'comment'],
          ...['poll-interval', 'artifacts', 'github-token']
        ].map(input => [input, ''])
      ),
      check: ({step}) => {
        expect(verdictOf(step)).toBe('1 failure workflow-failed')
      }
    },
    ...['TRUE', 'True', ' true '].map(wait => ({
      ...fire,
      name: `wait: "${wait}"`,
      inputs: {wait},
      check: ({step}: Played) => {
        expect(verdictOf(step)).toBe('1 failure workflow-failed')
      }
    })),
    ...tokenCases()
  ]
  const played = playAll(cases, play)

  it.each(cases)('$name', one => {
    expect(played(one).step.problems).toEqual([])
    one.check(played(one))
  })

  function sent({step, simulator}: Played): void {
    expect(step.exitCode).toBe(0)
    expect(simulator.pipelines()).toHaveLength(1)
    expect(step.printed.trimEnd().split('\n').at(-1)).toMatch(
      /^Not waited for: this step passes whatever becomes of pipeline #\d+\.$/
    )
    expect(step.summary).toContain('Not waited for')
  }

  /** Which of several tokens is used: each is an account of its own. */
  function tokenCases(): (Act & {name: string; check: (one: Played) => void})[] {
    const token = (login: string): string => `CCIPAT_of_${login}_0123456789`
    const users = ['input', 'first', 'second', 'third'].map(login => ({login, token: token(login)}))
    const all = {
      CIRCLE_TOKEN: token('first'),
      CIRCLECI_TOKEN: token('second'),
      CCI_TOKEN: token('third')
    }
    const lastTwo = {CIRCLECI_TOKEN: all.CIRCLECI_TOKEN, CCI_TOKEN: all.CCI_TOKEN}
    const one = (
      name: string,
      login: string,
      env: Record<string, string>,
      input = ''
    ): Act & {name: string; check: (one: Played) => void} => ({
      name,
      simulator: {scenario: failsSoon, users},
      env,
      inputs: {wait: 'false', token: input},
      check: ({step, simulator}) => {
        expect(step.exitCode).toBe(0)
        expect(simulator.pipelines().map(({actor}) => actor)).toEqual([login])
        expect(step.masks).toContain(token(login))
        expect(step.printed).not.toContain('CCIPAT')
      }
    })
    return [
      one('the input goes before the environment', 'input', all, token('input')),
      one('a pasted line end does no harm', 'input', {}, `${token('input')}\r\n`),
      one('CIRCLE_TOKEN comes first', 'first', all),
      one('then CIRCLECI_TOKEN', 'second', lastTwo),
      one('an empty variable is passed over', 'second', {...lastTwo, CIRCLE_TOKEN: '  '}),
      one('then CCI_TOKEN', 'third', {CCI_TOKEN: token('third')})
    ]
  }
})
