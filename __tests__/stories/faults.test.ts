import {describe, expect, it} from '@jest/globals'
import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {randomNumbers} from '../../simulator/identity.ts'
import type {Fault, FaultKind, RequestPattern, Scenario} from '../../simulator/index.ts'
import {
  job,
  playAll,
  reportOf,
  said,
  scenario,
  triggers,
  verdictOf,
  workflow,
  type Act,
  type Played
} from '../dist/stage.ts'
import {IMPATIENT, play} from '../support/step.ts'

/** Fails in half a second and leaves something of everything behind. */
const everything: Scenario = scenario(
  [
    workflow('build', [
      job('lint', {artifacts: [{path: 'lint.txt', content: 'clean\n'}]}),
      job('test', {
        run: 1.6,
        outcome: 'failed',
        steps: [{name: 'Run tests', command: 'npm test', output: 'one\ntwo\nBOOM\n', fails: true}],
        tests: [{name: 'adds', classname: 'Sum', result: 'failure', message: 'expected 2'}],
        artifacts: [{path: 'logs/test.log', content: 'log\n'}]
      })
    ])
  ],
  {
    insights: {workflows: {build: [{branch: 'main', seconds: 2, hoursAgo: 5}]}},
    // On another origin the token would not be sent, as http is no address of CircleCI's.
    behaviour: {artifactHost: 'api'}
  }
)

