import {describe, expect, it} from '@jest/globals'
import {DEFAULTS} from '../../src/runner/action-defaults.ts'
import {DESCRIPTIONS} from '../../src/terminal/action-inputs.ts'
import {exitCodeOf} from '../../src/terminal/exit-codes.ts'
import {FLAGS, parseCommandLine, type Command} from '../../src/terminal/flags.ts'
import {renderHelp} from '../../src/terminal/help.ts'
import {parseParameters} from '../../src/trigger/parameters.ts'

const run = (...args: string[]): Command => parseCommandLine(args) as Command
const inputs = (...args: string[]): Command['inputs'] => run(...args).inputs

function problemOf(...args: string[]): string {
  try {
    parseCommandLine(args)
  } catch (error) {
    expect(error).toMatchObject({reason: 'input'})
    return (error as Error).message
  }
  throw new Error('This was taken.')
}

describe('flags', () => {
  it.each([
    {args: [], given: {}},
    {
      args: ['--branch', 'main', '--wait'],
      given: {INPUT_BRANCH: 'main', INPUT_WAIT: 'true'}
    },
    {args: ['--no-wait'], given: {INPUT_WAIT: 'false'}},
    {args: ['--wait=false'], given: {INPUT_WAIT: 'false'}},
    {args: ['--comment', '--github-repository', 'a/b'], given: {INPUT_COMMENT: 'true'}},
    {args: ['--comment=docs', '--github-repository=a/b'], given: {INPUT_COMMENT: 'docs'}},
    {
      args: ['--workflows', 'build', '--workflows', '!e2e'],
      given: {INPUT_WORKFLOWS: 'build\n!e2e'}
    },
    {args: ['--artifacts', ''], given: {INPUT_ARTIFACTS: ''}},
    {args: ['--branch=--odd'], given: {INPUT_BRANCH: '--odd'}},
    {args: ['--project-slug', 'gh/a/b'], given: {'INPUT_PROJECT-SLUG': 'gh/a/b'}}
  ])('$args are inputs', ({args, given}) => {
    expect(inputs(...args)).toEqual(given)
  })

  it("takes what is the command's own", () => {
    const files = ['--outputs', 'o.env', '--summary', 's.md', '--report=r.json']
    expect(run('--here', ...files, '--github-repository', 'acme/shop')).toEqual({
      inputs: {},
      here: true,
      githubRepository: 'acme/shop',
      outputs: 'o.env',
      summary: 's.md',
      report: 'r.json'
    })
  })

  it.each([
    {args: ['--help']},
    {args: ['-h']},
    {args: ['--branch', 'main', '--help']},
    {args: ['--no-such-flag', '--help']}
  ])('$args asks for help', ({args}) => {
    expect(parseCommandLine(args)).toBe('help')
  })

  it('has a version', () => {
    expect(parseCommandLine(['--version'])).toBe('version')
  })

  it.each([
    {args: ['--brnach', 'x'], says: '--brnach is not a flag. Did you mean --branch?'},
    {args: ['--waits'], says: 'Did you mean --wait?'},
    {args: ['--no-wiat'], says: 'Did you mean --no-wait?'},
    {args: ['--param', 'a=1'], says: 'Did you mean --parameters?'},
    {args: ['--no-branch'], says: '--no-branch is not a flag.'},
    {args: ['--completely-else'], says: '--completely-else is not a flag.\n'},
    {args: ['-x'], says: '-x is not a flag.'},
    {args: ['main'], says: '"main" is not a flag.'},
    {args: ['--wait', 'false'], says: '"false" is not a flag.'},
    {args: ['--branch'], says: '--branch needs a value.'},
    {args: ['--branch', '--wait'], says: '--branch needs a value; one that begins'},
    {args: ['--branch', 'a', '--branch', 'b'], says: '--branch is given twice.'},
    {args: ['--outputs', 'o.txt'], says: '--outputs must name a file that ends in'},
    {args: ['--github-repository', 'shop'], says: 'must look like "owner/name"'},
    {args: ['--comment'], says: '--comment needs --github-repository, and GITHUB_TOKEN'},
    {args: ['--commit-status', 'c'], says: '--commit-status needs --github-repository'},
    {
      args: ['--parameters', '{"a": 1}', '--parameters', 'b=2'],
      says: '--parameters: give one JSON mapping'
    },
    {args: ['--on-rerun', 'new'], says: '--on-rerun is not a flag: only GitHub'},
    {args: ['--annotations'], says: '--annotations is not a flag: only GitHub'}
  ])('$args is refused: $says', ({args, says}) => {
    expect(`${problemOf(...args)}\n`).toContain(says)
  })

  it('tells every mistake at once', () => {
    expect(problemOf('--brnach=x', '--branch')).toMatch(/brnach[^]*--branch needs a value/)
  })

  it.each([
    [['--token', 's3cret-token']],
    [['--token=s3cret-token']],
    [['--tokn', 's3cret-token']]
  ])('never shows a token that was given as a flag: %j', args => {
    const problem = problemOf(...args)
    expect(problem).toContain('is not a flag')
    expect(problem).not.toContain('s3cret')
  })

  it.each([
    {args: ['deploy=true', 'count=3', 'tag=v1'], is: {deploy: true, count: 3, tag: 'v1'}},
    {args: ['tag="1.10"', 'empty='], is: {tag: '1.10', empty: ''}},
    {args: ['url=https://x.test/?a=b'], is: {url: 'https://x.test/?a=b'}},
    {args: ['two=a\nb'], is: {two: 'a\nb'}},
    {args: ['deploy: true\ncount: 3', 'tag=v1'], is: {deploy: true, count: 3, tag: 'v1'}},
    {args: ['{"deploy": true}'], is: {deploy: true}},
    {args: ['true=1'], is: {true: 1}}
  ])('parameters $args are typed like YAML', ({args, is}) => {
    const given = inputs(...args.flatMap(text => ['--parameters', text]))
    expect(parseParameters(given['INPUT_PARAMETERS'] ?? '')).toEqual(is)
  })
})

