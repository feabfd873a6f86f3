import {afterEach, describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'

import {ActionError, InputError} from '../../src/base/errors.ts'
import {readInputs, type Inputs} from '../../src/runner/inputs.ts'
import {parseHost, rawToken, tokenFrom} from '../../src/runner/input-values.ts'

interface ActionFile {
  readonly inputs: Readonly<Record<string, {readonly default?: string}>>
}

const action = parse(
  readFileSync(path.join(import.meta.dirname, '../..', 'action.yml'), 'utf8')
) as ActionFile
const NAMES = Object.keys(action.inputs)
const UUID = '5034460f-c7c4-4c43-9457-de07e2029e7b'

type Given = Readonly<Record<string, string>>

const set = new Set<string>()

afterEach(() => {
  for (const name of set) Reflect.deleteProperty(process.env, name)
  set.clear()
})

function setVariable(name: string, value: string): void {
  process.env[name] = value
  set.add(name)
}

/** Reads inputs as the runner passes them: every input is there, with its default or empty. */
function read(given: Given = {}, variables: Given = {}): Promise<Inputs> {
  for (const [name, {default: value = ''}] of Object.entries(action.inputs)) {
    setVariable(`INPUT_${name.toUpperCase()}`, value.includes('${{') ? 'ghs_token' : value)
  }
  for (const [name, value] of Object.entries(given)) {
    expect(NAMES).toContain(name)
    setVariable(`INPUT_${name.toUpperCase()}`, value)
  }
  for (const [name, value] of Object.entries(variables)) setVariable(name, value)
  return readInputs(process.env)
}

async function problemOf(given: Given, variables: Given = {}): Promise<ActionError> {
  try {
    await read(given, variables)
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
  throw new Error('nothing is wrong')
}

const DEFAULTS: Inputs = {
  token: undefined,
  host: 'https://circleci.com',
  slug: undefined,
  branch: undefined,
  tag: undefined,
  definition: undefined,
  configRef: undefined,
  parameters: {},
  pipeline: {kind: 'new'},
  pipelines: undefined,
  dryRun: false,
  wait: false,
  timeoutSeconds: 3600,
  pollIntervalSeconds: undefined,
  workflows: [],
  jobs: [],
  failFast: false,
  rerunFailed: 0,
  approve: [],
  onHold: 'wait',
  onTimeout: 'cancel',
  onCancel: 'cancel',
  onNoWorkflows: 'fail',
  onRerun: 'new',
  artifacts: ['**'],
  artifactsPath: undefined,
  summary: true,
  annotations: true,
  logLines: 40,
  githubToken: 'ghs_token',
  commitStatuses: [],
  comment: false,
  remarks: [],
  idle: []
}

/** Every input with a value that is not its default, and what becomes of it. */
const EVERY: readonly (readonly [name: string, value: string, becomes: Partial<Inputs>])[] = [
  ['token', ' CCIPAT_x\n', {token: 'CCIPAT_x'}],
  ['host', 'https://ci.example.com/api/v2/', {host: 'https://ci.example.com'}],
  [
    'project-slug',
    'github/acme/shop',
    {slug: {provider: 'gh', organization: 'acme', project: 'shop'}}
  ],
  ['branch', ' feature/x ', {branch: 'feature/x'}],
  ['tag', 'v1.0', {tag: 'v1.0'}],
  ['definition', 'Build and test', {definition: 'Build and test'}],
  ['config-branch', 'main', {configRef: {branch: 'main'}}],
  ['config-tag', 'v1', {configRef: {tag: 'v1'}}],
  ['parameters', 'a: 1\nb: "1"\nc: true', {parameters: {a: 1, b: '1', c: true}}],
  ['pipeline', '1234', {pipeline: {kind: 'number', number: 1234}}],
  [
    'pipelines',
    'api: {branch: next}',
    {
      pipelines: [
        {
          name: 'api',
          slug: undefined,
          branch: 'next',
          tag: undefined,
          definition: undefined,
          configRef: undefined,
          parameters: {},
          pipeline: {kind: 'new'},
          workflows: [],
          jobs: [],
          approve: []
        }
      ]
    }
  ],
  ['dry-run', 'true', {dryRun: true}],
  ['wait', 'true', {wait: true}],
  ['timeout', '1h30m', {timeoutSeconds: 5400}],
  ['poll-interval', '15s', {pollIntervalSeconds: 15}],
  ['workflows', 'build\n\n  deploy-*  \r\n', {workflows: ['build', 'deploy-*']}],
  ['jobs', 'e2e\n!e2e-slow', {jobs: ['e2e', '!e2e-slow']}],
  ['fail-fast', 'true', {failFast: true}],
  ['rerun-failed', '2', {rerunFailed: 2}],
  ['approve', 'hold', {approve: ['hold']}],
  ['on-hold', 'succeed', {onHold: 'succeed'}],
  ['on-timeout', 'leave', {onTimeout: 'leave'}],
  ['on-cancel', 'leave', {onCancel: 'leave'}],
  ['on-no-workflows', 'succeed', {onNoWorkflows: 'succeed'}],
  ['on-rerun', 'from-failed', {onRerun: 'from-failed'}],
  ['artifacts', '*.xml\n!b/**', {artifacts: ['*.xml', '!b/**']}],
  ['artifacts-path', 'out/files', {artifactsPath: 'out/files'}],
  ['summary', 'false', {summary: false}],
  ['annotations', 'false', {annotations: false}],
  ['log-lines', '0', {logLines: 0}],
  ['github-token', 'ghs_other', {githubToken: 'ghs_other'}],
  [
    'commit-status',
    'ci\ndocs -> **/index.html',
    {
      commitStatuses: [
        {context: 'ci', artifactGlob: undefined},
        {context: 'docs', artifactGlob: '**/index.html'}
      ]
    }
  ],
  ['comment', 'api tests', {comment: 'api tests'}]
]

describe('the inputs', () => {
  it('are those of action.yml, each read into one field', () => {
    expect(EVERY.map(([name]) => name)).toEqual(NAMES)
    const fields = EVERY.flatMap(([, , becomes]) => Object.keys(becomes))
    expect(new Set([...fields, 'remarks', 'idle'])).toEqual(new Set(Object.keys(DEFAULTS)))
  })

  it.each(EVERY)('%s: %j', async (name, value, becomes) => {
    // A ref for the config needs a definition.
    const needed = name.startsWith('config-') ? {definition: 'd'} : {}
    const inputs = await read({...needed, [name]: value})
    expect({...inputs, remarks: [], idle: []}).toEqual({...DEFAULTS, ...needed, ...becomes})
  })

  it('have the defaults of action.yml when they are not set', async () => {
    expect(await read()).toEqual(DEFAULTS)
  })

  it('have them too when they are blank, as an expression often leaves them', async () => {
    const names = NAMES.filter(name => !name.startsWith('pipeline'))
    const blank = Object.fromEntries(names.map(name => [name, ' \n']))
    expect(await read(blank)).toEqual({...DEFAULTS, artifacts: [], githubToken: undefined})
  })

  it('have them too when nobody passes any', async () => {
    expect(await readInputs({})).toEqual({...DEFAULTS, githubToken: undefined})
  })

  it('that are lists keep their order and lose blank lines', async () => {
    expect((await read({approve: '\r\n b \n\n a\r\n'})).approve).toEqual(['b', 'a'])
  })

  it('that name artifacts may name none', async () => {
    expect((await read({artifacts: ''})).artifacts).toEqual([])
  })
})

/** name, value, the rest of the sentence after `Input "name" `. */
const WRONG: readonly (readonly [name: string, value: string, problem: string])[] = [
  ...['circleci.com', 'ftp://circleci.com', 'https:/circleci.com', 'https://', 'https://a b'].map(
    value =>
      [
        'host',
        value,
        `must be an address such as "https://circleci.com" or "https://circleci.example.com", got "${value}".`
      ] as const
  ),
  [
    'host',
    'user:secret@circleci.com',
    'must be an address such as "https://circleci.com" or "https://circleci.example.com", got "an address with credentials".'
  ],
  [
    'host',
    'https://user:secret@circleci.com',
    'must not contain credentials: pass the token with the input \"token\".'
  ],
  [
    'host',
    'https://circleci.com/gh/acme',
    'must be an address without a path, such as "https://circleci.com", got "https://circleci.com/gh/acme".'
  ],
  [
    'host',
    'http://circleci.com',
    'must start with "https://", got "http://circleci.com": over plain http the token could be read on the network.'
  ],
  [
    'project-slug',
    'acme/shop',
    'must look like "gh/org/repo", "bb/org/repo" or "circleci/<org>/<project>" (Project Settings > Overview shows it), got "acme/shop". Write "gh/acme/shop".'
  ],
  ...['newest', 'New', '#', '0', '-1', '1.5', `${UUID}0`, '1234567890123456'].map(
    value =>
      [
        'pipeline',
        value,
        `must be "new", "commit", a commit's full SHA (40 digits), a pipeline's number such as "1234" or its id (a UUID of 36 characters), got "${value}".`
      ] as const
  ),
  ...['', ' ', '\n'].map(
    value =>
      [
        'pipeline',
        value,
        'is blank: an expression probably came out empty. Set it to "new", "commit", a full commit SHA, a number or an id, or leave it out to trigger a new one.'
      ] as const
  ),
  ...['', '\n', 'null', '---'].map(
    value =>
      [
        'pipelines',
        value,
        'is blank: an expression probably came out empty. Give a mapping of names to inputs, "{}" for no pipeline at all, or leave it out for one pipeline.'
      ] as const
  ),
  ...['branch', 'config-branch'].map(
    name =>
      [
        name,
        '12/merge',
        `is "12/merge", which is not a branch: it is the value of github.ref_name in a pull request. Leave it out to build the pull request's head, or name a branch, such as "\${{ github.head_ref }}".`
      ] as const
  ),
  ...['dry-run', 'wait', 'fail-fast', 'summary', 'annotations'].flatMap(name =>
    ['yes', '1', 'tRuE', 'true false'].map(
      value => [name, value, `must be "true" or "false", got "${value}".`] as const
    )
  ),
  ...['yes', 'No', 'off', 'tRuE', 'n', 'two\nlines', 'a\u2028b', 'x'.repeat(101)].map(
    value =>
      [
        'comment',
        value,
        `must be "true", "false" or a name for the comment, of at most 100 characters on one line, got "${value.length > 80 ? `${value.slice(0, 79)}…` : value}".`
      ] as const
  ),
  ...['1d', '1.5h', 'forever', '-1', '30m1h'].map(
    value =>
      [
        'timeout',
        value,
        `must be a duration such as "90s", "30m" or "1h30m", got "${value}".`
      ] as const
  ),
  ...['0', '0s', '577h', '999999999'].map(
    value =>
      [
        'timeout',
        value,
        `must be a duration such as "90s", "30m" or "1h30m", at least 1s and at most 576h, got "${value}".`
      ] as const
  ),
  [
    'poll-interval',
    'Auto',
    'must be "auto" or a duration such as "90s", "30m" or "1h30m", got "Auto".'
  ],
  [
    'poll-interval',
    '0s',
    'must be "auto" or a duration such as "90s", "30m" or "1h30m", at least 1s and at most 576h, got "0s".'
  ],
  ...['-1', '1.5', '101', 'once', '0x1', '1e1'].map(
    value =>
      ['rerun-failed', value, `must be a whole number from 0 to 100, got "${value}".`] as const
  ),
  ['log-lines', '10001', 'must be a whole number from 0 to 10000, got "10001".'],
  [
    'log-lines',
    '99999999999999999999',
    'must be a whole number from 0 to 10000, got "99999999999999999999".'
  ],
  ['on-hold', 'approve', 'must be "wait", "fail" or "succeed", got "approve".'],
  ['on-hold', 'Wait', 'must be "wait", "fail" or "succeed", got "Wait".'],
  ['on-timeout', 'stop', 'must be "cancel" or "leave", got "stop".'],
  ['on-cancel', 'stop', 'must be "cancel" or "leave", got "stop".'],
  ['on-no-workflows', 'pass', 'must be "fail" or "succeed", got "pass".'],
  ['on-rerun', 'failed', 'must be "new" or "from-failed", got "failed".'],
  [
    'commit-status',
    'docs ->',
    'must have lines such as "docs" or "docs -> **/index.html", got "docs ->".'
  ],
  ['parameters', '- a', 'must be a YAML or JSON mapping such as "deploy: true", got a list.']
]

describe('a wrong value', () => {
  it.each(WRONG)('of %s: %j', async (name, value, problem) => {
    const error = await problemOf({[name]: value})
    expect(error).toBeInstanceOf(InputError)
    expect(error).toMatchObject({input: name, reason: 'input', conclusion: 'failure'})
    expect(error.message).toBe(`Input "${name}" ${problem}`)
  })

  it('that is long is cut, and not through a character', async () => {
    const long = `${'x'.repeat(79)}😀${'y'.repeat(5000)}`
    expect((await problemOf({pipeline: long})).message).toMatch(/got "x{79}…"\.$/)
    expect((await problemOf({pipeline: 'x'.repeat(80)})).message).toMatch(/got "x{80}"\.$/)
    expect((await problemOf({pipeline: 'x'.repeat(81)})).message).toMatch(/got "x{79}…"\.$/)
  })

  it('is told together with all the others', async () => {
    const {message, reason} = await problemOf({
      wait: 'yes',
      timeout: 'soon',
      'on-hold': 'x',
      token: 'a b'
    })
    expect(reason).toBe('input')
    expect(
      message.split('\n').map(line => /^Input "(.+?)" (must|has|contains)/.exec(line)?.[1])
    ).toEqual(['token', 'wait', 'timeout', 'on-hold'])
  })
})

describe('inputs that contradict each other', () => {
  const attached =
    'cannot be used when "pipeline" takes a pipeline that already exists: leave it out, or set "pipeline" to "new".'
  const needsDefinition =
    'needs "definition", or a "project-slug" that starts with "circleci/": only pipelines triggered through a definition can read their config from another ref.'

  it.each([
    [
      {branch: 'a', tag: 'b'},
      ['Input "tag" cannot be used together with "branch": set one of them.']
    ],
    [
      {'config-branch': 'a', 'config-tag': 'b', definition: 'd'},
      ['Input "config-tag" cannot be used together with "config-branch": set one of them.']
    ],
    [{'config-branch': 'a'}, [`Input "config-branch" ${needsDefinition}`]],
    [{'config-tag': 'a', 'project-slug': 'gh/a/b'}, [`Input "config-tag" ${needsDefinition}`]],
    [
      {artifacts: '', 'artifacts-path': 'out'},
      [
        'Input "artifacts-path" needs artifacts to download, and "artifacts" is empty: name some, or leave "artifacts-path" out.'
      ]
    ],
    [
      {artifacts: '', 'commit-status': 'docs -> **'},
      ['Input "commit-status" links "docs" to an artifact, and "artifacts" is empty: name some.']
    ],
    [
      {approve: '!deploy\n!*-prod'},
      [
        'Input "approve" only says what not to approve: name the approval jobs to approve, one a line, besides the lines that begin with "!".'
      ]
    ],
    ...['workflows', 'jobs', 'approve', 'artifacts'].map(name => [
      {[name]: 'a\n !'},
      [`Input "${name}" has a line "!" that excludes nothing: put a name or a glob after it.`]
    ]),
    [{pipeline: 'commit', parameters: 'a: 1'}, [`Input "parameters" ${attached}`]],
    [{pipeline: '7', definition: 'd'}, [`Input "definition" ${attached}`]],
    [{pipeline: '7', branch: 'main'}, [`Input "branch" ${attached}`]],
    [{pipeline: UUID, tag: 'v1'}, [`Input "tag" ${attached}`]],
    [
      {
        pipeline: '7',
        'config-tag': 'x',
        definition: 'd',
        branch: 'b',
        tag: 't',
        parameters: 'a: 1'
      },
      [
        'Input "tag" cannot be used together with "branch": set one of them.',
        ...['parameters', 'definition', 'config-tag', 'branch', 'tag'].map(
          name => `Input "${name}" ${attached}`
        )
      ]
    ]
  ] as [Given, string[]][])('%j', async (given, problems) => {
    expect((await problemOf(given)).message.split('\n')).toEqual(problems)
  })

  it.each([
    [{'config-branch': 'a', 'project-slug': 'circleci/a/b'}],
    [{'config-branch': 'a', 'project-slug': 'gh/a/b', definition: 'd'}],
    [{pipeline: 'commit', branch: 'main'}],
    [{pipeline: 'commit', tag: 'v1'}],
    [{pipeline: 'commit', definition: 'd'}],
    [{artifacts: '', 'commit-status': 'docs'}],
    [{artifacts: 'x', 'artifacts-path': 'out'}],
    [{workflows: '!nightly', artifacts: '!**/*.map', approve: 'hold\n!hold-prod'}]
  ] as [Given][])('unlike these, which go together: %j', async given => {
    await expect(read(given)).resolves.toBeDefined()
  })
})

describe('the token', () => {
  const ENV = {CIRCLE_TOKEN: 'one', CIRCLECI_TOKEN: 'two', CCI_TOKEN: 'three'}

  it.each([
    ['input', 'given', ENV, 'given'],
    ['CIRCLE_TOKEN', '', ENV, 'one'],
    ['CIRCLECI_TOKEN', ' ', {...ENV, CIRCLE_TOKEN: '\n'}, 'two'],
    ['CCI_TOKEN', '', {CIRCLE_TOKEN: '', CIRCLECI_TOKEN: ' ', CCI_TOKEN: ' three\n'}, 'three'],
    ['nowhere', '', {}, undefined]
  ])('comes from %s', async (_, token, variables, expected) => {
    expect((await read({token}, variables)).token).toBe(expected)
  })

  it.each([
    ['a space', 'CCIPAT_se cret'],
    ['a tab', 'CCIPAT_se\tcret'],
    ['a line end', 'CCIPAT_se\ncret'],
    ['a line end of Windows', 'CCIPAT_se\r\ncret'],
    ['a no-break space', 'CCIPAT_se\u00a0cret'],
    ['a zero-width space', 'CCIPAT_se\u200bcret'],
    ['an umlaut', 'CCIPAT_secrét'],
    ['a control character', 'CCIPAT_se\u0007cret']
  ])('is refused with %s inside, and never shown', async (_, token) => {
    const {message} = await problemOf({token})
    expect(message).toBe(
      'Input "token" contains spaces or other characters that no CircleCI token has: something else was probably pasted with it. Set the secret again with nothing but the token.'
    )
    expect((await problemOf({}, {CIRCLE_TOKEN: token})).message).toBe(message)
  })

  it.each([
    ['\ufeffsecret\n', 'secret'],
    ['\r\n secret\t', 'secret'],
    ['se"cret\'!~', 'se"cret\'!~']
  ])('loses the white space around it: %j', (given, token) => {
    expect(tokenFrom(given, {})).toBe(token)
    expect(rawToken(given, {})).toBe(given)
  })
})

describe('the host', () => {
  it.each([
    ['https://circleci.com', 'https://circleci.com'],
    ['https://circleci.com/', 'https://circleci.com'],
    ['https://circleci.com///', 'https://circleci.com'],
    ['HTTPS://CircleCI.com', 'https://circleci.com'],
    ['https://circleci.com:443', 'https://circleci.com'],
    ['https://app.circleci.com', 'https://circleci.com'],
    ['https://app.circleci.com/api/v2/', 'https://circleci.com'],
    ['https://circleci.com/api', 'https://circleci.com'],
    ['https://circleci.com/api/', 'https://circleci.com'],
    ['https://circleci.com/api/v2', 'https://circleci.com'],
    ['https://circleci.com/api/v2/', 'https://circleci.com'],
    ['https://circleci.com/API/V1.1', 'https://circleci.com'],
    ['  https://ci.example.com:8443 ', 'https://ci.example.com:8443'],
    ['https://größe.example', 'https://xn--gre-6ka8i.example'],
    ['https://xn--gre-6ka8i.example', 'https://xn--gre-6ka8i.example'],
    ['https://10.0.0.1', 'https://10.0.0.1'],
    ['https://[2001:db8::1]:8443/', 'https://[2001:db8::1]:8443'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://localhost:3000/api/v2', 'http://localhost:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000']
  ])('%j is %s', (text, origin) => {
    expect(parseHost(text)).toBe(origin)
  })

  it.each([
    undefined,
    '',
    ' ',
    '/',
    'https',
    'https:',
    'https://?',
    '//circleci.com',
    'circleci.com:443',
    'file:///etc/passwd',
    'javascript://circleci.com',
    'https://circleci.com/api/v2/me',
    'https://circleci.com/apiv2',
    'https://circleci.com?token=x',
    'https://circleci.com#x',
    'https://circleci.com/ci/api/v2',
    'https://user@circleci.com',
    'https://:pw@circleci.com',
    'https://circleci.com@evil.example/',
    'https://[::1',
    'https://circleci.com:99999',
    'http://circleci.com',
    'http://app.circleci.com',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://0.0.0.0',
    'http://[2001:db8::1]'
  ])('is not %j', text => {
    expect(() => parseHost(text)).toThrow(InputError)
  })

  it.each([
    'https://me:hunter2@circleci.com',
    'https://me:hunter2@circleci.com/some/path',
    'http://me:hunter2@circleci.com',
    'me:hunter2@circleci.com',
    'https://me:hunter2@ circleci.com',
    'https:me:hunter2@circleci.com'
  ])('never has its credentials shown: %j', text => {
    expect(() => parseHost(text)).toThrow(
      expect.not.objectContaining({message: expect.stringContaining('hunter2')})
    )
    expect(() => parseHost(text)).toThrow(InputError)
  })
})

describe('pipeline', () => {
  it.each([
    ['new', {kind: 'new'}],
    [' commit ', {kind: 'commit'}],
    ['C0FFEE00'.repeat(5), {kind: 'commit', revision: 'c0ffee00'.repeat(5)}],
    ['12345678'.repeat(5), {kind: 'commit', revision: '12345678'.repeat(5)}],
    ['1', {kind: 'number', number: 1}],
    ['#42', {kind: 'number', number: 42}],
    ['999999999999999', {kind: 'number', number: 999_999_999_999_999}],
    [UUID.toUpperCase(), {kind: 'id', id: UUID}]
  ])('%j', async (text, choice) => {
    expect((await read({pipeline: text})).pipeline).toEqual(choice)
  })
})

describe('inputs that do nothing', () => {
  const given = {
    timeout: '5m',
    workflows: 'a',
    jobs: 'a',
    'poll-interval': '5s',
    'fail-fast': 'true',
    'rerun-failed': '1',
    'on-hold': 'fail',
    'on-timeout': 'leave',
    'on-no-workflows': 'succeed',
    artifacts: 'coverage/**',
    'artifacts-path': 'out',
    annotations: 'false',
    'log-lines': '0',
    'commit-status': 'ci',
    comment: 'true'
  }
  it('without waiting are all named', async () => {
    expect(new Set((await read(given)).idle)).toEqual(new Set(Object.keys(given)))
    expect((await read({artifacts: 'x'})).idle).toEqual(['artifacts'])
  })

  it('without waiting for more than approvals are only those of the rest', async () => {
    expect(new Set((await read({...given, approve: 'a'})).idle)).toEqual(
      new Set([
        ...['jobs', 'fail-fast', 'rerun-failed', 'on-timeout'],
        ...['artifacts-path', 'commit-status', 'comment']
      ])
    )
  })

  it.each<[Given]>([
    [{...given, wait: 'true'}],
    [{...given, 'dry-run': 'true'}],
    [{pipeline: 'commit', timeout: '5m'}],
    [{'on-rerun': 'from-failed', workflows: 'a'}],
    [{timeout: '1h', artifacts: '**'}],
    [{'on-cancel': 'leave', summary: 'false'}],
    [{}]
  ])('are not these: %j', async inputs => {
    expect((await read(inputs)).idle).toEqual([])
  })
})

describe('parameters that look like booleans', () => {
  it.each([
    ['a: yes', '"a: yes"'],
    ['a: Off\nb: true\nc: y', '"a: Off", "c: y"'],
    ['{"a": on}', '"a: on"']
  ])('are told to be text: %j', async (parameters, told) => {
    expect((await read({parameters})).remarks).toEqual([
      {
        level: 'notice',
        text: `Input "parameters" sends ${told} as text: write true or false for a boolean, or quote the value if text is meant.`
      }
    ])
  })

  it('are reported once when entries of "pipelines" have them', async () => {
    const pipelines = 'one: {parameters: {a: yes}}\ntwo: {parameters: {a: yes}}'
    expect((await read({pipelines})).remarks).toMatchObject([
      {level: 'notice', text: expect.stringContaining('sends "a: yes" as text')}
    ])
  })

  it.each(['a: "yes"', "a: 'no'", 'a: |\n  on', 'a: true', 'yes: 1', 'a: yes please'])(
    'unlike %j',
    async parameters => {
      expect((await read({parameters})).remarks).toEqual([])
    }
  )
})