/** Every request of a whole run. */
const requests: Readonly<Record<string, RequestPattern>> = {
  trigger: {method: 'POST', path: '/project/gh/acme/shop/pipeline'},
  pipeline: {method: 'GET', path: /\/pipeline\/[0-9a-f-]{36}$/},
  poll: {method: 'GET', path: '/pipeline/*/workflow'},
  jobs: {method: 'GET', path: '/workflow/*/job'},
  tests: {method: 'GET', path: '/project/gh/acme/shop/*/tests'},
  artifacts: {method: 'GET', path: '/project/gh/acme/shop/*/artifacts'},
  'build page': {method: 'GET', path: /\/api\/v1\.1\/project\//},
  output: {host: 'output'},
  insights: {method: 'GET', path: /\/insights\//},
  'artifact host': {path: /^\/output\/job\//},
  storage: {host: 'storage'}
}

const kinds: Readonly<Record<string, FaultKind>> = {
  '500': {kind: 'status', status: 500},
  '503 with Retry-After': {kind: 'status', status: 503, headers: {'Retry-After': '1'}},
  '429 with Retry-After': {
    kind: 'status',
    status: 429,
    body: 'Too Many Requests',
    headers: {'Retry-After': '1'}
  },
  'a 502 after it took effect': {
    kind: 'status',
    status: 502,
    body: '<html>Bad Gateway</html>',
    processed: true
  },
  'cut before': {kind: 'cut-before'},
  'cut after': {kind: 'cut-after'},
  'cut body': {kind: 'cut-body'},
  'truncated body': {kind: 'truncate'},
  'empty body': {kind: 'empty'},
  'a login page': {kind: 'html'},
  'dripping body': {kind: 'drip', bytes: 200, everyMs: 5}
}

interface Trouble extends Act {
  readonly name: string
  readonly faults: readonly Fault[]
}

const act = (faults: readonly Fault[], seed = 1): Act => ({
  simulator: {scenario: everything, faults, seed},
  inputs: {'artifacts-path': 'out', timeout: '80s'}
})

const single: readonly Trouble[] = Object.entries(requests).flatMap(([request, pattern]) =>
  Object.entries(kinds)
    // A dripping answer is only slow: once is enough for all of them together, below. Whether a request took effect
    // matters to the one that has one.
    .filter(
      ([kind]) => kind !== 'dripping body' && (request === 'trigger' || !/ after\b/.test(kind))
    )
    .map(([kind, fault]) => {
      const faults: Fault[] = [{...pattern, ...fault, nth: 1}]
      return {name: `${kind}, ${request}`, faults, ...act(faults)}
    })
)

const others: readonly Trouble[] = [
  {name: 'every answer drips', faults: [{...kinds['dripping body']} as Fault]},
  {name: 'every second poll fails', faults: [{...requests['poll'], kind: 'cut-after', every: 2}]},
  {name: 'three polls in a row', faults: [{...requests['poll'], kind: 'html', nth: [2, 3, 4]}]},
  {
    name: 'a redirect of a poll to another origin',
    faults: [{...requests['poll'], kind: 'redirect', location: 'http://127.0.0.1:9/', nth: 1}]
  },
  {
    name: 'a redirect of the trigger to another origin',
    faults: [{...requests['trigger'], kind: 'redirect', location: 'http://127.0.0.1:9/', nth: 1}]
  }
].map(one => ({...one, ...act(one.faults as Fault[])})) as Trouble[]

/** Any fault at any request, each request with a chance of one in five. */
const mixed: readonly Trouble[] = Array.from({length: 10}, (_, index) => {
  const seed = index + 1
  const random = randomNumbers(1000 + seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const faults = Array.from({length: 8}, () => ({
    ...pick(Object.values(requests)),
    ...pick(Object.values(kinds)),
    probability: 0.2,
    times: 3
  })) as Fault[]
  return {name: `mix ${seed}`, faults, ...act(faults, seed)}
})

const stalling: readonly (readonly [request: string, fault: FaultKind])[] = [
  ['trigger', {kind: 'stall-headers', processed: true}],
  ['trigger', {kind: 'stall-headers', processed: false}],
  ['trigger', {kind: 'stall-body'}],
  ['poll', {kind: 'stall-headers'}],
  ['poll', {kind: 'stall-body'}],
  ['jobs', {kind: 'stall-headers'}],
  ['tests', {kind: 'stall-body'}],
  ['build page', {kind: 'stall-headers'}],
  ['artifacts', {kind: 'stall-body'}],
  ['insights', {kind: 'stall-headers'}],
  ['artifact host', {kind: 'stall-headers'}],
  ['storage', {kind: 'stall-body'}],
  ['output', {kind: 'stall-body'}]
]
const stalls: readonly Trouble[] = stalling.map(([request, fault]) => {
  const faults = [{...requests[request], ...fault, nth: 1}] as readonly Fault[]
  return {
    name: `${fault.kind}${'processed' in fault ? ` (processed: ${fault.processed})` : ''}, ${request}`,
    faults,
    ...act(faults)
  }
})

const search = {method: 'GET', path: /\/pipeline(\/mine)?$/}
const ambiguous: readonly Trouble[] = [
  {
    name: 'the search is refused',
    faults: [
      {...requests['trigger'], kind: 'cut-after', nth: 1},
      {...search, kind: 'status', status: 403}
    ]
  },
  {name: 'it is lost twice', faults: [{...requests['trigger'], kind: 'cut-before'}]}
].map(one => ({...one, ...act(one.faults as Fault[])})) as Trouble[]

const played = playAll<Trouble, Played>(
  [...stalls, ...ambiguous, ...mixed, ...others, ...single],
  one => play(one, stalls.includes(one) ? IMPATIENT : undefined)
)

/**
 * What holds whatever goes wrong: one pipeline at most, one trigger at most for each that was lost, no false green, an
 * exact verdict or a plain word why there is none.
 */
function holds({step, simulator}: Played): void {
  expect(step.problems).toEqual([])
  expect(step.stderr).toBe('')
  expect(step.signal).toBeNull()
  expect(simulator.pipelines().length).toBeLessThanOrEqual(1)
  expect(step.exitCode).toBe(1)
  expect(said(step, 'error')).not.toBe('')
  expect(said(step, 'error')).not.toMatch(/unexpected error|undefined|\[object/)
  expect(reportOf(step)).toMatchObject({conclusion: 'failure'})
}

describe('a fault at one request of a run', () => {
  it.each([...single, ...others])('$name', one => {
    const {step, simulator} = played(one)
    holds({step, simulator})
    expect(verdictOf(step)).toBe('1 failure workflow-failed')
  })

  it('brings everything home in spite of one fault', () => {
    const missing = single.flatMap(one => {
      const {step} = played(one)
      // Whichever of the two is asked for first meets the fault.
      const files = [
        ['out/lint/lint.txt', 'clean\n'],
        ['out/test/logs/test.log', 'log\n']
      ].map(([name = '', content]) => {
        const file = path.join(step.folders.workspace, name)
        return existsSync(file) && readFileSync(file, 'utf8') === content
      })
      const home = {
        'failed-jobs': step.outputs['failed-jobs'] === 'test',
        triggered: step.outputs['triggered'] === 'true',
        'failed-tests': step.outputs['failed-tests']?.includes('"adds"') === true,
        'artifact-urls': step.outputs['artifact-urls']?.split('\n').length === 2,
        file: files.every(Boolean),
        log: step.printed.includes('| BOOM')
      }
      return Object.entries(home).flatMap(([what, there]) =>
        there ? [] : [`${one.name}: ${what}`]
      )
    })
    // What claims to be whole, and is not, cannot be told from what was asked for: a log, or a file of any type.
    expect(missing.sort()).toEqual([
      'a login page, artifact host: file',
      'a login page, storage: file',
      'empty body, output: log',
      'empty body, storage: file',
      'truncated body, output: log',
      'truncated body, storage: file'
    ])
  })

  it('meets every request there is', () => {
    for (const [name, {host = 'api'}] of Object.entries(requests)) {
      const met = single.filter(one => one.name.endsWith(`, ${name}`))
      expect(met.length).toBeGreaterThan(7)
      for (const one of met) {
        const {requests: seen} = played(one).simulator
        expect([one.name, seen.some(({origin}) => origin === host)]).toEqual([one.name, true])
      }
    }
  })

  it('sends a trigger again only when it is sure that there is no pipeline of it', () => {
    const lost = single.filter(({name}) => name.endsWith(', trigger'))
    const adopted = lost.filter(one => triggers(played(one).simulator).length === 1)
    expect(adopted.map(({name}) => name)).toEqual([
      'a 502 after it took effect, trigger',
      'cut after, trigger',
      'cut body, trigger',
      'truncated body, trigger',
      'empty body, trigger'
    ])
    for (const one of adopted) {
      expect(played(one).step.printed).toMatch(/Found: pipeline #\d+ is the one that was triggered/)
    }
  })
})

describe('random mixes of faults', () => {
  it.each(mixed)('$name', one => {
    const {step, simulator} = played(one)
    holds({step, simulator})
    expect(verdictOf(step)).toMatch(/^1 failure (workflow-failed|trigger-ambiguous)$/)
  })
})

describe('answers that never come', () => {
  it.each(stalls)('$name', one => {
    const {step, simulator} = played(one)
    holds({step, simulator})
    expect(verdictOf(step)).toBe('1 failure workflow-failed')
  })
})

describe('a trigger nobody can tell of', () => {
  it.each(ambiguous)('$name', one => {
    const {step, simulator} = played(one)
    expect(verdictOf(step)).toBe('1 failure trigger-ambiguous')
    expect(said(step, 'error')).toMatch(/A pipeline may be running.*http/)
    expect(triggers(simulator).length).toBeLessThanOrEqual(2)
    expect(step.problems).toEqual([])
  })
})
