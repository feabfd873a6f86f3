import {describe, expect, it} from '@jest/globals'
import type {Pipeline, PipelineConfig, PipelineParameters, Ref} from '../../src/circleci/model.ts'
import {intentOf, type Intent} from '../../src/trigger/intent.ts'
import {
  matchPipeline,
  mayDeclareParameters,
  type Facts,
  type Finding,
  type Match
} from '../../src/trigger/match.ts'
import {aPipeline, aRequest, configOf, SLUG, valuesOf} from './fake-circleci.ts'

const SINCE = Date.parse('2026-03-02T09:00:00Z')
const OURS = 'ccp-4711-1-0123456789ab-0123456789ab'

const intentFor = (
  request: Parameters<typeof aRequest>[0],
  more: {after?: number | undefined; requestId?: string} = {}
): Intent =>
  intentOf(aRequest(request), {since: SINCE, sentAt: SINCE, after: 0, ...more}, () => 0.5)

/** A request of the run endpoint that names a definition. */
const runIntent = (definitionId: string | undefined, config?: Ref): Intent =>
  intentOf(
    {
      endpoint: 'run',
      slug: SLUG,
      definitionId,
      checkout: {branch: 'main'},
      config,
      parameters: {suite: 'unit'}
    },
    {since: SINCE, sentAt: SINCE, after: 0},
    () => 0.5
  )

function find(facts: Partial<Facts>, intent = intentFor({})): Finding {
  return matchPipeline(
    {
      pipeline: aPipeline(),
      user: 'yes',
      mine: true,
      since: SINCE,
      values: valuesOf({suite: 'unit'}),
      config: undefined,
      hasDefinitions: true,
      ...facts
    },
    intent,
    id => id === OURS
  )
}

const match = (pipeline: Partial<Pipeline>, facts: Partial<Facts> = {}, intent?: Intent): Match =>
  find({pipeline: aPipeline(pipeline), ...facts}, intent).match

