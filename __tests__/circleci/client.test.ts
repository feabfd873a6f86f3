import {afterEach, describe, expect, it} from '@jest/globals'

import {type CallOptions, type Pages, CircleCI} from '../../src/circleci/client.ts'
import {triggerBody, type TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {parseSlug, type Slug} from '../../src/circleci/slug.ts'
import {createTransport, type Transport} from '../../src/circleci/transport.ts'
import {
  scenarios,
  startSimulator,
  type FaultKind,
  type Simulator,
  type SimulatorOptions
} from '../../simulator/index.ts'
import {recordedLog, type RecordedLog} from '../collect/builders.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {closedPort} from './servers.ts'

interface Rig {
  readonly circleci: CircleCI
  readonly simulator: Simulator
  readonly slug: Slug
  readonly clock: FakeClock
  readonly log: RecordedLog
}

const rigs: Rig[] = []
const transports: Transport[] = []
const PATIENT = {connectMs: 5000, headersMs: 5000, idleMs: 5000, totalMs: 10_000}
/** For what stalls; even a busy machine answers by then. */
const QUICK = {...PATIENT, headersMs: 250, idleMs: 250}

afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close()
  await Promise.all(rigs.splice(0).map(({simulator}) => simulator.stop()))
})

function slugOf(text: string): Slug {
  const slug = parseSlug(text)
  if (slug === undefined) throw new Error(`no slug: ${text}`)
  return slug
}

async function startRig(options: SimulatorOptions = {}, timeouts = PATIENT): Promise<Rig> {
  const clock = fakeClock()
  const simulator = await startSimulator({clock, ...options})
  const log = recordedLog()
  const circleci = clientOf(simulator.url, simulator.token, clock, log, timeouts)
  const rig = {circleci, simulator, slug: slugOf(simulator.slug), clock, log}
  rigs.push(rig)
  return rig
}

function clientOf(
  host: string,
  token: string,
  clock: FakeClock,
  log: RecordedLog,
  timeouts = PATIENT
): CircleCI {
  const transport = createTransport('circleci-pipeline-action/test', timeouts)
  transports.push(transport)
  return new CircleCI({host, token, transport, clock, random: () => 0.5, log})
}

