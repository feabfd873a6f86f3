import {describe, expect, it} from '@jest/globals'

import {reversed, shuffled, together, twice, without} from '../../simulator/listings.ts'
import {scenarios, type Fault, type Scenario} from '../../simulator/index.ts'
import type {Inputs} from '../../src/runner/inputs.ts'
import {tell, verdictOf, type Story, type Told} from '../support/story.ts'

const POST = {method: 'POST', path: '/api/v2/project/*/*/*/pipeline'} as const
const RUN = {method: 'POST', path: '/api/v2/project/*/*/*/pipeline/run'} as const
/** The answer is lost: the pipeline was made, or the request never arrived. */
const MADE: Fault = {...POST, kind: 'cut-after', nth: 1}
const NOT_MADE: Fault = {...POST, kind: 'cut-before', nth: 1}

const shop = scenarios.passing
const withParameters = (parameters: Scenario['project']['parameters']): Scenario => ({
  ...shop,
  project: {...shop.project, parameters: parameters ?? {}}
})
/** A config that takes no parameters. */
const bare = withParameters({})
/** A config whose jobs use the id of the request. */
const marked = withParameters({
  n: {type: 'integer', default: 0},
  'request-id': {type: 'string', default: '', used: true}
})

const behaving = (scenario: Scenario, behaviour: Scenario['behaviour']): Scenario => ({
  ...scenario,
  behaviour: {...scenario.behaviour, ...behaviour}
})

interface Loss {
  readonly scenario?: Scenario
  readonly skewMs?: number
  readonly inputs?: Partial<Inputs>
  readonly faults?: readonly Fault[]
  /** Called before the run begins. */
  readonly begin?: (story: Story) => void
}

function lose({
  scenario = bare,
  skewMs = 0,
  inputs = {},
  faults = [MADE],
  begin
}: Loss): Promise<Told> {
  return tell({scenario, skewMs, faults: [...faults]}, {inputs: {wait: false, ...inputs}}, begin)
}

const posts = ({simulator}: Told): number =>
  simulator.requests.filter(({method, path}) => method === 'POST' && path.includes('/pipeline'))
    .length
const numbers = ({simulator}: Told): number[] => simulator.pipelines().map(({number}) => number)
const outcome = (told: Told): string =>
  told.result.verdict === undefined
    ? `#${told.result.pipeline?.number} of ${numbers(told).length}`
    : `${verdictOf(told.result)}, ${numbers(told).length}`

/** Another pipeline of the same user on the same branch, once the trigger was sent. */
const another =
  (facts: Parameters<Told['simulator']['startPipeline']>[0] = {}, afterMs = 200) =>
  ({simulator, clock}: Story): void => {
    clock.alarm(afterMs, () => {
      simulator.startPipeline({ref: {branch: 'main'}, trigger: 'api', login: 'developer', ...facts})
    })
  }

/** One of the same user that was there before, so that the list before the trigger tells a number. */
const before =
  (then: (story: Story) => void = () => undefined) =>
  (story: Story): void => {
    const {simulator, clock} = story
    simulator.startPipeline({ref: {branch: 'main'}, trigger: 'api', login: 'developer'})
    clock.advance(60_000)
    then(story)
  }

