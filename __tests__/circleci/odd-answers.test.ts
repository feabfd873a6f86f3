import {brotliCompressSync, deflateSync, gzipSync} from 'node:zlib'

import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {CircleCI, type CallOptions, type Pages} from '../../src/circleci/client.ts'
import {AbortedError, RefusedError, UnavailableError, WireFault} from '../../src/circleci/faults.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {scriptedTransport, type Answer, type Step} from './scripted-transport.ts'

const ID = '5034460f-c7c4-4c43-9457-de07e2029e7b'
const SLUG = {provider: 'gh', organization: 'acme', project: 'shop'} as const
const HOST = 'https://circleci.example.com'
const ONCE: CallOptions = {patienceMs: 0}
const TRIGGER = {endpoint: 'classic', slug: SLUG, ref: {branch: 'main'}, parameters: {}} as const

/** The first page of a listing. */
async function firstOf<T>(pages: Pages<T>): Promise<unknown> {
  return (await pages.next()).value
}

/** Every request of the client's that expects JSON. */
const reads: Readonly<Record<string, (circleci: CircleCI) => Promise<unknown>>> = {
  me: circleci => circleci.me(ONCE),
  project: circleci => circleci.project(SLUG, ONCE),
  definitions: circleci => circleci.definitions(ID, ONCE),
  trigger: circleci => circleci.trigger(TRIGGER),
  pipeline: circleci => circleci.pipeline(ID, ONCE),
  pipelineByNumber: circleci => circleci.pipelineByNumber(SLUG, 7, ONCE),
  pipelines: circleci => firstOf(circleci.pipelines(SLUG, {mine: true}, ONCE)),
  pipelineValues: circleci => circleci.pipelineValues(ID, ONCE),
  pipelineConfig: circleci => circleci.pipelineConfig(ID, ONCE),
  workflow: circleci => circleci.workflow(ID, ONCE),
  workflows: circleci => circleci.workflows(ID, ONCE),
  jobs: circleci => circleci.jobs(ID, ONCE),
  rerunFromFailed: circleci => circleci.rerunFromFailed(ID),
  artifacts: circleci => firstOf(circleci.artifacts(SLUG, 7, ONCE)),
  tests: circleci => firstOf(circleci.tests(SLUG, 7, ONCE)),
  workflowRuns: circleci => circleci.workflowRuns(SLUG, 'build', undefined, ONCE),
  flakyTests: circleci => circleci.flakyTests(SLUG, ONCE),
  stepActions: circleci => circleci.stepActions(SLUG, 7, ONCE),
  jobSteps: circleci => circleci.jobSteps(ID, ONCE)
}

/** Those that need no answer but that there is one. */
const requests: Readonly<Record<string, (circleci: CircleCI) => Promise<unknown>>> = {
  approve: circleci => circleci.approve(ID, ID, ONCE),
  cancelWorkflow: circleci => circleci.cancelWorkflow(ID, ONCE)
}

const others: Readonly<Record<string, (circleci: CircleCI) => Promise<unknown>>> = {
  stepOutput: circleci => circleci.stepOutput(`${HOST}/output`, 1000, ONCE),
  stepLog: circleci => circleci.stepLog([{path: '/output', bytes: undefined}], 1000, ONCE),
  openArtifact: async circleci => {
    const {body} = await circleci.openArtifact(`${HOST}/artifact`, 0)
    for await (const chunk of body) if (chunk.length > 1e9) throw new Error('never')
  }
}

function clientOf(...steps: readonly Step[]): CircleCI {
  return new CircleCI({
    host: HOST,
    token: 'token',
    transport: scriptedTransport(...steps),
    clock: fakeClock(),
    random: () => 0.5,
    log: recordedLog()
  })
}

type Outcome = {readonly value: unknown} | {readonly error: Error}

/** What became of a call: its value, or one of the three errors it may end in; anything else fails the test. */
async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return {value: await call}
  } catch (error) {
    if (
      error instanceof RefusedError ||
      error instanceof UnavailableError ||
      error instanceof AbortedError
    ) {
      return {error}
    }
    throw error
  }
}

/** Names that mean something to the client, so that made-up JSON gets past its first glance now and then. */
const names = fc.constantFrom(
  ...['id', 'name', 'number', 'state', 'status', 'items', 'next_page_token', 'message', 'error'],
  ...['created_at', 'errors', 'warnings', 'vcs', 'trigger', 'trigger_parameters', 'git', 'branch'],
  ...['workflow_id', 'path', 'url', 'steps', 'actions', 'flaky_tests', '__proto__', 'toString']
)
const json = fc.letrec<{value: unknown}>(tie => ({
  value: fc.oneof(
    {depthSize: 'small'},
    fc.constantFrom<unknown>(null, true, 0, -1.5, 7, '', 'created', 'success', ID),
    fc.string(),
    fc.double(),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(fc.oneof(names, fc.string()), tie('value'), {maxKeys: 8})
  )
})).value