describe('matchPipeline', () => {
  it('knows ours', () => {
    expect(find({})).toEqual({match: 'yes', why: '', proven: false})
  })

  it.each<Match>(['yes', 'no', 'unsure'])('the user is ours: %s', user => {
    expect(match({}, {user})).toBe(user)
  })

  it.each([
    ['api', 'yes'],
    ['webhook', 'no'],
    ['scheduled_pipeline', 'no'],
    ['schedule', 'no'],
    ['explicit', 'unsure'],
    ['', 'unsure'],
    ['Decoupled Ingestion System', 'unsure']
  ])('trigger type "%s": %s', (triggerType, expected) => {
    expect(match({triggerType})).toBe(expected)
  })

  // Numbers of a project grow: what the list before the trigger held is older, whatever clocks say.
  it.each<[string, number, string, number | undefined, boolean, string]>([
    ['a number listed before', 41, '2026-03-02T09:00:01.000Z', 41, true, 'no'],
    ['a lower one', 40, '2026-03-02T09:00:01.000Z', 41, true, 'no'],
    ['a new one', 42, '2026-03-02T09:00:01.000Z', 41, true, 'yes'],
    ['a new one, some seconds behind the Date', 42, '2026-03-02T08:59:57.000Z', 41, true, 'unsure'],
    ['a new one, an hour behind the Date', 42, '2026-03-02T08:00:00.000Z', 41, true, 'unsure'],
    ['none listed before', 42, '2026-03-02T09:00:01.000Z', 0, true, 'yes'],
    ['none listed before, an hour behind', 42, '2026-03-02T08:00:00.000Z', 0, true, 'unsure'],
    ['… in the list of the project', 42, '2026-03-02T08:00:00.000Z', 0, false, 'no'],
    ['none read before', 42, '2026-03-02T09:00:01.000Z', undefined, true, 'yes'],
    ['none read before, an hour behind', 42, '2026-03-02T08:00:00.000Z', undefined, true, 'no']
  ])('by its number: %s', (_what, number, createdAt, after, mine, expected) => {
    expect(match({number, createdAt}, {mine}, intentFor({}, {after}))).toBe(expected)
  })

  it.each([
    ['2026-03-02T09:00:00.000Z', 'yes'],
    ['2026-03-02T09:10:00.000Z', 'yes'],
    ['2026-03-02T08:59:59.999Z', 'unsure'],
    ['2026-03-02T08:55:00.000Z', 'unsure'],
    ['2026-03-02T08:54:59.999Z', 'no'],
    ['2026-03-01T09:00:00.000Z', 'no'],
    // Whole seconds may have been cut.
    ['2026-03-02T09:00:00Z', 'yes'],
    ['2026-03-02T08:59:59Z', 'unsure'],
    ['2026-03-02T08:54:58Z', 'no'],
    ['2026-03-02T10:00:01.000+01:00', 'yes'],
    ['yesterday', 'unsure'],
    ['', 'unsure']
  ])('created at "%s": %s', (createdAt, expected) => {
    expect(match({createdAt}, {}, intentFor({}, {after: undefined}))).toBe(expected)
  })

  // No Date was ever told: then there is nothing of CircleCI's to compare with but the list read before.
  it.each([
    [6, false, 'yes'],
    [0, true, 'yes'],
    [0, false, 'unsure'],
    [undefined, true, 'unsure']
  ])('without a Date, after %s, listed as mine: %s: %s', (after, mine, expected) => {
    const createdAt = '2001-01-01T00:00:00.000Z'
    expect(match({createdAt}, {since: undefined, mine}, intentFor({}, {after}))).toBe(expected)
  })

  it.each<[string, Ref | undefined, Partial<Pipeline>, string]>([
    ['the branch', {branch: 'main'}, {branch: 'main'}, 'yes'],
    ['another branch', {branch: 'main'}, {branch: 'main-2'}, 'no'],
    ['a branch in another case', {branch: 'main'}, {branch: 'Main'}, 'no'],
    ['a tag of that name', {branch: 'v1'}, {branch: undefined, tag: 'v1'}, 'no'],
    ['the tag', {tag: 'v1'}, {branch: undefined, tag: 'v1'}, 'yes'],
    ['the tag, the branch empty', {tag: 'v1'}, {branch: '', tag: 'v1'}, 'yes'],
    ['the tag, and a branch', {tag: 'v1'}, {branch: 'main', tag: 'v1'}, 'yes'],
    ['another tag, and a branch', {tag: 'v1'}, {branch: 'v1', tag: 'v2'}, 'no'],
    ['the branch, and a tag', {branch: 'main'}, {branch: 'main', tag: 'v1'}, 'unsure'],
    ['another branch, and a tag', {branch: 'main'}, {branch: 'next', tag: 'v1'}, 'no'],
    ['another tag', {tag: 'v1'}, {branch: undefined, tag: 'v1.0'}, 'no'],
    ['a branch of that name', {tag: 'v1'}, {branch: 'v1'}, 'no'],
    ['any branch without a ref', undefined, {branch: 'whatever'}, 'unsure'],
    ['the default branch', undefined, {branch: 'main', defaultBranch: 'main'}, 'yes'],
    ['not the default branch', undefined, {branch: 'next', defaultBranch: 'main'}, 'no'],
    ['a tag without a ref', undefined, {branch: undefined, tag: 'v1'}, 'no'],
    ['nothing without a ref', undefined, {branch: undefined}, 'unsure'],
    ['nothing', {branch: 'main'}, {branch: undefined}, 'unsure'],
    ['empty names', {branch: 'main'}, {branch: '', tag: ''}, 'unsure'],
    ['the pull request as sent', {branch: 'pull/12/head'}, {branch: 'pull/12/head'}, 'yes'],
    ['the pull request in short', {branch: 'pull/12/head'}, {branch: 'pull/12'}, 'yes'],
    ['the pull request in full', {branch: 'pull/12'}, {branch: 'pull/12/head'}, 'yes'],
    ['the merge in full', {branch: 'pull/12'}, {branch: 'pull/12/merge'}, 'no'],
    ['another pull request', {branch: 'pull/12/head'}, {branch: 'pull/1'}, 'no'],
    ['another in short', {branch: 'pull/12/head'}, {branch: 'pull/120'}, 'no'],
    ['the head for the merge', {branch: 'pull/12/merge'}, {branch: 'pull/12/head'}, 'no'],
    ['the merge in short', {branch: 'pull/12/merge'}, {branch: 'pull/12'}, 'unsure'],
    ['a branch like a pull request', {branch: 'my/pull/12/head'}, {branch: 'my/pull/12'}, 'no']
  ])('ref: %s', (_what, ref, pipeline, expected) => {
    expect(match(pipeline, {}, intentFor({ref}))).toBe(expected)
  })

  it.each<[string, Ref | undefined, PipelineParameters, string]>([
    ['the branch', {branch: 'main'}, {'pipeline.git.branch': 'main'}, 'yes'],
    ['another branch', {branch: 'main'}, {'pipeline.git.branch': 'next'}, 'no'],
    ['a tag', {branch: 'main'}, {'pipeline.git.branch': '', 'pipeline.git.tag': 'v1'}, 'no'],
    ['neither', {branch: 'main'}, {'pipeline.git.branch': '', 'pipeline.git.tag': ''}, 'unsure'],
    ['the default branch', undefined, {'pipeline.git.branch.is_default': true}, 'yes'],
    ['not the default branch', undefined, {'pipeline.git.branch.is_default': false}, 'no'],
    ['the default branch, as text', undefined, {'pipeline.git.branch.is_default': 'true'}, 'yes'],
    ['a tag without a ref', undefined, {'pipeline.git.tag': 'v1'}, 'no'],
    ['a branch without a ref', undefined, {'pipeline.git.branch': 'main'}, 'unsure']
  ])('a ref that only the values tell: %s', (_what, ref, git, expected) => {
    const values = {...valuesOf({suite: 'unit'}), ...git}
    expect(match({branch: undefined}, {values}, intentFor({ref}))).toBe(expected)
  })

  it.each<[string, string | undefined, PipelineParameters, boolean | undefined, string]>([
    ['the same', 'abc-1', {'pipeline.definition.id': 'abc-1'}, true, 'yes'],
    ['the same in another case', 'abc-1', {'pipeline.definition.id': 'ABC-1'}, true, 'yes'],
    ['another', 'abc-1', {'pipeline.definition.id': 'abc-2'}, true, 'no'],
    ['not told', 'abc-1', {}, true, 'unsure'],
    ['told as nothing', 'abc-1', {'pipeline.definition.id': ''}, undefined, 'unsure'],
    ['not told by a host without definitions', 'abc-1', {}, false, 'yes'],
    ['none named', undefined, {'pipeline.definition.id': 'abc-2'}, true, 'yes']
  ])('definition: %s', (_what, wanted, told, hasDefinitions, expected) => {
    const values = {...valuesOf({suite: 'unit'}), ...told}
    expect(match({}, {values, hasDefinitions}, runIntent(wanted))).toBe(expected)
  })

  it.each<[Ref | undefined, string, string]>([
    [{branch: 'main'}, 'refs/heads/main', 'yes'],
    [{branch: 'main'}, 'main', 'yes'],
    [{branch: 'main'}, '', 'yes'],
    [{branch: 'main'}, 'refs/heads/next', 'no'],
    [{branch: 'main'}, 'next', 'no'],
    [{branch: 'main'}, 'refs/tags/main', 'no'],
    [{branch: 'main'}, 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00', 'unsure'],
    [{branch: 'pull/12/head'}, 'refs/pull/12/head', 'yes'],
    [{tag: 'v1'}, 'refs/tags/v1', 'yes'],
    [{tag: 'v1'}, 'v2', 'no'],
    [undefined, 'refs/heads/next', 'yes']
  ])('config from %j, told as "%s": %s', (config, told, expected) => {
    const values = {...valuesOf({suite: 'unit'}), 'pipeline.config.ref': told}
    expect(match({}, {values}, runIntent(undefined, config))).toBe(expected)
  })

  it.each<[string, PipelineParameters, string]>([
    ['the same', {suite: 'unit'}, 'yes'],
    ['the same and one that was not sent', {suite: 'unit', shards: 4}, 'unsure'],
    ['another value', {suite: 'all'}, 'no'],
    ['another case', {suite: 'Unit'}, 'no'],
    ['another one', {shards: 4}, 'unsure'],
    ['none', {}, 'unsure']
  ])('parameters, told: %s', (_what, parameters, expected) => {
    expect(match({}, {values: valuesOf(parameters)})).toBe(expected)
  })

  const some = configOf({source: 'version: 2.1\nparameters: {n: {type: integer}}'})
  const none = configOf({source: 'version: 2.1'})

  it.each<[string, PipelineParameters, PipelineConfig | undefined, string]>([
    ['sent, by a config that takes some', {n: 1}, some, 'unsure'],
    ['sent, by a config that takes none', {n: 1}, none, 'unsure'],
    ['not sent, by a config that takes some', {}, some, 'unsure'],
    ['not sent, by a config that takes none', {}, none, 'yes'],
    ['not sent, by a config that is not read', {}, undefined, 'unsure']
  ])('parameters that CircleCI does not tell, %s', (_what, parameters, config, expected) => {
    const values = {'pipeline.number': 7, 'pipeline.git.branch': 'main'}
    expect(match({}, {values, config}, intentFor({parameters}))).toBe(expected)
    expect(match({}, {values: undefined, config}, intentFor({parameters}))).toBe(expected)
  })

  it('takes no property of objects for a parameter', () => {
    const intent = intentFor({parameters: {constructor: 'x'}})
    expect(match({}, {values: {}}, intent)).toBe('unsure')
  })

  const marked = intentFor({parameters: {id: OURS}}, {requestId: OURS})
  const compiled = (text: string) => configOf({compiled: `run: echo ${text}`})

  it.each<[string, Partial<Facts>, Finding['match'], boolean]>([
    ['ours in the compiled config', {config: compiled(OURS)}, 'yes', true],
    ['ours in that of the setup workflow', {config: configOf({compiledSetup: OURS})}, 'yes', true],
    ['ours among the values', {values: {'pipeline.parameters.id': OURS}}, 'yes', true],
    ['ours beside another', {config: compiled(`ccp-1-1-ab-cd ${OURS}`)}, 'yes', true],
    ["another's", {config: compiled('ccp-1-1-ab-cd')}, 'no', false],
    ["another's among the values", {values: {a: 'ccp-1-1-ab-cd'}}, 'no', false],
    ['none', {config: compiled('hello')}, 'unsure', false]
  ])('the id of a request: %s', (_what, facts, expected, proven) => {
    const doubtful = {pipeline: aPipeline({triggerType: 'new'}), user: 'unsure' as const}
    const {match: found, ...finding} = find({values: {}, ...doubtful, ...facts}, marked)
    expect([found, finding.proven]).toEqual([expected, proven])
  })

  it('has no doubt that one with the id of a request is none of a request without', () => {
    expect(match({}, {values: {}, config: compiled('ccp-1-1-ab-cd')}, intentFor({}))).toBe('no')
  })

  it('does not let an id make up for what is told otherwise', () => {
    expect(match({branch: 'next'}, {config: compiled(OURS)}, marked)).toBe('no')
  })

  it('tells the reason of a doubt, and that of a no before it', () => {
    expect(find({values: {}}).why).toBe(
      'CircleCI does not say which parameters it was triggered with'
    )
    expect(find({values: {}, user: 'unsure'}).why).toBe(
      'CircleCI does not say whether this token started it'
    )
    expect(find({user: 'unsure', pipeline: aPipeline({branch: 'next'})}).why).toBe(
      'it is for another ref'
    )
  })
})

describe('mayDeclareParameters', () => {
  const some = 'version: 2.1\nparameters:\n  suite: {type: string, default: all}\n'
  const none = 'version: 2.1\njobs: {}\n'

  it.each<[string, string, string, boolean]>([
    ['some', some, '', true],
    ['none', none, '', false],
    ['none after a comment and "---"', `# main\n\n---\n${none}`, '', false],
    ['none, with Windows line ends', none.replaceAll('\n', '\r\n'), '', false],
    [
      'only those of a job',
      `${none}jobs:\n  a:\n    parameters:\n      x: {type: string}\n`,
      '',
      false
    ],
    ['an empty mapping', `${none}parameters: {}`, '', false],
    ['another shape', 'parameters: [suite]', '', true],
    ['some behind an alias', 'x: &x {a: {type: string}}\nparameters: *x', '', true],
    ['some that may be in a merge', 'x: &x {parameters: {a: {}}}\n<<: *x', '', true],
    ['a key in quotes', 'version: 2.1\n"parameters": {a: {type: string}}', '', true],
    ['a key of several lines', 'version: 2.1\n? parameters\n: {a: {type: string}}', '', true],
    ['a key with an anchor', 'version: 2.1\n&p parameters: {a: {type: string}}', '', true],
    ['a key behind a line end of YAML 1.1', 'version: 2.1\u2028parameters: {a: {}}', '', true],
    ['all of it indented', '  version: 2.1\n  parameters: {a: {type: string}}', '', true],
    ['another document behind it', ` parameters: {a: {}}\n---\n${none}`, '', true],
    ['JSON', '{"version": 2.1, "parameters": {"a": {"type": "string"}}}', '', true],
    ['a setup workflow that takes some', none, some, true],
    ['a setup workflow that takes none, and goes on with some', some, none, true],
    ['a setup workflow and none', none, `setup: true\n${none}`, false],
    ['a setup workflow that has not gone on yet', '', none, false],
    ['no text yet', '', '', true],
    ['a list', '- a', '', true],
    ['broken YAML', '{', '', true],
    ['lists within lists without end', '- '.repeat(100_000), '', true],
    ['spaces without end', ' '.repeat(200_000), '', true]
  ])('%s', (_what, source, setupSource, expected) => {
    expect(mayDeclareParameters({source, setupSource})).toBe(expected)
  })
})
