import {describe, expect, it} from '@jest/globals'
import type {TriggerReply, TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {AbortedError, RefusedError} from '../../src/circleci/faults.ts'
import type {Pipeline} from '../../src/circleci/model.ts'
import {ActionError} from '../../src/base/errors.ts'
import {parseIntent, type Intent} from '../../src/trigger/intent.ts'
import {Baseline} from '../../src/trigger/first-read.ts'
import {triggerOnce, type TriggerOutcome} from '../../src/trigger/once.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {
  aPipeline,
  aRequest,
  denied,
  fakeCircleCI,
  lost,
  notTaken,
  SLUG,
  type FakeCircleCI,
  type Script
} from './fake-circleci.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const MADE = {id: 'pipeline-9', number: 9, state: 'created', createdAt: '2026-03-02T09:00:20.000Z'}
const created: TriggerReply = {kind: 'created', pipeline: MADE}

interface Run {
  readonly clock: FakeClock
  readonly fake: FakeCircleCI
  readonly lines: readonly string[]
  /** What was saved, in order; `undefined`: forgotten. */
  readonly saved: readonly (Intent | undefined)[]
  readonly controller: AbortController
  readonly start: (request?: TriggerRequest) => Promise<TriggerOutcome>
}

/** `mine` and `project` are asked with the count of those since the trigger: the list before it is `before`. */
function run(
  {mine, before = [], ...script}: Partial<Script> & {before?: readonly Pipeline[] | Error},
  {host = 'https://circleci.com', requestId}: {host?: string; requestId?: string} = {}
): Run {
  const clock = fakeClock(START)
  const fake = fakeCircleCI({
    clock,
    mine: count => (count === 0 ? before : (mine?.(count - 1) ?? [])),
    ...script
  })
  const lines: string[] = []
  const saved: (Intent | undefined)[] = []
  const controller = new AbortController()
  const line =
    (level: string) =>
    (message: string): void => {
      lines.push(`${level}: ${message}`)
    }
  const start = (request = aRequest()): Promise<TriggerOutcome> =>
    triggerOnce(request, {
      circleci: fake.circleci,
      clock,
      random: () => 0.5,
      host,
      baseline: new Baseline(),
      requestId,
      signal: controller.signal,
      log: {
        debug: line('debug'),
        info: line('info'),
        notice: line('notice'),
        warning: line('warning'),
        error: line('error'),
        group: line('group')
      },
      saveIntent: intent => {
        saved.push(intent)
      },
      savePipeline: () => undefined
    })
  return {clock, fake, lines, saved, controller, start}
}

/** The answers of one POST after another; the last repeats. */
const inTurn =
  (...answers: (TriggerReply | Error)[]) =>
  (count: number): TriggerReply | Error =>
    answers[count] ?? answers.at(-1) ?? created

async function failure(promise: Promise<unknown>): Promise<ActionError> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ActionError)
  return error as ActionError
}

const posts = ({calls}: FakeCircleCI): number => calls.filter(call => call === 'trigger').length