describe('a trigger whose answer is lost', () => {
  it.each<[string, Loss, string]>([
    ['the config takes no parameters', {}, '#101 of 1'],
    ['… and it did not arrive', {faults: [NOT_MADE]}, '#101 of 1'],
    [
      'parameters were sent, which CircleCI does not tell',
      {scenario: marked, inputs: {parameters: {n: 1}}},
      'failure trigger-ambiguous fails, 1'
    ],
    [
      'none was sent, by a config that takes some',
      {scenario: marked},
      'failure trigger-ambiguous fails, 1'
    ],
    [
      'the values are refused',
      {scenario: behaving(marked, {values: 'refused'}), inputs: {parameters: {n: 1}}},
      'failure trigger-ambiguous fails, 1'
    ],
    [
      'the values would tell the parameters',
      {
        scenario: behaving(withParameters({n: {type: 'integer', default: 0}}), {
          values: 'with-parameters'
        }),
        inputs: {parameters: {n: 1}}
      },
      '#101 of 1'
    ],
    [
      'a parameter holds the id of the request',
      {scenario: marked, inputs: {parameters: {n: 1, 'request-id': '{request-id}'}}},
      '#101 of 1'
    ],
    [
      '… while CircleCI is compiling for a while',
      {
        scenario: behaving(marked, {configDelay: 5}),
        inputs: {parameters: {n: 1, 'request-id': '{request-id}'}}
      },
      '#101 of 1'
    ],
    [
      '… and the values are refused',
      {
        scenario: behaving(marked, {values: 'refused', configKeys: 'hyphen'}),
        inputs: {parameters: {n: 1, 'request-id': '{request-id}'}}
      },
      '#101 of 1'
    ]
  ])('when %s', async (_what, loss, expected) => {
    const told = await lose(loss)
    expect(outcome(told)).toBe(expected)
    expect(posts(told)).toBeLessThanOrEqual(loss.faults === undefined ? 1 : 2)
  })

  it('names what may be its pipeline, and how to go on', async () => {
    const {result, simulator} = await lose({scenario: marked, inputs: {parameters: {n: 1}}})
    expect(result.verdict?.message).toContain(
      `it is not certain whether it created this pipeline: #101 ${simulator.url}/pipelines/github/acme/shop/101 (CircleCI does not say which parameters it was triggered with)`
    )
    expect(result.verdict?.message).toContain('run this step with "pipeline: 101"')
  })

  it.each<[string, Loss]>([
    ['with other parameters', {scenario: marked, begin: another({parameters: {n: 7}})}],
    [
      'with other parameters, when some were sent',
      {scenario: marked, inputs: {parameters: {n: 1}}, begin: another({parameters: {n: 7}})}
    ],
    ['of an unknown kind', {begin: another({trigger: 'Decoupled Ingestion System'})}]
  ])("does not take somebody's pipeline %s, and sends nothing more", async (_what, loss) => {
    const told = await lose({...loss, faults: [NOT_MADE]})
    expect(outcome(told)).toBe('failure trigger-ambiguous fails, 1')
    expect(posts(told)).toBe(1)
  })

  it.each<[string, Loss]>([
    [
      'that holds the id of another request',
      {begin: another({parameters: {'request-id': 'ccp-1-1-ab-cd'}})}
    ],
    ['that a push started', {begin: another({trigger: 'webhook'})}],
    ['of another user', {begin: before(another({login: 'colleague'}))}],
    ['of another branch', {begin: another({ref: {branch: 'develop'}})}]
  ])("sends it once more beside somebody's pipeline %s", async (_what, loss) => {
    const told = await lose({
      scenario: marked,
      inputs: {parameters: {'request-id': '{request-id}'}},
      faults: [NOT_MADE],
      ...loss
    })
    expect(posts(told)).toBe(2)
    expect(told.result.pipeline?.number).toBe(numbers(told).at(-1))
    expect(told.lines.join('\n')).not.toContain('two pipelines')
  })

  const definitions = scenarios['github-app-definitions']
  const apps: Scenario = {...definitions, project: {...definitions.project, parameters: {}}}

  it.each([
    ['its own was made', 'cut-after', '#101 of 2'],
    ['its own was not', 'cut-before', '#102 of 2']
  ] as const)('takes no pipeline of another definition: %s', async (_what, kind, expected) => {
    const told = await lose({
      scenario: apps,
      inputs: {definition: 'build'},
      faults: [{...RUN, kind, nth: 1}],
      begin: another({definition: 'nightly'})
    })
    expect(outcome(told)).toBe(expected)
  })

  it('cannot tell whose it is when the definition is not told', async () => {
    const told = await lose({
      scenario: behaving(apps, {valuesWithout: ['pipeline.definition.id']}),
      inputs: {definition: 'build'},
      faults: [{...RUN, kind: 'cut-after', nth: 1}]
    })
    expect(outcome(told)).toBe('failure trigger-ambiguous fails, 1')
    expect(told.result.verdict?.message).toContain('(CircleCI does not name its definition)')
  })
})