describe('the help', () => {
  it('has every input but those that are no flags, in the words of action.yml', () => {
    const help = renderHelp().replace(/\s+/g, ' ')
    const names = Object.values(DESCRIPTIONS).flatMap(inputs => Object.keys(inputs))
    const left = names.filter(name => !FLAGS.some(flag => flag.name === name))
    expect(left).toEqual(['token', 'on-rerun', 'annotations', 'github-token'])
    for (const {name, description} of FLAGS) {
      expect(help).toContain(` --${name} `)
      expect(help).toContain(description)
    }
  })

  it('has a heading for each', () => {
    expect(FLAGS.filter(({group}) => !group)).toEqual([])
    for (const {group} of FLAGS) expect(renderHelp()).toContain(`\n\n${group}:\n`)
  })

  it('fits a terminal of 80 columns', () => {
    expect(
      renderHelp()
        .split('\n')
        .filter(line => line.length > 80)
    ).toEqual([])
  })

  it('knows the defaults', () => {
    const help = renderHelp().replace(/\s+/g, ' ')
    for (const {name, default: value} of FLAGS) {
      expect(value).toBe(name === 'summary' ? undefined : DEFAULTS.get(name))
    }
    const shown = FLAGS.filter(one => one.default !== undefined && one.default !== 'false')
    for (const one of shown) expect(help).toContain(`(default: ${one.default})`)
  })
})

it.each([
  {reason: undefined, passes: true, code: 0},
  {reason: 'not-run', passes: true, code: 0},
  {reason: 'workflow-failed', passes: false, code: 1},
  {reason: 'canceled', passes: false, code: 1},
  {reason: 'rejected', passes: false, code: 1},
  {reason: 'on-hold', passes: false, code: 1},
  {reason: undefined, passes: false, code: 1},
  {reason: 'input', passes: false, code: 2},
  {reason: 'auth', passes: false, code: 3},
  {reason: 'api-unavailable', passes: false, code: 4},
  {reason: 'trigger-ambiguous', passes: false, code: 4},
  {reason: 'not-found', passes: false, code: 5},
  {reason: 'github-cancelled', passes: false, code: 6},
  {reason: 'timeout', passes: false, code: 8}
] as const)('$reason ends with $code', ({reason, passes, code}) => {
  expect(exitCodeOf({reason, passes})).toBe(code)
})