describe('triggerOnce, answered', () => {
  it('reads one list, sends one request and nothing else, its intent saved before', async () => {
    const {start, fake, saved, lines} = run(
      {trigger: () => created, before: [aPipeline({number: 40}), aPipeline({number: 41})]},
      {requestId: 'ccp-1-1-a-b'}
    )
    expect(await start()).toEqual(created)
    expect(fake.calls).toEqual(['mine', 'trigger'])
    expect(saved).toHaveLength(1)
    expect(parseIntent(JSON.stringify(saved[0]))).toEqual(saved[0])
    expect(saved[0]).toMatchObject({
      slug: 'gh/acme/shop',
      ref: {branch: 'main'},
      requestId: 'ccp-1-1-a-b',
      after: 41,
      since: START,
      sentAt: START
    })
    expect(lines).toEqual([])
  })

  it('says so when the run endpoint makes none', async () => {
    const request: TriggerRequest = {
      endpoint: 'run',
      slug: SLUG,
      definitionId: undefined,
      checkout: {branch: 'main'},
      config: undefined,
      parameters: {}
    }
    const {start, saved} = run({trigger: () => ({kind: 'no-pipeline', message: 'CI skip'})})
    expect(await start(request)).toEqual({kind: 'no-pipeline', message: 'CI skip'})
    expect(saved.at(-1)).toBeUndefined()
  })

  const numberless: TriggerReply = {kind: 'created', pipeline: {...MADE, number: undefined}}

  it('asks for the number by the id where the answer told only that', async () => {
    const {start, fake} = run({
      trigger: () => numberless,
      pipeline: count => [denied(), lost()][count] ?? aPipeline({id: MADE.id, number: 9})
    })
    expect(await start()).toEqual(created)
    expect(fake.calls).toEqual(['mine', 'trigger', 'pipeline', 'pipeline', 'pipeline'])
  })

  it('names the pipeline by its id when the number is not told for a minute', async () => {
    const {start, fake, saved} = run({trigger: () => numberless, pipeline: () => denied()})
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(error.message).toBe(
      'CircleCI created pipeline pipeline-9 of gh/acme/shop, but does not say its number (GET /pipeline was answered 403: Permission denied). It may be running: look at https://app.circleci.com/pipelines/github/acme/shop. To wait for it, run this step with "pipeline: pipeline-9".'
    )
    expect(posts(fake)).toBe(1)
    expect(saved.at(-1)).toBeUndefined()
  })

  it('passes a refusal on as it is', async () => {
    const refusal = new RefusedError('POST /pipeline', 400, 'Branch not found')
    const {start, fake, saved} = run({trigger: () => refusal})
    await expect(start()).rejects.toBe(refusal)
    expect(fake.calls).toEqual(['mine', 'trigger'])
    expect(saved).toHaveLength(2)
    expect(saved.at(-1)).toBeUndefined()
  })

  it('passes on what is no fault of CircleCI, its intent kept', async () => {
    const {start, saved} = run({trigger: () => new TypeError('a bug')})
    await expect(start()).rejects.toThrow('a bug')
    expect(saved.at(-1)).toBeDefined()
  })
})

