import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import type {CircleCI} from '../../src/circleci/client.ts'
import type {Pipeline, PipelineParameters, Workflow} from '../../src/circleci/model.ts'
import {ActionError} from '../../src/base/errors.ts'
import type {Log} from '../../src/base/log.ts'
import {CommitSearch} from '../../src/trigger/commit-search.ts'
import {CommitWatch} from '../../src/wait/commit-watch.ts'
import type {WaitContext} from '../../src/wait/context.ts'
import {waitForVerdict} from '../../src/wait/wait.ts'
import {fakeClock, type FakeClock} from '../support/fake-clock.ts'
import {aPipeline, SLUG} from '../trigger/fake-circleci.ts'
import {aWaitContext, aWorkflow} from '../wait/builders.ts'

const COMMIT = 'c0ffee00'.repeat(5)
const OTHER = 'd00dfeed'.repeat(5)
const silent = (): void => undefined
const log: Log = {
  debug: silent,
  info: silent,
  notice: silent,
  warning: silent,
  error: silent,
  group: silent
}

/** A pipeline as it truly is; times are seconds after the search began. */
interface Truth {
  readonly number: number
  readonly listed: number
  /** When it tells its commit. */
  readonly told: number
  readonly revision: string
  readonly ref: {readonly branch?: string; readonly tag?: string}
  readonly triggerType: string
  /** `undefined`: it is never told. */
  readonly definition: string | undefined
  readonly workflows: readonly {
    readonly begins: number
    readonly ends: number
    readonly end: string
  }[]
}

/** CircleCI with these pipelines, whose lists come in any order and forget what they told before. */
class ForgetfulCircleCI {
  readonly #truths: readonly Truth[]
  readonly #forgets: readonly boolean[]
  readonly #clock: FakeClock
  readonly #start: number
  readonly #listed = new Set<number>()
  #next = 0

  constructor(truths: readonly Truth[], forgets: readonly boolean[], clock: FakeClock) {
    this.#truths = truths
    this.#forgets = forgets
    this.#clock = clock
    this.#start = clock.now()
  }