/** Almost what CircleCI sends. */
const likely = fc.record(
  {
    id: fc.oneof(fc.constant(ID), json),
    name: fc.oneof(fc.string(), json),
    number: fc.oneof(fc.nat(), json),
    state: fc.oneof(fc.constant('created'), json),
    status: json,
    items: fc.oneof(
      fc.array(fc.oneof(fc.record({id: fc.constant(ID), name: fc.string()}), json)),
      json
    ),
    next_page_token: fc.oneof(fc.constant(null), json),
    message: json,
    error: json,
    workflow_id: json,
    steps: json
  },
  {requiredKeys: []}
)
const text = fc.oneof(
  fc.oneof(json, likely).map(value => JSON.stringify(value)),
  likely.map(value => `\ufeff${JSON.stringify(value)}`),
  likely.map(value => JSON.stringify(value).slice(0, -1)),
  fc.constantFrom('', ' ', '<html>', 'Rate limited.', 'null', '[]', '{}', '{"message":"No."}'),
  fc.string()
)
const encodings: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  identity: bytes => bytes
}
const answers: fc.Arbitrary<Answer> = fc
  .record({
    status: fc.oneof(
      fc.constantFrom(200, 201, 202, 204, 206, 301, 302, 400, 401, 403, 404, 408, 416, 429),
      fc.constantFrom(500, 502, 503, 504),
      fc.integer({min: 200, max: 999})
    ),
    body: fc.oneof(
      text.map(body => Buffer.from(body)),
      fc.uint8Array()
    ),
    encoding: fc.constantFrom(...Object.keys(encodings), 'zstd', 'toString', 'gzip, gzip'),
    honest: fc.boolean(),
    headers: fc.dictionary(
      fc.constantFrom(
        ...['retry-after', 'ratelimit-remaining', 'ratelimit-reset', 'ratelimit-limit', 'date'],
        ...['location', 'content-type', 'content-range', 'deprecation', 'sunset', 'etag']
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom('0', '2', '-1', '1e99', 'text/html', '/', 'https://example.com/x'),
        fc.constant('Mon, 02 Mar 2026 11:00:00 GMT')
      )
    ),
    broken: fc.option(fc.constant(new WireFault('aborted', true)), {nil: undefined, freq: 10})
  })
  .map(({encoding, honest, body, headers, ...answer}) => ({
    ...answer,
    headers: {...headers, ...(encoding === 'identity' ? {} : {'content-encoding': encoding})},
    body: honest ? (encodings[encoding]?.(body) ?? body) : body
  }))

/** The rules that an outcome breaks. */
function brokenRules(outcome: Outcome, status: number): string[] {
  const hundred = Math.floor(status / 100)
  if ('value' in outcome) return hundred === 2 ? [] : ['a value for what is no 2xx']
  const {error} = outcome
  const rules: Readonly<Record<string, boolean>> = {
    'a refusal without a 4xx':
      error instanceof RefusedError && (hundred !== 4 || status === 408 || status === 429),
    'a 5xx for foreign': error instanceof UnavailableError && error.foreign && status >= 500,
    'surely not processed without a 429':
      error instanceof UnavailableError && error.processed === 'no' && status !== 429
  }
  return Object.keys(rules).filter(rule => rules[rule] === true)
}