describe("a trigger whose answer is lost, while CircleCI's clocks are at odds", () => {
  const minutes = (count: number): number => count * 60_000

  it.each<[string, Loss]>([
    [
      'no Date, and a runner that is minutes ahead',
      {scenario: behaving(bare, {dateSkew: 'none'}), skewMs: -minutes(4)}
    ],
    [
      'no Date, and a runner that is hours behind',
      {scenario: behaving(bare, {dateSkew: 'none'}), skewMs: minutes(180)}
    ],
    ['a runner that is hours ahead', {skewMs: -minutes(180)}],
    ['a Date that is minutes behind', {scenario: behaving(bare, {dateSkew: -240})}]
  ])('takes its pipeline: %s', async (_what, loss) => {
    expect(outcome(await lose({...loss, begin: before()}))).toBe('#102 of 2')
    expect(outcome(await lose(loss))).toBe('#101 of 1')
  })

  it.each<[string, Scenario['behaviour']]>([
    ['created some seconds behind the Date', {createdAtSkew: -5}],
    ['created minutes behind the Date', {createdAtSkew: -240}],
    ['a Date that is minutes ahead', {dateSkew: 240}]
  ])('makes no second one, and names it: %s', async (_what, behaviour) => {
    for (const begin of [undefined, before()]) {
      const told = await lose({scenario: behaving(bare, behaviour), ...(begin && {begin})})
      expect(verdictOf(told.result)).toBe('failure trigger-ambiguous fails')
      expect(told.result.verdict?.message).toContain('(it may be older)')
      expect(posts(told)).toBe(1)
    }
  })

  it('knows it by the id of the request all the same', async () => {
    const told = await lose({
      scenario: behaving(marked, {createdAtSkew: -30}),
      inputs: {parameters: {'request-id': '{request-id}'}}
    })
    expect(outcome(told)).toBe('#101 of 1')
  })

  it('takes none that was listed before, whatever its time says', async () => {
    const told = await lose({
      scenario: behaving(bare, {createdAtSkew: 3600}),
      faults: [NOT_MADE],
      begin: before()
    })
    expect(outcome(told)).toBe('#102 of 2')
    expect(posts(told)).toBe(2)
  })
})

describe('a trigger whose answer is lost, while the lists promise nothing', () => {
  const MINE = '/api/v2/project/*/*/*/pipeline/mine'
  const LIST = '/api/v2/project/*/*/*/pipeline'
  const rows = (change: Extract<Fault, {kind: 'rows'}>['change'], path = MINE): Fault => ({
    method: 'GET',
    path,
    kind: 'rows',
    change
  })

  it.each<[string, Fault]>([
    ['upside down', rows(reversed)],
    ['in any order', rows(shuffled(3))],
    ['each row twice', rows(rows => [...rows, ...rows])],
    ['seen once, then missing', {...rows(without({number: 103})), skip: 2}],
    ['missing, then seen once', {...rows(without({number: 103})), nth: [2, 3, 4, 6, 7, 8]}]
  ])('takes its pipeline: %s', async (_what, fault) => {
    const told = await lose({faults: [MADE, fault], begin: before(before())})
    expect(outcome(told)).toBe('#103 of 3')
    expect(posts(told)).toBe(1)
  })

  it('cannot tell one that a list tells twice and differently', async () => {
    const change = together(twice({number: 101}, {trigger: {type: 'webhook'}}, 'before'))
    const told = await lose({faults: [MADE, rows(change)]})
    expect(outcome(told)).toBe('failure trigger-ambiguous fails, 1')
  })

  it.each([
    ['in another case', 'Developer', '#101 of 1'],
    ['otherwise', 'dev-on-github', 'failure trigger-ambiguous fails, 1']
  ])(
    "finds it in the project's list, where the login is spelled %s",
    async (_what, login, expected) => {
      const told = await lose({
        scenario: behaving(bare, {actorLogins: {developer: login}}),
        faults: [MADE, {method: 'GET', path: MINE, kind: 'status', status: 403}]
      })
      expect(outcome(told)).toBe(expected)
      expect(posts(told)).toBe(1)
    }
  )

  it.each([
    ['one list is late', {mine: 5, project: 20}, '#101 of 1', 1],
    ['the other is late', {mine: 20, project: 14}, '#101 of 1', 1],
    ['both are later than a search waits', 20, '#102 of 2', 2]
  ] as const)('when %s', async (_what, listed, expected, sent) => {
    const told = await lose({scenario: {...bare, pipeline: {...bare.pipeline, listed}}})
    expect(outcome(told)).toBe(expected)
    expect(posts(told)).toBe(sent)
  })

  it('names both when the first turns up after the second, and cancels neither', async () => {
    const late: Scenario = {...bare, pipeline: {...bare.pipeline, listed: 16}}
    const told = await lose({scenario: late, inputs: {wait: true}})
    expect(outcome(told)).toBe('success - passes, 2')
    expect(told.result.pipeline?.number).toBe(102)
    expect(told.lines).toContainEqual(
      expect.stringMatching(
        /^warning: The trigger of gh\/acme\/shop has created two pipelines\. .+ lost: #101 http.+ continues with: #102 http/
      )
    )
    expect(told.simulator.requests.filter(({path}) => path.endsWith('/cancel'))).toEqual([])
  })

  it('does not take a list for healthy that lacks what it listed before', async () => {
    const told = await lose({
      faults: [
        NOT_MADE,
        {...rows(() => []), skip: 1, times: 6},
        {...rows(() => [], LIST), times: 6}
      ],
      begin: before()
    })
    expect(outcome(told)).toBe('#102 of 2')
    const lists = told.simulator.requests.filter(({path}) => path.endsWith('/mine'))
    expect(lists.length).toBeGreaterThan(6 + 3)
  })
})