describe('triggerOnce, certainly not acted upon', () => {
  it('sends it again, with pauses that grow, and searches for nothing', async () => {
    const {start, fake, lines} = run({
      trigger: inTurn(notTaken(), notTaken(), notTaken(), created)
    })
    expect(await start()).toEqual(created)
    expect(fake.calls).toEqual(['mine', 'trigger', 'trigger', 'trigger', 'trigger'])
    const gaps = fake.times.slice(2).map((time, index) => time - (fake.times[index + 1] ?? 0))
    expect(gaps).toEqual([500, 1000, 2000])
    expect(lines.filter(line => !line.startsWith('debug'))).toEqual([
      'warning: The trigger of gh/acme/shop failed: POST /api/v2/project/gh/acme/shop/pipeline failed: connect ECONNREFUSED. Retrying for up to 5m 00s.',
      'info: The trigger of gh/acme/shop succeeded after 3 failed attempts in 4s.'
    ])
  })

  it('says so twice a minute at most, however often it is tried', async () => {
    const {start, fake, lines} = run({trigger: () => notTaken()})
    await expect(start()).rejects.toThrow(/tried \d+ times/)
    expect(fake.calls.length).toBeGreaterThan(20)
    const said = lines.filter(line => !line.startsWith('debug'))
    expect(said.length).toBeLessThanOrEqual(10)
    expect(said.at(-1)).toMatch(
      /^info: The trigger of gh\/acme\/shop still fails after \d+ failed attempts in 4m \d\ds; .* left\.$/
    )
  })

  it('dates the intent by the request that may be acted upon', async () => {
    const {start, saved} = run({trigger: inTurn(notTaken(), created)})
    await start()
    expect(saved.map(intent => intent?.sentAt)).toEqual([START, undefined, START + 500])
  })

  it('waits as long as it is asked to', async () => {
    const {start, fake} = run({
      trigger: inTurn(notTaken('was answered 429', {retryAfterMs: 40_000}), created)
    })
    await start()
    expect(fake.times[2]).toBeGreaterThanOrEqual(START + 40_000)
  })

  it('gives up after five minutes, saying what, on what, why and what to do', async () => {
    const {start, clock, saved} = run({trigger: () => notTaken()})
    const error = await failure(start())
    expect(error.reason).toBe('api-unavailable')
    expect(error.message).toMatch(
      /^No pipeline of gh\/acme\/shop was started: https:\/\/circleci\.com did not accept the trigger, tried \d\d times\. Last error: POST \/api\/v2\/project\/gh\/acme\/shop\/pipeline failed: connect ECONNREFUSED\. Check that this runner can reach https:\/\/circleci\.com \(status of CircleCI Cloud: https:\/\/status\.circleci\.com\), then run the job again\.$/
    )
    expect(clock.now() - START).toBeGreaterThan(280_000)
    expect(clock.now() - START).toBeLessThanOrEqual(300_000)
    expect(saved.at(-1)).toBeUndefined()
  })

  it.each([
    ['a host given by hand', 'https://circle.example.com', true, 60],
    ['a host given by hand that has an address', 'https://circle.example.com', false, 300],
    ['CircleCI itself', 'https://circleci.com', true, 300]
  ])(
    'gives up early where the name has no address: %s',
    async (_what, host, unresolved, seconds) => {
      const {start, clock} = run(
        {trigger: () => notTaken('failed: ENOTFOUND', {unresolved})},
        {host}
      )
      expect((await failure(start())).reason).toBe('api-unavailable')
      const tookS = (clock.now() - START) / 1000
      expect(tookS).toBeLessThanOrEqual(seconds)
      expect(tookS).toBeGreaterThan(seconds - 20)
    }
  )

  it('does not wait for longer than that, and says what it was asked for', async () => {
    const {start, clock} = run({
      trigger: () => notTaken('was answered 429', {retryAfterMs: 600_000})
    })
    const error = await failure(start())
    expect(error.reason).toBe('api-unavailable')
    expect(error.message).toContain('tried once')
    expect(error.message).toContain('It asked to wait 10m 00s before trying again.')
    expect(clock.now()).toBe(START)
  })

  it('takes a certificate error for final', async () => {
    const {start, fake} = run({
      trigger: () => notTaken('failed: self-signed certificate', {final: true})
    })
    const error = await failure(start())
    expect(error.reason).toBe('api-unavailable')
    expect(error.message).toContain('self-signed certificate')
    expect(error.message).toContain('Check the input "host"')
    expect(posts(fake)).toBe(1)
  })
})

