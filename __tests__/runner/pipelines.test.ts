import {afterEach, describe, expect, it} from '@jest/globals'

import {readInputs, type NamedPipeline} from '../../src/runner/inputs.ts'

type Given = Readonly<Record<string, string>>

afterEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('INPUT_')) Reflect.deleteProperty(process.env, name)
  }
})

async function read(given: Given): Promise<readonly NamedPipeline[] | undefined> {
  for (const [name, value] of Object.entries(given)) {
    process.env[`INPUT_${name.toUpperCase()}`] = value
  }
  return (await readInputs({...process.env, GITHUB_REPOSITORY: 'acme/shop'})).pipelines
}

async function problemOf(given: Given): Promise<string> {
  try {
    await read(given)
  } catch (error) {
    if (error instanceof Error && error.name.endsWith('Error')) return error.message
    throw error
  }
  return 'nothing is wrong'
}

const entry = (rest: string): RegExp => new RegExp(`^Input "pipelines", entry "a": ${rest}`)

describe('input "pipelines"', () => {
  it('is several pipelines, each with what differs from the step', async () => {
    const pipelines = await read({
      branch: 'main',
      workflows: 'build',
      parameters: 'suite: unit',
      pipelines: [
        'api: {project-slug: github/acme/api, workflows: [build, "!docs"]}',
        'web:',
        '  tag: v1.10',
        '  parameters: {suite: load, count: 3}',
        'same:'
      ].join('\n')
    })
    const unset = {definition: undefined, configRef: undefined, pipeline: {kind: 'new'}}
    expect(pipelines).toEqual([
      {
        ...unset,
        name: 'api',
        slug: {provider: 'gh', organization: 'acme', project: 'api'},
        branch: 'main',
        tag: undefined,
        parameters: {suite: 'unit'},
        workflows: ['build', '!docs'],
        jobs: [],
        approve: []
      },
      {
        ...unset,
        name: 'web',
        slug: undefined,
        branch: undefined,
        tag: 'v1.10',
        parameters: {suite: 'load', count: 3},
        workflows: ['build'],
        jobs: [],
        approve: []
      },
      {
        ...unset,
        name: 'same',
        slug: undefined,
        branch: 'main',
        tag: undefined,
        parameters: {suite: 'unit'},
        workflows: ['build'],
        jobs: [],
        approve: []
      }
    ])
  })

  it.each([
    {name: 'not given', pipelines: 'none', expected: undefined},
    {name: 'none at all', pipelines: '{}', expected: []}
  ])('$name', async ({pipelines, expected}) => {
    expect(await read({pipelines})).toEqual(expected)
  })

  it.each<{name: string; step: Given; entry: string; expected: object}>([
    {
      name: 'a branch drops the tag of the step',
      step: {tag: 'v1'},
      entry: 'branch: main',
      expected: {branch: 'main', tag: undefined}
    },
    {
      name: 'a tag drops the branch of the step',
      step: {branch: 'main'},
      entry: 'tag: v1',
      expected: {branch: undefined, tag: 'v1'}
    },
    {
      name: 'a config tag drops the config branch of the step',
      step: {definition: 'd', 'config-branch': 'main'},
      entry: 'config-tag: v1',
      expected: {definition: 'd', configRef: {tag: 'v1'}}
    },
    {
      name: 'another project inherits neither definition nor config',
      step: {definition: 'd', 'config-branch': 'main', branch: 'next'},
      entry: 'project-slug: gh/acme/other',
      expected: {definition: undefined, configRef: undefined, branch: 'next'}
    },
    {
      name: 'the same project in other words inherits both',
      step: {definition: 'd', 'config-branch': 'main'},
      entry: 'project-slug: github/Acme/shop',
      expected: {definition: 'd', configRef: {branch: 'main'}}
    },
    {
      name: 'null unsets',
      step: {branch: 'main', workflows: 'build', parameters: 'a: 1', pipeline: '12'},
      entry: 'branch: null, workflows: ~, parameters: , pipeline: null',
      expected: {branch: undefined, workflows: [], parameters: {}, pipeline: {kind: 'new'}}
    },
    {
      name: 'an empty list unsets',
      step: {workflows: 'build'},
      entry: 'workflows: []',
      expected: {workflows: []}
    },
    {
      name: 'blank counts as not set',
      step: {branch: 'main', workflows: 'build'},
      entry: `branch: '', workflows: " "`,
      expected: {branch: 'main', workflows: ['build']}
    },
    {
      name: 'what is inherited and cannot be used is ignored',
      step: {branch: 'main', definition: 'd', 'config-tag': 'v1', parameters: 'a: 1'},
      entry: 'pipeline: 12',
      expected: {
        branch: undefined,
        definition: undefined,
        configRef: undefined,
        parameters: {},
        pipeline: {kind: 'number', number: 12}
      }
    },
    {
      name: 'a config ref without a definition is ignored where it is inherited',
      step: {definition: 'd', 'config-tag': 'v1'},
      entry: 'definition: null',
      expected: {definition: undefined, configRef: undefined}
    },
    {
      name: 'text is taken as it is written',
      step: {},
      entry: `branch: 1.10, workflows: [007, true, "1e3"]`,
      expected: {branch: '1.10', workflows: ['007', 'true', '1e3']}
    },
    {
      name: 'parameters may be text, as toJSON gives it',
      step: {},
      entry: `parameters: '{"n": 1, "s": "1"}'`,
      expected: {parameters: {n: 1, s: '1'}}
    }
  ])('$name', async ({step, entry: own, expected}) => {
    expect(await read({...step, pipelines: `a: {${own}}`})).toMatchObject([expected])
  })

  it.each<[string, string | Given, RegExp]>([
    [
      'a list',
      '- a',
      /^Input "pipelines" must be a YAML or JSON mapping such as ".*", got a list\.$/
    ],
    ['no YAML', 'a: {branch: x', /^Input "pipelines" is not valid YAML or JSON in line 1/],
    [
      'nesting without end',
      `a: ${'['.repeat(100)}`,
      /is nested too deeply: an entry holds inputs, and its parameters hold text, integers and/
    ],
    ['a text without end', `a: {branch: ${'x'.repeat(150_000)}}`, /is 150013 characters long/],
    [
      'too many',
      Array.from({length: 51}, (_, index) => `p${index}:`).join('\n'),
      /has 51 entries, and 50 are the most/
    ],
    ['a name with a space', 'a b:', /\(line 1\) called "a b": a name has letters/],
    ['a name that begins with a dot', '.a:', /called ".a"/],
    ['a name of 61 characters', `${'a'.repeat(61)}:`, /called "a{39}…"/],
    ['a name in a list', '? [a]\n: {}', /called a list/],
    ['two names but for case', 'api:\nAPI:', /two entries called "API" \(line 2\), like "api" but/],
    ['a name twice', 'api:\napi:', /two entries called "api" \(line 2\): rename one/],
    ['an entry of text', 'a: main', /entry "a" \(line 1\) that is no mapping.*got "main"\.$/],
    ['an entry that is an alias', 'b: &x {}\na: *x', /entry "a" \(line 2\) that is no mapping/],
    ['an entry with a tag', 'a: !!map {}', /with the YAML tag/],
    [
      'a key nobody knows',
      'a: {brunch: x}',
      entry('"brunch" \\(line 1\\).*Did you mean "branch"\\?')
    ],
    [
      'a key with another line',
      'a: {project_slug: x}',
      entry('"project_slug".* "project-slug"\\?')
    ],
    [
      'a key of the step',
      'a:\n  wait: true',
      entry('"wait" \\(line 2\\).*every other input|"wait"')
    ],
    ['a key twice', 'a: {tag: x, tag: y}', entry('"tag" is set twice \\(line 1\\)')],
    ['a tag of YAML', 'a: {workflows: !build}', entry(`"workflows".*"!build".*quote it`)],
    ['a tag in a list', 'a: {approve: [!x, y]}', entry(`"approve".*"!x".*quote it`)],
    [
      'an alias',
      'b: {tag: &t x}\na: {tag: *t}',
      entry('"tag" \\(line 2\\) is the YAML alias \\*t')
    ],
    ['a list where there is one', 'a: {branch: [x]}', entry('"branch".*must be text, got a list')],
    ['a mapping', 'a: {workflows: {x: y}}', entry('"workflows".*must be names, got a nested')],
    ['a list in a list', 'a: {workflows: [[x]]}', entry('"workflows".*must be names, got a list')],
    ['an empty item', 'a: {workflows: [""]}', entry('"workflows".*an item that is no name')],
    [
      'parameters',
      'a: {parameters: {x: 1.5}}',
      entry('"parameters" cannot be used\\. "x" \\(line 1\\)')
    ],
    [
      'parameters of a list',
      'a: {parameters: [x]}',
      entry('"parameters".*must be text, got a list')
    ],
    ['a slug', 'a: {project-slug: acme}', entry('"project-slug" must look like')],
    ['a blank pipeline', 'a: {pipeline: ""}', entry('"pipeline" is blank')],
    [
      'a merge ref',
      'a: {branch: 12/merge}',
      entry('"branch" is "12/merge", which is not a branch')
    ],
    ['branch and tag', 'a: {branch: x, tag: y}', entry('"tag" cannot be used together')],
    [
      'two config refs',
      'a: {definition: d, config-branch: x, config-tag: y}',
      entry('"config-tag" cannot be used')
    ],
    ['a config ref alone', 'a: {config-tag: y}', entry('"config-tag" needs "definition"')],
    [
      'a useless branch',
      {pipeline: '12', pipelines: 'a: {branch: x}'},
      entry('"branch" cannot be used when')
    ],
    [
      'useless parameters',
      'a: {pipeline: 12, parameters: {x: 1}}',
      entry('"parameters" cannot be used when')
    ],
    ['exclusions only', 'a: {approve: ["!x"]}', entry('"approve" only says what not to approve')],
    ['an empty exclusion', 'a: {workflows: ["!"]}', entry('"workflows" has a line "!"')],
    [
      'one number twice',
      'a: {pipeline: 12}\nb: {pipeline: 12}',
      /two entries, "a" and "b", that are one/
    ],
    [
      'one commit twice',
      'a: {pipeline: commit}\nb: {pipeline: commit}',
      /that are one and the same/
    ]
  ])('is wrong: %s', async (_, given, problem) => {
    const message = await problemOf(typeof given === 'string' ? {pipelines: given} : given)
    expect(message).toMatch(problem)
    expect(message.split('\n')).toHaveLength(1)
  })

  it('takes one number in two projects, and two refs of a commit', async () => {
    const pipelines = [
      'a: {pipeline: 12}',
      'b: {pipeline: 12, project-slug: gh/acme/other}',
      'c: {pipeline: commit, branch: x}',
      'd: {pipeline: commit, branch: y}'
    ].join('\n')
    expect(await read({pipelines})).toHaveLength(4)
  })

  it("tells all that is wrong at once, and what is the step's once", async () => {
    const message = await problemOf({
      branch: '12/merge',
      pipelines: 'a: {tag: x, definition: [y]}\nb: {brunch: z}\nc:'
    })
    expect(message.split('\n').map(line => line.slice(0, 40))).toEqual([
      'Input "branch" is "12/merge", which is n',
      'Input "pipelines", entry "a": "definitio',
      'Input "pipelines", entry "b": "brunch" ('
    ])
  })
})