describe('a trigger', () => {
  const sentAt = ({simulator}: Told): number[] =>
    simulator.requests
      .filter(({method, path}) => method === 'POST' && path.endsWith('/pipeline'))
      .map(({at}) => at)

  it('waits for as long as a 503 asks to, before it is sent once more', async () => {
    const told = await lose({
      faults: [{...POST, kind: 'status', status: 503, headers: {'Retry-After': '40'}, nth: 1}]
    })
    expect(outcome(told)).toBe('#101 of 1')
    const [first = 0, second = 0] = sentAt(told)
    expect(second - first).toBeGreaterThanOrEqual(40_000)
  })

  it('is not sent while something else answers in the place of CircleCI', async () => {
    const told = await lose({faults: [{kind: 'html', status: 200}]})
    expect(outcome(told)).toBe('failure api-unavailable fails, 0')
    expect(told.result.verdict?.message).toMatch(
      /something at http:\/\/127\.0\.0\.1:\d+ answers in CircleCI's place/
    )
    expect(posts(told)).toBe(0)
    expect(told.clock.now() - Date.parse('2026-03-02T09:00:00Z')).toBeGreaterThanOrEqual(60_000)
  })

  it.each<[string, Fault]>([
    ['answers 500', {kind: 'status', status: 500, path: '/api/v2/project/*/*/*/pipeline/mine'}],
    ['is refused', {kind: 'status', status: 403, path: '/api/v2/project/*/*/*/pipeline/mine'}],
    [
      'is not CircleCI for a while',
      {kind: 'html', status: 403, path: '/api/v2/project/*/*/*/pipeline/mine', times: 3}
    ]
  ])('goes ahead when the list before %s', async (_what, fault) => {
    const told = await lose({faults: [fault]})
    expect(outcome(told)).toBe('#101 of 1')
    expect(posts(told)).toBe(1)
  })

  it.each(['{}', '{"message":null}', '{"message":"Ignoring pipeline due to CI skip"}'])(
    'that is answered 200 without a pipeline made none, whatever the body: %s',
    async body => {
      const told = await lose({
        scenario: scenarios['github-app'],
        faults: [{...RUN, kind: 'status', status: 200, body}]
      })
      expect(outcome(told)).toBe('skipped no-pipeline fails, 0')
      expect(posts(told)).toBe(1)
    }
  )

  it('names the definitions there are, whatever one answer says of their list', async () => {
    const told = await lose({
      scenario: scenarios['github-app-definitions'],
      faults: [
        {
          path: '/api/v2/projects/*/pipeline-definitions',
          kind: 'status',
          status: 404,
          body: '{"message":"Not found."}',
          nth: 1
        }
      ]
    })
    expect(outcome(told)).toBe('failure input fails, 0')
    expect(told.result.verdict?.message).toMatch(/"build" \([0-9a-f-]{36}\), "nightly" \(/)
    expect(posts(told)).toBe(0)
  })

  it('costs two requests when it is answered', async () => {
    const {simulator} = await lose({faults: []})
    expect(simulator.requests.map(({method, path}) => `${method} ${path}`)).toEqual([
      'GET /api/v2/project/gh/acme/shop/pipeline/mine',
      'POST /api/v2/project/gh/acme/shop/pipeline'
    ])
  })

  it('costs five more when its answer is lost, and its pipeline is there', async () => {
    const {simulator} = await lose({begin: before()})
    expect(simulator.requests.map(({path}) => path.replace(/.*\//, ''))).toEqual([
      'mine',
      'pipeline',
      'mine',
      'values',
      'config',
      'mine',
      'mine'
    ])
  })
})