describe('triggerOnce, answer lost', () => {
  it('adopts the pipeline it finds, and says so', async () => {
    const {start, fake, lines, saved} = run({trigger: () => lost(), mine: () => [aPipeline()]})
    expect(await start()).toMatchObject({kind: 'adopted', pipeline: aPipeline()})
    expect(posts(fake)).toBe(1)
    expect(lines).toEqual([
      "warning: CircleCI's answer to the trigger of gh/acme/shop was lost (POST /api/v2/project/gh/acme/shop/pipeline failed: socket hang up). A pipeline may have been created: looking for it before anything is sent again.",
      'notice: Found: pipeline #7 is the one that was triggered. https://app.circleci.com/pipelines/github/acme/shop/7'
    ])
    expect(saved).toHaveLength(1)
  })

  it('sends it once more when several searches find nothing, and looks a second time afterwards', async () => {
    const {start, fake, lines, saved} = run({trigger: inTurn(lost(), created)})
    expect(await start()).toEqual(created)
    expect(fake.calls.filter(call => call !== 'me')).toEqual([
      'mine',
      'trigger',
      ...Array.from({length: 5}, () => ['mine', 'project']).flat(),
      'trigger',
      'mine',
      'project'
    ])
    expect(lines.at(-1)).toBe(
      'warning: No pipeline of this trigger was found in gh/acme/shop: sending it once more. If the first one appears after all, there are two: https://app.circleci.com/pipelines/github/acme/shop'
    )
    expect(saved.map(intent => intent?.sentAt)).toEqual([START, START])
  })

  it.each<[string, Partial<Script>, string]>([
    ['has created', {}, ''],
    ['may have created', {values: () => ({})}, ' when that cannot be told']
  ])('names both when the first one turns up: it %s two', async (made, script) => {
    const {start, lines, saved, fake} = run({
      trigger: inTurn(lost(), created),
      mine: count => (count < 5 ? [] : [aPipeline({number: 9}), aPipeline({number: 7})]),
      ...script
    })
    expect(await start()).toEqual(created)
    expect(lines.at(-1)).toBe(
      `warning: The trigger of gh/acme/shop ${made} two pipelines. The first request, whose answer was lost: #7 https://app.circleci.com/pipelines/github/acme/shop/7. The second, which this step continues with: #9 https://app.circleci.com/pipelines/github/acme/shop/9. Neither was cancelled: cancel the one you do not want.`
    )
    expect(posts(fake)).toBe(2)
    expect(saved.at(-1)).toBeDefined()
  })

  it.each([
    ['is denied', denied('GET /mine'), 'GET /mine was answered 403: Permission denied.'],
    [
      'fails',
      lost('was answered 503'),
      'POST /api/v2/project/gh/acme/shop/pipeline was answered 503'
    ]
  ])('keeps the second one when the second look %s, and says so', async (_what, fault, words) => {
    const {start, lines} = run({
      trigger: inTurn(lost(), created),
      mine: count => (count < 5 ? [] : fault),
      project: count => (count < 5 ? [] : fault)
    })
    expect(await start()).toEqual(created)
    expect(lines.at(-1)).toBe(
      `warning: It is not known whether the first request created a pipeline, too: ${words}`
    )
  })

  it('does not hide a bug in the second look', async () => {
    const {start} = run({
      trigger: inTurn(lost(), created),
      mine: count => (count < 5 ? [] : new TypeError('a bug'))
    })
    await expect(start()).rejects.toThrow('a bug')
  })

  it('names what turned up when the second one is lost too', async () => {
    // What the first request made is told only after the second was sent.
    const {start, fake} = run({
      trigger: () => lost(),
      mine: count => (count < 5 ? [] : [aPipeline({createdAt: '2026-03-02T09:00:02.000Z'})])
    })
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(error.message).toContain(
      'it created #7 https://app.circleci.com/pipelines/github/acme/shop/7, and perhaps another. A pipeline may be running.'
    )
    expect(error.message).toContain('run this step with "pipeline: 7"')
    expect(posts(fake)).toBe(2)
  })

  describe.each<[string, TriggerReply | Error, string]>([
    [
      'is refused',
      new RefusedError('POST /pipeline', 401, 'Unauthorized.'),
      'POST /pipeline was answered 401: Unauthorized'
    ],
    ['makes none', {kind: 'no-pipeline', message: 'CI skip'}, 'CI skip'],
    ['makes none without a word', {kind: 'no-pipeline', message: ''}, 'CircleCI did not say why']
  ])('when the second one %s', (_what, answer, words) => {
    it('does not forget the first', async () => {
      const {start, fake, saved} = run({trigger: inTurn(lost(), answer)})
      const error = await failure(start())
      expect(error.reason).toBe('trigger-ambiguous')
      expect(error.message).toContain(
        `was lost (POST /api/v2/project/gh/acme/shop/pipeline failed: socket hang up), sent once more it created none (${words}), and no pipeline of it was found, which does not prove that none was created. A pipeline may be running.`
      )
      expect(posts(fake)).toBe(2)
      expect(saved.map(intent => intent?.sentAt)).toEqual([START, START, undefined])
    })

    it('adopts that of the first when it turns up after all', async () => {
      const {start, fake, saved} = run({
        trigger: inTurn(lost(), answer),
        mine: count => (count < 5 ? [] : [aPipeline()])
      })
      expect(await start()).toMatchObject({kind: 'adopted', pipeline: {number: 7}})
      expect(posts(fake)).toBe(2)
      expect(saved.at(-1)).toBeDefined()
    })
  })

  it('reports both when both turn up', async () => {
    const {start} = run({
      trigger: () => lost(),
      mine: count => (count < 6 ? [] : [aPipeline({number: 8}), aPipeline({number: 7})])
    })
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(error.message).toContain("CircleCI's answers to 2 triggers of gh/acme/shop were lost")
    expect(error.message).toContain('/shop/8, #7 https://')
    expect(error.message).toContain('with "pipeline: 8" or "pipeline: 7"')
  })

  it('waits for as long as a 503 asks to before it is sent again, searching meanwhile', async () => {
    const {start, fake} = run({
      trigger: inTurn(lost('was answered 503', {retryAfterMs: 40_000}), created)
    })
    expect(await start()).toEqual(created)
    const sent = fake.times.filter((_, index) => fake.calls[index] === 'trigger')
    expect((sent[1] ?? 0) - (sent[0] ?? 0)).toBeGreaterThanOrEqual(40_000)
    expect(fake.calls.at(fake.calls.lastIndexOf('trigger') - 1)).toBe('project')
  })

  it('does not send it again when a 503 asks for longer than there is', async () => {
    const {start, fake, clock} = run({
      trigger: () => lost('was answered 503', {retryAfterMs: 3_600_000})
    })
    expect((await failure(start())).reason).toBe('trigger-ambiguous')
    expect(posts(fake)).toBe(1)
    expect(clock.now() - START).toBeLessThan(20_000)
  })

  it('does not send it a third time', async () => {
    const {start, fake, saved} = run({trigger: () => lost()})
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(error.message).toContain(
      'no pipeline of it was found, which does not prove that none was created'
    )
    expect(posts(fake)).toBe(2)
    expect(saved.at(-1)).toBeUndefined()
  })

  it('does not send it again when the search is denied', async () => {
    const {start, fake} = run({
      trigger: () => lost(),
      mine: () => denied(),
      project: () => denied()
    })
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(error.message).toContain(
      'looking for its pipeline failed: GET /pipeline was answered 403: Permission denied. A pipeline may be running.'
    )
    expect(error.cause).toBeInstanceOf(RefusedError)
    expect(posts(fake)).toBe(1)
  })

  it('names a pipeline of which it cannot tell', async () => {
    const {start, fake} = run({
      trigger: () => lost(),
      mine: () => [aPipeline({triggerType: 'explicit'})]
    })
    const error = await failure(start())
    expect(error.message).toContain(
      'it is not certain whether it created this pipeline: #7 https://app.circleci.com/pipelines/github/acme/shop/7 (its trigger type is "explicit"). A pipeline may be running. Look at https://app.circleci.com/pipelines/github/acme/shop and cancel what you do not want. To wait for a pipeline that is there, run this step with "pipeline: 7"; if nothing is running, run the job again.'
    )
    expect(posts(fake)).toBe(1)
  })

  it.each<[string, readonly Pipeline[] | Error]>([
    ['there was one before', [aPipeline({number: 6})]],
    ['the list before was denied', denied()],
    ['the list before had no answer', lost('was answered 503')]
  ])(
    'with parameters that CircleCI does not tell, names what may be it and sends nothing: %s',
    async (_what, before) => {
      const {start, fake} = run({
        trigger: () => lost(),
        before,
        mine: () => [aPipeline(), aPipeline({number: 6, createdAt: '2026-03-02T08:00:00.000Z'})],
        values: () => ({'pipeline.number': 7})
      })
      const error = await failure(start())
      expect(error.reason).toBe('trigger-ambiguous')
      expect(error.message).toContain(
        '/shop/7 (CircleCI does not say which parameters it was triggered with)'
      )
      expect(error.message).not.toContain('#6')
      expect(posts(fake)).toBe(1)
    }
  )

  it('knows what was listed before by its number, wherever the clocks stand', async () => {
    const before = aPipeline({number: 6, createdAt: '2026-03-02T09:30:00.000Z'})
    const {start} = run({
      trigger: () => lost(),
      before: [before],
      mine: () => [aPipeline(), before]
    })
    expect(await start()).toEqual({
      kind: 'adopted',
      pipeline: expect.objectContaining({number: 7}) as unknown
    })
  })

  it('searches before every further request', async () => {
    const {start, fake} = run({
      trigger: inTurn(lost(), notTaken(), created),
      mine: count => (count < 7 ? [] : [aPipeline()])
    })
    expect((await start()).kind).toBe('adopted')
    expect(posts(fake)).toBe(2)
  })

  it('does not send it again after five minutes', async () => {
    const {start, fake, clock} = run({
      trigger: count =>
        count === 0 ? lost() : notTaken('was answered 429', {retryAfterMs: 280_000})
    })
    const error = await failure(start())
    expect(error.reason).toBe('trigger-ambiguous')
    expect(posts(fake)).toBe(2)
    expect(clock.now() - START).toBeLessThan(400_000)
  })

  it('does not send it again when that cannot help', async () => {
    const fault = Object.assign(lost(), {final: true})
    const {start, fake} = run({trigger: () => fault})
    expect((await failure(start())).reason).toBe('trigger-ambiguous')
    expect(posts(fake)).toBe(1)
  })
})