/** Every row of a listing. */
async function rowsOf<T>(pages: Pages<T>): Promise<readonly T[]> {
  const rows: T[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

function timeoutsFor({kind}: FaultKind): typeof PATIENT {
  return kind.startsWith('stall') ? QUICK : PATIENT
}

function classic(slug: Slug, fields: Partial<TriggerRequest> = {}): TriggerRequest {
  return {
    endpoint: 'classic',
    slug,
    ref: {branch: 'main'},
    parameters: {},
    ...fields
  } as TriggerRequest
}

async function triggered(rig: Rig, request = classic(rig.slug)): Promise<string> {
  const reply = await rig.circleci.trigger(request)
  if (reply.kind !== 'created') throw new Error(reply.message)
  return reply.pipeline.id
}

/** The last request, as `METHOD path?query`. */
function lastOf({simulator}: Rig): string {
  const request = simulator.requests.at(-1)
  return `${request?.method ?? ''} ${request?.url ?? ''}`
}

describe('the body of a trigger', () => {
  const slug = slugOf('gh/acme/shop')
  const run: TriggerRequest = {
    endpoint: 'run',
    slug,
    definitionId: undefined,
    checkout: undefined,
    config: undefined,
    parameters: {}
  }

  it.each([
    ['nothing', classic(slug, {ref: undefined}), {}],
    ['a branch', classic(slug), {branch: 'main'}],
    ['a tag', classic(slug, {ref: {tag: 'v1'}}), {tag: 'v1'}],
    [
      'parameters, with their types',
      classic(slug, {parameters: {a: '1', b: 1, c: true}}),
      {branch: 'main', parameters: {a: '1', b: 1, c: true}}
    ],
    ['nothing, of a run', run, {}],
    [
      'everything, of a run',
      {
        ...run,
        definitionId: 'd',
        checkout: {branch: 'main'},
        config: {tag: 'v1'},
        parameters: {x: false}
      },
      {
        definition_id: 'd',
        config: {tag: 'v1'},
        checkout: {branch: 'main'},
        parameters: {x: false}
      }
    ]
  ] as [string, TriggerRequest, object][])('holds %s, and no empty value', (_, request, body) => {
    expect(JSON.parse(JSON.stringify(triggerBody(request)))).toEqual(body)
    expect(Object.keys(triggerBody(request))).toEqual(Object.keys(body))
  })
})

describe('a client', () => {
  it('says on every request who asks, with the token, and on every POST of what type it is', async () => {
    const rig = await startRig()
    const {circleci, simulator, clock} = rig
    await circleci.me()
    const id = await triggered(rig)
    clock.advance(2000)
    for (const workflow of await circleci.workflows(id)) await circleci.cancelWorkflow(workflow.id)
    expect(simulator.requests.length).toBeGreaterThan(3)
    for (const {method, headers} of simulator.requests) {
      expect(headers).toMatchObject({
        accept: 'application/json',
        'user-agent': 'circleci-pipeline-action/test',
        'circle-token': simulator.token
      })
      expect(headers['content-type']).toBe(method === 'POST' ? 'application/json' : undefined)
    }
  })

  it('warns once about a status it does not know, of a workflow listed or read by its id', async () => {
    const {circleci, simulator, log} = await startRig()
    const strange = {id: 'a', name: 'build', status: 'quarantined'}
    const answers = [
      [{...strange, status: 'lost'}, '/workflow/*'],
      [strange, '/workflow/*'],
      [{items: [strange]}, '/pipeline/*/workflow']
    ] as const
    for (const [index, [body, path]] of answers.entries()) {
      const nth = index === 1 ? 2 : 1
      simulator.faults.add({kind: 'status', status: 200, body: JSON.stringify(body), path, nth})
    }
    await circleci.workflow('a')
    await circleci.workflow('a')
    await circleci.workflows('p')
    expect(log.of('warning').map(text => /status "(\w+)"/.exec(text)?.[1])).toEqual([
      'lost',
      'quarantined'
    ])
  })

  it('reads the user, the project and its definitions', async () => {
    const rig = await startRig({scenario: 'github-app-definitions'})
    const {circleci, slug} = rig
    expect(await circleci.me()).toMatchObject({login: 'developer', name: 'Dev Eloper'})
    const project = await circleci.project(slug)
    expect(lastOf(rig)).toBe(`GET /api/v2/project/${rig.simulator.slug}`)
    expect(project).toMatchObject({provider: 'CircleCI'})
    const definitions = await circleci.definitions(project.id)
    expect(definitions.length).toBeGreaterThan(1)
    expect(definitions[0]?.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(definitions[0]?.name).not.toBe('')
  })

  it('triggers, and reads the pipeline by id, by number and in lists', async () => {
    const {passing} = scenarios
    const scenario = {
      ...passing,
      project: {...passing.project, parameters: {count: {type: 'integer', default: 1} as const}}
    }
    const rig = await startRig({scenario})
    const {circleci, simulator, slug, clock} = rig
    simulator.startPipeline({ref: {branch: 'other'}})
    const reply = await circleci.trigger(classic(slug, {ref: {tag: 'v1'}, parameters: {count: 7}}))
    expect(lastOf(rig)).toBe('POST /api/v2/project/gh/acme/shop/pipeline')
    expect(JSON.parse(simulator.requests.at(-1)?.body ?? '')).toEqual({
      tag: 'v1',
      parameters: {count: 7}
    })
    if (reply.kind !== 'created') throw new Error(reply.message)
    const {id, number, createdAt} = reply.pipeline
    expect(Date.parse(createdAt)).toBe(clock.now())
    clock.advance(1000)
    const pipeline = await circleci.pipeline(id)
    expect(pipeline).toMatchObject({
      id,
      number,
      createdAt,
      state: 'created',
      projectSlug: 'gh/acme/shop',
      triggerType: 'api',
      actorLogin: 'developer',
      tag: 'v1',
      branch: undefined
    })
    expect(pipeline.revision).toMatch(/^[0-9a-f]{40}$/)
    expect(await circleci.pipelineByNumber(slug, number ?? 0)).toEqual(pipeline)
    const all = await rowsOf(circleci.pipelines(slug, {}))
    expect(all.map(item => item.id)).toEqual([id, expect.any(String)])
    expect(await rowsOf(circleci.pipelines(slug, {mine: true}))).toEqual([pipeline])
    const others = await rowsOf(circleci.pipelines(slug, {branch: 'other'}))
    expect(others.map(({branch}) => branch)).toEqual(['other'])
    expect(lastOf(rig)).toBe('GET /api/v2/project/gh/acme/shop/pipeline?branch=other')
    expect(await circleci.pipelineValues(id)).toMatchObject({
      'pipeline.number': number,
      'pipeline.git.tag': 'v1'
    })
    expect((await circleci.pipelineConfig(id)).source).not.toBe('')
  })

  it('triggers a run by its definition, or is told why there is none', async () => {
    const rig = await startRig({scenario: 'github-app'})
    const {circleci, slug, simulator} = rig
    const project = await circleci.project(slug)
    const [definition] = await circleci.definitions(project.id)
    const request: TriggerRequest = {
      endpoint: 'run',
      slug,
      definitionId: definition?.id,
      checkout: {branch: 'main'},
      config: {branch: 'main'},
      parameters: {}
    }
    expect(await circleci.trigger(request)).toMatchObject({kind: 'created'})
    expect(lastOf(rig)).toBe(`POST /api/v2/project/${simulator.slug}/pipeline/run`)
    const skipping = await startRig({scenario: 'skip-ci'})
    const skipped = {...request, slug: skipping.slug, definitionId: undefined}
    expect(await skipping.circleci.trigger(skipped)).toEqual({
      kind: 'no-pipeline',
      message: 'Ignoring pipeline due to CI skip in the commit'
    })
  })

  it('reads workflows and jobs, page after page', async () => {
    const rig = await startRig({scenario: 'failing', pageSize: 1})
    const id = await triggered(rig)
    rig.clock.advance(20_000)
    const workflows = await rig.circleci.workflows(id)
    expect(workflows.map(({name}) => name).sort()).toEqual(['build-and-test', 'docs'])
    const failed = workflows.find(({name}) => name === 'build-and-test')
    expect(failed).toMatchObject({status: 'failed', setup: false})
    const jobs = await rig.circleci.jobs(failed?.id ?? '')
    expect(jobs.map(({name}) => name)).toEqual(['lint', 'typecheck', 'unit-tests', 'build-image'])
    expect(jobs.map(({status}) => status)).toEqual(['success', 'failed', 'failed', 'not_run'])
    expect(lastOf(rig)).toMatch(/\/job\?page-token=[^&]+$/)
  })

  it('approves, cancels and reruns', async () => {
    const rig = await startRig({scenario: 'on-hold'})
    const {circleci, clock} = rig
    const id = await triggered(rig)
    clock.advance(20_000)
    const [held] = await circleci.workflows(id)
    expect(held?.status).toBe('on_hold')
    const workflowId = held?.id ?? ''
    const hold = (await circleci.jobs(workflowId)).find(({type}) => type === 'approval')
    await circleci.approve(workflowId, hold?.approvalRequestId ?? '')
    expect((await circleci.workflows(id))[0]?.status).toBe('running')
    await circleci.cancelWorkflow(workflowId)
    clock.advance(20_000)
    expect((await circleci.workflows(id))[0]?.status).toBe('canceled')
    const failing = await startRig({scenario: 'flaky'})
    const flaky = await triggered(failing)
    failing.clock.advance(20_000)
    const [failed] = await failing.circleci.workflows(flaky)
    const rerun = await failing.circleci.rerunFromFailed(failed?.id ?? '')
    expect(JSON.parse(failing.simulator.requests.at(-1)?.body ?? '')).toEqual({from_failed: true})
    expect((await failing.circleci.workflows(flaky)).map(workflow => workflow.id)).toContain(rerun)
  })

  it('reads tests, artifacts, steps and their outputs, and Insights', async () => {
    const {failing} = scenarios
    const rig = await startRig({
      scenario: {...failing, behaviour: {artifactHost: 'api'}},
      pageSize: 2
    })
    const {circleci, slug, simulator} = rig
    const id = await triggered(rig)
    rig.clock.advance(20_000)
    const workflow = (await circleci.workflows(id)).find(({name}) => name === 'build-and-test')
    const job = (await circleci.jobs(workflow?.id ?? '')).find(({name}) => name === 'unit-tests')
    const number = job?.number ?? 0
    const tests = circleci.tests(slug, number)
    const first = await tests.next()
    expect(first.value).toHaveLength(2)
    expect(await tests.next()).not.toEqual(first)

    const [artifact] = await rowsOf(circleci.artifacts(slug, number))
    expect(artifact?.path).toBe('coverage/index.html')
    const download = await circleci.openArtifact(artifact?.url ?? '', 0)
    let bytes = 0
    for await (const chunk of download.body) bytes += chunk.length
    expect(bytes).toBeGreaterThan(0)
    const seen = simulator.requests
      .slice(-2)
      .map(({origin, headers}) => [origin, headers['circle-token']])
    expect(seen).toEqual([
      ['api', simulator.token],
      ['storage', undefined]
    ])

    const actions = await circleci.stepActions(slug, number)
    expect(lastOf(rig)).toBe(`GET /api/v1.1/project/gh/acme/shop/${number}`)
    const failed = actions.find(action => action.failed === true)
    expect(failed).toMatchObject({stepName: 'Run unit tests', nodeIndex: 1, status: 'failed'})
    const url = failed?.outputUrl ?? ''
    const whole = await circleci.stepOutput(url, 1_000_000)
    expect(whole.cut).toBe(false)
    expect(whole.text).toContain('npm error code 1')
    const end = await circleci.stepOutput(url, 600)
    expect(end.cut).toBe(true)
    expect(whole.text.endsWith(end.text)).toBe(true)
    expect(simulator.requests.at(-1)?.origin).toBe('output')
    expect(simulator.requests.at(-1)?.headers).not.toHaveProperty('circle-token')

    const runs = await circleci.workflowRuns(slug, 'build-and-test', undefined)
    expect(lastOf(rig)).toBe(
      'GET /api/v2/insights/gh/acme/shop/workflows/build-and-test?all-branches=true'
    )
    expect(runs.length).toBeGreaterThan(0)
    await circleci.workflowRuns(slug, 'build-and-test', 'main')
    expect(lastOf(rig)).toBe(
      'GET /api/v2/insights/gh/acme/shop/workflows/build-and-test?branch=main'
    )
    expect(await circleci.flakyTests(slug)).toEqual([
      expect.objectContaining({jobName: 'unit-tests', classname: 'Cart'})
    ])
  })

  it("tells CircleCI's clock", async () => {
    const {circleci, clock} = await startRig({skewMs: 90_000})
    expect(circleci.serverNow()).toBeUndefined()
    await circleci.me()
    expect(Math.abs((circleci.serverNow() ?? 0) - clock.now() - 90_000)).toBeLessThan(1000)
  })

  it('passes on what CircleCI says when it refuses', async () => {
    const {circleci, simulator, slug, clock, log} = await startRig()
    await expect(circleci.pipeline('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
      name: 'RefusedError',
      status: 404
    })
    await expect(
      circleci.trigger(classic(slug, {ref: {branch: 'no-such-branch'}}))
    ).rejects.toThrow(
      new RefusedError('POST /api/v2/project/gh/acme/shop/pipeline', 400, 'Branch not found')
    )
    const stranger = clientOf(simulator.url, 'wrong', clock, log)
    await expect(stranger.me()).rejects.toMatchObject({name: 'RefusedError', status: 401})
  })
})

describe('an error', () => {
  it.each([
    ['a call', (circleci: CircleCI) => circleci.pipeline('a', {patienceMs: 0})],
    ['a listing', (circleci: CircleCI) => circleci.workflows('a', {patienceMs: 0})]
  ])('of %s has the caller on its stack, few frames away', async (_, call) => {
    const {circleci, simulator} = await startRig()
    simulator.faults.add({kind: 'status', status: 503})
    async function theCaller(): Promise<unknown> {
      return await call(circleci)
    }
    const error: unknown = await theCaller().catch((thrown: unknown) => thrown)
    const frames = ((error as Error).stack ?? '').split('\n').slice(1)
    const own = frames.findIndex(line => line.includes('theCaller'))
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThanOrEqual(9)
  })
})

describe('paths', () => {
  it.each([
    ['gh/acme/shop', '/api/v2/project/gh/acme/shop'],
    ['github/Acme.Inc/shop_2', '/api/v2/project/gh/Acme.Inc/shop_2'],
    ['circleci/9Yyt/44n9', '/api/v2/project/circleci/9Yyt/44n9'],
    ['gh/größe/a+b&c', '/api/v2/project/gh/gr%C3%B6%C3%9Fe/a%2Bb%26c']
  ])('of the project %s', async (text, path) => {
    const rig = await startRig()
    await rig.circleci.project(slugOf(text)).catch(() => undefined)
    expect(rig.simulator.requests.at(-1)?.url).toBe(path)
  })

  it('hold names of workflows and ids as one segment, whatever is in them', async () => {
    const rig = await startRig()
    const {circleci, slug, simulator} = rig
    await circleci.workflowRuns(slug, 'a/b ?#%\ud83d', undefined).catch(() => undefined)
    expect(simulator.requests.at(-1)?.path).toBe(
      '/api/v2/insights/gh/acme/shop/workflows/a%2Fb%20%3F%23%25%EF%BF%BD'
    )
    await circleci.cancelWorkflow('a/../b').catch(() => undefined)
    expect(simulator.requests.at(-1)?.path).toBe('/api/v2/workflow/a%2F..%2Fb/cancel')
    simulator.faults.add({
      kind: 'status',
      status: 200,
      body: '{"items":[],"next_page_token":"a&b=c d"}'
    })
    await rowsOf(circleci.pipelines(slug, {branch: 'e?f'})).catch(() => undefined)
    expect(simulator.requests.at(-1)?.url).toBe(
      '/api/v2/project/gh/acme/shop/pipeline?branch=e%3Ff&page-token=a%26b%3Dc+d'
    )
  })
})

describe('a listing', () => {
  const workflow = (id: string) => ({id, name: `w-${id}`, status: 'success'})
  const page = (ids: string[], next?: string | null): string =>
    JSON.stringify({items: ids.map(workflow), next_page_token: next})

  /** Answers pages of workflows as told: by token. */
  async function listing(pages: Record<string, string>): Promise<Rig> {
    const rig = await startRig()
    const answers = Object.entries(pages)
    rig.simulator.faults.add(
      ...answers.map(([, body], index) => ({
        kind: 'status' as const,
        status: 200,
        body,
        path: '/pipeline/*/workflow',
        nth: index + 1
      }))
    )
    return rig
  }

  it.each([
    ['null', page(['a'], null)],
    ['missing', page(['a'])],
    ['empty', page(['a'], '')]
  ])('ends when the next page is %s', async (_, body) => {
    const {circleci, simulator} = await listing({first: body})
    expect((await circleci.workflows('p')).map(({id}) => id)).toEqual(['a'])
    expect(simulator.requests).toHaveLength(1)
  })

  it('tells an item twice that moved to the next page meanwhile, and a row without an id', async () => {
    const {circleci} = await listing({
      first: page(['a', 'b'], 't1'),
      second: JSON.stringify({items: [{...workflow('b'), status: 'failed'}, workflow('')]})
    })
    const found = await circleci.workflows('p')
    expect(found.map(({id, status}) => `${id} ${status}`)).toEqual([
      'a success',
      'b success',
      'b failed',
      ' success'
    ])
  })

  it.each([
    ['the same page again', {1: page(['a'], 't1'), 2: page(['b'], 't1'), 3: page(['b'], 't1')}],
    ['an earlier page', {1: page(['a'], 't1'), 2: page(['b'], 't2'), 3: page(['c'], 't1')}]
  ])('that leads to %s is never taken for the whole', async (_, pages) => {
    const {circleci} = await listing(pages)
    await expect(circleci.workflows('p', {patienceMs: 0})).rejects.toThrow(
      'unexpected JSON (listing: its pages come again)'
    )
  })

  it('goes on where it was once the pages are well again', async () => {
    const {circleci, simulator} = await listing({
      first: page(['a'], 't1'),
      again: page(['b'], 't1'),
      well: page(['b'])
    })
    expect((await circleci.workflows('p')).map(({id}) => id)).toEqual(['a', 'b'])
    expect(simulator.requests.map(({url}) => url)).toEqual([
      '/api/v2/pipeline/p/workflow',
      '/api/v2/pipeline/p/workflow?page-token=t1',
      '/api/v2/pipeline/p/workflow?page-token=t1'
    ])
  })

  it.each([
    ['{}'],
    ['{"items":null}'],
    ['{"items":{}}'],
    ['{"items":[null]}'],
    ['[]'],
    ['{"items":[],"next_page_token":7}'],
    ['{"items":[],"next_page_token":{"token":"t"}}']
  ])('that is none is no empty one: %s', async body => {
    const {circleci} = await listing({first: body})
    await expect(circleci.workflows('p', {patienceMs: 0})).rejects.toThrow(UnavailableError)
  })

  it('retries only the page that failed', async () => {
    const rig = await startRig({scenario: 'failing', pageSize: 1})
    const id = await triggered(rig)
    rig.clock.advance(20_000)
    rig.simulator.faults.add({kind: 'status', status: 502, path: '/pipeline/*/workflow', nth: 2})
    const told: string[] = []
    const options: CallOptions = {onRetry: ({message}) => told.push(message)}
    expect(await rig.circleci.workflows(id, options)).toHaveLength(2)
    expect(told).toEqual([
      `GET /api/v2/pipeline/${id}/workflow was answered 502 (Internal server error.)`
    ])
    expect(rig.simulator.requests.filter(({url}) => url.endsWith('/workflow'))).toHaveLength(1)
  })
})

describe('a trigger under faults', () => {
  it.each([
    [{kind: 'cut-before'}, 'unknown', 0],
    [{kind: 'cut-after'}, 'unknown', 1],
    [{kind: 'cut-body'}, 'unknown', 1],
    [{kind: 'stall-headers'}, 'unknown', 1],
    [{kind: 'stall-headers', processed: false}, 'unknown', 0],
    [{kind: 'stall-body'}, 'unknown', 1],
    [{kind: 'truncate'}, 'unknown', 1],
    [{kind: 'empty'}, 'unknown', 1],
    [{kind: 'html'}, 'unknown', 0],
    [{kind: 'html', processed: true}, 'unknown', 1],
    [{kind: 'redirect', location: '/login'}, 'unknown', 0],
    [{kind: 'status', status: 429, body: 'Rate limited.'}, 'unknown', 0],
    [{kind: 'status', status: 429, body: '{"message":"Rate limit exceeded."}'}, 'no', 0],
    [{kind: 'status', status: 408}, 'unknown', 0],
    [{kind: 'status', status: 500}, 'unknown', 0],
    [{kind: 'status', status: 502, processed: true}, 'unknown', 1],
    [{kind: 'status', status: 504, body: '<html>'}, 'unknown', 0]
  ] as [FaultKind, 'no' | 'unknown', number][])(
    'is sent once, and never said to be unprocessed when it was: %j',
    async (fault, processed, pipelines) => {
      const {circleci, simulator, slug, clock} = await startRig({}, timeoutsFor(fault))
      simulator.faults.add({...fault, method: 'POST'})
      await expect(circleci.trigger(classic(slug))).rejects.toMatchObject({
        name: 'UnavailableError',
        processed
      })
      expect(simulator.requests).toHaveLength(1)
      expect(simulator.pipelines()).toHaveLength(pipelines)
      expect(clock.sleeps).toEqual([])
    }
  )

  it('is known not to have arrived where nobody listens', async () => {
    const host = `http://127.0.0.1:${await closedPort()}`
    const circleci = clientOf(host, 'token', fakeClock(), recordedLog())
    const slug = slugOf('gh/acme/shop')
    await expect(circleci.trigger(classic(slug))).rejects.toMatchObject({processed: 'no'})
  })

  it('may drip', async () => {
    const {circleci, simulator, slug} = await startRig()
    simulator.faults.add({kind: 'drip', bytes: 20, everyMs: 5, method: 'POST'})
    expect(await circleci.trigger(classic(slug))).toMatchObject({kind: 'created'})
  })

  it.each([
    '{"id":"a"}',
    '{"id":"a","number":null}',
    '{"id":"a","number":0}',
    '{"id":"a","number":1.5}'
  ])('makes up no number where the answer tells none: %s', async body => {
    const {circleci, simulator, slug} = await startRig()
    simulator.faults.add({kind: 'status', status: 201, body, method: 'POST'})
    expect(await circleci.trigger(classic(slug))).toEqual({
      kind: 'created',
      pipeline: {id: 'a', number: undefined, state: 'pending', createdAt: ''}
    })
  })

  it.each([
    [201, '{"state":"created","number":1}'],
    [201, '{"id":"","number":1}'],
    [201, '{"message":"no pipeline?"}'],
    [200, '{}'],
    [200, '{"message":7}'],
    [200, '[]']
  ])(
    'answered %i with %s by the classic endpoint may have made a pipeline',
    async (status, body) => {
      const {circleci, simulator, slug} = await startRig()
      simulator.faults.add({kind: 'status', status, body, method: 'POST'})
      await expect(circleci.trigger(classic(slug))).rejects.toMatchObject({
        name: 'UnavailableError',
        processed: 'unknown'
      })
    }
  )
})

describe('a run answered 200 without a pipeline', () => {
  const answered = async (body: string) => {
    const {circleci, simulator, slug} = await startRig()
    simulator.faults.add({kind: 'status', status: 200, body, method: 'POST'})
    const ref = {branch: 'main'}
    return circleci.trigger({
      endpoint: 'run',
      slug,
      definitionId: undefined,
      checkout: ref,
      config: ref,
      parameters: {}
    })
  }

  it.each([
    ['{}', ''],
    ['[]', ''],
    ['null', ''],
    ['"skipped"', ''],
    ['', ''],
    ['{"message":7}', ''],
    ['{"message":"CI skip"}', 'CI skip']
  ])('made none, whatever its body: %s', async (body, message) => {
    expect(await answered(body)).toEqual({kind: 'no-pipeline', message})
  })

  it("but for one that is no JSON, and so not CircleCI's", async () => {
    await expect(answered('<html>')).rejects.toMatchObject({processed: 'unknown'})
  })
})

describe('reads under faults', () => {
  it.each([
    {kind: 'cut-before'},
    {kind: 'cut-body'},
    {kind: 'stall-headers'},
    {kind: 'stall-body'},
    {kind: 'truncate'},
    {kind: 'empty'},
    {kind: 'html'},
    {kind: 'status', status: 503},
    {kind: 'status', status: 429, headers: {'Retry-After': '30'}}
  ] as FaultKind[])('go through in the end: %j', async fault => {
    const {circleci, simulator, clock} = await startRig({}, timeoutsFor(fault))
    simulator.faults.add({...fault, times: 2})
    const start = clock.now()
    expect(await circleci.me()).toMatchObject({login: 'developer'})
    expect(simulator.requests).toHaveLength(3)
    expect(clock.now() - start).toBe('headers' in fault ? 60_000 : 750)
  })

  it('of a step output go through as well', async () => {
    const rig = await startRig({scenario: 'failing'})
    const {circleci, simulator, slug} = rig
    const id = await triggered(rig)
    rig.clock.advance(20_000)
    const workflow = (await circleci.workflows(id)).find(({name}) => name === 'build-and-test')
    const job = (await circleci.jobs(workflow?.id ?? '')).find(({name}) => name === 'typecheck')
    const actions = await circleci.stepActions(slug, job?.number ?? 0)
    const url = actions.find(({status}) => status === 'failed')?.outputUrl ?? ''
    simulator.faults.add({kind: 'status', status: 503, host: 'output', times: 2})
    expect((await circleci.stepOutput(url, 100_000)).text).toContain('error TS')
    simulator.faults.add({kind: 'status', status: 503, host: 'output'})
    await expect(circleci.stepOutput(url, 100, {patienceMs: 0})).rejects.toThrow(UnavailableError)
  })
})