  get seconds(): number {
    return (this.#clock.now() - this.#start) / 1000
  }

  client(): CircleCI {
    const answer = async <T>(value: () => T): Promise<T> => {
      await Promise.resolve()
      this.#clock.advance(50)
      return value()
    }
    const list = (): readonly Pipeline[] => this.#list()
    return {
      pipelines: async function* () {
        yield await answer(list)
      },
      pipeline: (id: string) => answer(() => this.#pipeline(this.#find(id))),
      pipelineValues: (id: string) => answer(() => this.#values(this.#find(id))),
      workflows: (id: string) => answer(() => this.#workflows(this.#find(id))),
      workflow: (id: string) => answer(() => aWorkflow({id})),
      jobs: () => answer(() => []),
      me: () => answer(() => ({id: 'u', login: 'dev', name: 'dev'})),
      serverNow: () => this.#clock.now()
    } as unknown as CircleCI
  }

  #list(): readonly Pipeline[] {
    const rows = this.#truths
      .filter(({listed}) => listed <= this.seconds)
      .filter(({number}) => {
        this.#next += 1
        const forgets = this.#forgets[this.#next % this.#forgets.length] === true
        return !(forgets && this.#listed.has(number))
      })
    for (const {number} of rows) this.#listed.add(number)
    const pipelines = rows.map(truth => this.#pipeline(truth))
    return this.#next % 2 === 0 ? pipelines : pipelines.toReversed()
  }

  #find(id: string): Truth {
    const found = this.#truths.find(({number}) => id === `p${number}`)
    if (found === undefined) throw new Error(`There is no ${id}.`)
    return found
  }

  #pipeline({number, listed, told, revision, ref, triggerType}: Truth): Pipeline {
    const createdAt = new Date(this.#start + listed * 1000).toISOString()
    const source = told <= this.seconds ? {revision, branch: ref.branch, tag: ref.tag} : {}
    const untold = {revision: undefined, branch: undefined, tag: undefined}
    return aPipeline({id: `p${number}`, number, createdAt, triggerType, ...untold, ...source})
  }

  #values({definition}: Truth): PipelineParameters {
    return definition === undefined ? {} : {'pipeline.definition.id': definition}
  }

  #workflows({number, listed, workflows}: Truth): Workflow[] {
    return workflows.flatMap(({begins, ends, end}, index) => {
      const since = this.seconds - listed
      if (begins > since) return []
      const [id, name] = [`w${number}-${index}`, `workflow ${index}`]
      return [
        aWorkflow({id, name, pipelineNumber: number, status: ends <= since ? end : 'running'})
      ]
    })
  }
}

/** Which conclusion these pipelines deserve by now, `undefined`: none yet. */
function deserved(truths: readonly Truth[], seconds: number): string | undefined {
  const ends = truths.map(({listed, workflows, ...rest}) => {
    const made = workflows.filter(({begins}) => listed + begins <= seconds)
    const statuses = made.map(({ends: at, end}) => (listed + at <= seconds ? end : 'running'))
    return {...rest, statuses}
  })
  const ran = ends.filter(({statuses}) => statuses.length > 0)
  const has = (statuses: readonly string[], status: string): boolean => statuses.includes(status)
  const isCanceled = ({statuses}: {statuses: readonly string[]}): boolean =>
    has(statuses, 'canceled') && !has(statuses, 'failed') && !has(statuses, 'running')
  const counted = ran.filter(
    one =>
      !isCanceled(one) ||
      !ran.some(other => other.number > one.number && other.definition === one.definition)
  )
  const statuses = counted.flatMap(one => one.statuses)
  if (ran.some(one => has(one.statuses, 'running'))) return undefined
  if (statuses.length === 0) return 'skipped'
  if (has(statuses, 'failed')) return 'failure'
  return has(statuses, 'canceled') ? 'cancelled' : 'success'
}

const aTruth = fc.record({
  listed: fc.constantFrom(0, 1, 3, 9, 11, 14, 30),
  late: fc.constantFrom(0, 0, 0, 4),
  revision: fc.constantFrom(COMMIT, COMMIT, COMMIT, OTHER),
  ref: fc.constantFrom<Truth['ref']>(
    ...[{branch: 'main'}, {branch: 'main'}, {branch: 'main'}, {}, {branch: 'release'}, {tag: 'v1'}]
  ),
  triggerType: fc.constantFrom('webhook', 'webhook', 'gitlab', '', 'api', 'scheduled_pipeline'),
  definition: fc.constantFrom(undefined, 'a', 'b'),
  workflows: fc.array(
    fc.record({
      begins: fc.constantFrom(0, 1, 3),
      seconds: fc.integer({min: 0, max: 90}),
      end: fc.constantFrom('success', 'success', 'success', 'success', 'failed', 'canceled')
    }),
    {maxLength: 2}
  )
})

function isOurs({revision, ref, triggerType}: Truth): boolean {
  const isMain = ref.tag === undefined && (ref.branch ?? 'main') === 'main'
  return revision === COMMIT && isMain && ['webhook', 'gitlab', ''].includes(triggerType)
}

/** The conclusion, or the reason for which there is none. */
async function judge(client: CircleCI, clock: FakeClock, taken: Set<number>): Promise<string> {
  const signal = new AbortController().signal
  const deadline = clock.now() + 1200_000
  const host = 'https://circleci.com'
  const context = {circleci: client, clock, random: () => 0.5, log, host, signal, deadline}
  const search = new CommitSearch(
    {slug: SLUG, revision: COMMIT, refs: ['main'], definition: undefined, ownPipeline: undefined},
    context
  )
  try {
    await search.find('found')
  } catch (error) {
    return error instanceof ActionError ? error.reason : String(error)
  }
  const contextOf = (pipeline: Pipeline): WaitContext => {
    const waiting = aWaitContext({clock, circleci: client})
    return {...waiting, ...context, pipeline: {...waiting.pipeline, ...pipeline, isNew: false}}
  }
  const onChange = (all: readonly Pipeline[]): void => {
    for (const {number} of all) taken.add(number)
  }
  const watch = new CommitWatch({clock, failFast: false, pipelines: search, contextOf, onChange})
  const [first] = search.taken
  if (first === undefined) throw new Error('One was found.')
  return (await waitForVerdict(contextOf(first), watch)).conclusion
}

describe('random pipelines of a commit among others, in lists that forget and reorder', () => {
  it('are green only when every one proved green, and never others', async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(aTruth, {minLength: 1, maxLength: 6}),
        fc.array(fc.boolean(), {minLength: 1, maxLength: 30}),
        async (specs, forgets) => {
          const truths = specs
            .sort((a, b) => a.listed - b.listed)
            .map(({late, workflows, ...truth}, index) => ({
              ...truth,
              number: index + 1,
              told: truth.listed + late,
              workflows: workflows.map(one => ({...one, ends: one.begins + one.seconds}))
            }))
          const clock = fakeClock()
          const world = new ForgetfulCircleCI(truths, [...forgets, false], clock)
          const taken = new Set<number>()
          const ours = truths.filter(isOurs)
          const conclusion = await judge(world.client(), clock, taken)
          seen.set(conclusion, (seen.get(conclusion) ?? 0) + 1)
          const visible = ours.filter(({told}) => told < world.seconds - 1)
          expect([...taken].sort()).toEqual(expect.arrayContaining(visible.map(one => one.number)))
          expect([...taken].filter(number => !ours.some(one => one.number === number))).toEqual([])
          const expected = ours.length === 0 ? 'not-found' : deserved(visible, world.seconds)
          expect(conclusion).toBe(expected)
        }
      ),
      {numRuns: 150}
    )
    expect(seen.get('success')).toBeGreaterThan(10)
    expect(seen.get('failure')).toBeGreaterThan(10)
  })
})