describe('triggerOnce, cancelled', () => {
  it('sends nothing when it is over before it began', async () => {
    const {start, fake, saved, controller} = run({trigger: () => created})
    controller.abort()
    await expect(start()).rejects.toThrow(AbortedError)
    expect(fake.calls).toEqual([])
    expect(saved).toEqual([])
  })

  it('keeps the intent of a request in flight', async () => {
    const {start, saved} = run({trigger: () => new AbortedError('POST /pipeline')})
    await expect(start()).rejects.toThrow(AbortedError)
    expect(saved.at(-1)).toBeDefined()
  })

  it('keeps nothing of a request that never left', async () => {
    const {start, saved} = run({trigger: () => new AbortedError('POST /pipeline', {sent: false})})
    await expect(start()).rejects.toThrow(AbortedError)
    expect(saved).toHaveLength(2)
    expect(saved.at(-1)).toBeUndefined()
  })

  it('keeps the intent of a lost request, although the next one never left', async () => {
    const never = new AbortedError('POST /pipeline', {sent: false})
    const {start, saved} = run({trigger: inTurn(lost(), never)})
    await expect(start()).rejects.toThrow(AbortedError)
    expect(saved.at(-1)).toBeDefined()
  })

  it('keeps the intent of a lost request', async () => {
    const {start, fake, saved, clock, controller} = run({trigger: () => lost()})
    clock.alarm(5_000, () => {
      controller.abort()
    })
    await expect(start()).rejects.toThrow(AbortedError)
    expect(posts(fake)).toBe(1)
    expect(saved.at(-1)).toBeDefined()
  })

  it('keeps nothing of a request that was not taken', async () => {
    const {start, fake, saved, clock, controller} = run({trigger: () => notTaken()})
    clock.alarm(100, () => {
      controller.abort()
    })
    await expect(start()).rejects.toThrow(AbortedError)
    expect(posts(fake)).toBe(1)
    expect(saved.at(-1)).toBeUndefined()
  })

  it('comes out with the pipeline when that is known already', async () => {
    const {start, clock, controller} = run({trigger: inTurn(lost(), created)})
    clock.alarm(16_000, () => {
      controller.abort()
    })
    expect(await start()).toEqual(created)
  })
})