describe('whatever is answered', () => {
  it.each(Object.keys(others))(
    '%s ends in a value, or in an error that is foreseen',
    async name => {
      await fc.assert(
        fc.asyncProperty(answers, async answer => {
          const outcome = await outcomeOf(others[name]?.(clientOf(answer, {})) ?? Promise.resolve())
          expect(Object.keys(outcome)).toHaveLength(1)
        }),
        {numRuns: 40}
      )
    }
  )

  it.each(Object.keys({...reads, ...requests}))(
    '%s takes nothing but a 2xx for an answer, and nothing but a 4xx in JSON for a refusal',
    async name => {
      const call = {...reads, ...requests}[name]
      await fc.assert(
        fc.asyncProperty(answers, async answer => {
          const outcome = await outcomeOf(call?.(clientOf(answer)) ?? Promise.resolve())
          expect(brokenRules(outcome, answer.status ?? 0)).toEqual([])
        }),
        {numRuns: 40}
      )
    }
  )

  it.each(['workflows', 'jobs', 'workflow', 'pipeline', 'pipelines', 'rerunFromFailed'])(
    '%s makes up no id, no name and no status',
    async name => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(likely, json), async body => {
          const outcome = await outcomeOf(reads[name]?.(clientOf({body})) ?? Promise.resolve())
          const told = JSON.stringify(body)
          const words = 'value' in outcome ? wordsOf(outcome.value) : []
          expect(words.filter(word => !told.includes(JSON.stringify(word)))).toEqual([])
        }),
        {numRuns: 40}
      )
    }
  )

  it.each(Object.keys(reads))(
    '%s takes neither nothing nor a page of HTML for an answer',
    async name => {
      for (const body of ['', ' \n', '<html>', 'OK', '[]', 'null', '"ok"', '7', 'true']) {
        for (const status of [200, 201, 202, 204]) {
          const outcome = await outcomeOf(
            reads[name]?.(clientOf({status, body})) ?? Promise.resolve()
          )
          expect(outcome).toMatchObject({error: {name: 'UnavailableError', foreign: true}})
        }
      }
    }
  )

  it.each(Object.keys(requests))('%s needs no words, but CircleCI to say them', async name => {
    const asked = (answer: Answer): Promise<unknown> =>
      outcomeOf(requests[name]?.(clientOf(answer)) ?? Promise.resolve())
    for (const body of ['', ' ', '{}', '{"message":"Accepted."}']) {
      expect(await asked({status: 202, body})).toEqual({value: undefined})
    }
    for (const body of ['<html>', 'OK', '[]', '"ok"', 'null']) {
      expect(await asked({status: 200, body})).toMatchObject({error: {foreign: true}})
    }
  })
})

/** Every id, name, status and state in what was read. */
function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf)
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const row = value as Readonly<Record<string, unknown>>
  const own = ['id', 'name', 'status', 'state'].map(key => row[key])
  const words = own.filter(word => typeof word === 'string' && word !== '' && word !== 'unknown')
  return [...(words as string[]), ...wordsOf(row['items'] ?? [])]
}

describe('JSON nested twenty thousand deep', () => {
  const lists = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const objects = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`

  it.each(Object.entries({lists, objects}))('is trouble at most: %s', async (_, deep) => {
    const bodies = [
      deep,
      `{"items":[${deep}],"next_page_token":null}`,
      `{"id":${deep},"name":${deep},"number":${deep},"state":${deep}}`,
      `{"items":[{"id":"${ID}","name":"x","status":${deep}}],"next_page_token":${deep}}`
    ]
    for (const body of bodies) {
      for (const call of Object.values(reads)) {
        const outcome = await outcomeOf(call(clientOf({body})))
        expect('error' in outcome ? outcome.error.message.length : 0).toBeLessThan(500)
      }
    }
  })

  it.each([400, 404, 429, 500])('is no words, when it is answered with %i', async status => {
    for (const deep of [lists, objects]) {
      for (const body of [deep, `{"message":${deep}}`, `{"error":{"title":${deep}}}`]) {
        const outcome = await outcomeOf(clientOf({status, body}).me(ONCE))
        expect('error' in outcome ? outcome.error.message.length : 0).toBeLessThan(500)
      }
    }
  })

  it('is described by its type', async () => {
    const body = `{"items":[${lists}],"next_page_token":null}`
    await expect(clientOf({body}).workflows(ID, ONCE)).rejects.toThrow(
      'with unexpected JSON (workflow: expected an object, got a list)'
    )
  })
})

describe('a listing of far too many rows', () => {
  it.each([
    ['jobs', 20_000, /more than 10000 rows/],
    ['workflows', 100_000, /more than 50000 in "items"/],
    ['pipelines', 100_000, /more than 50000 in "items"/],
    ['tests', 100_000, /more than 50000 in "items"/]
  ])('is trouble: %s of %d', async (name, count, problem) => {
    const row = JSON.stringify({id: ID, name: 'x', number: 7, state: 'created'})
    const body = `{"items":[${`${row},`.repeat(count - 1)}${row}],"next_page_token":null}`
    const outcome = await outcomeOf(reads[name]?.(clientOf({body})) ?? Promise.resolve())
    expect(outcome).toMatchObject({error: {name: 'UnavailableError'}})
    expect(outcome).toMatchObject({error: {message: expect.stringMatching(problem)}})
  })
})
