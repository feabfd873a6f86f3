import {describe, expect, it} from '@jest/globals'

import {UnavailableError} from '../../src/circleci/faults.ts'
import {cancelForGood, cancelPipeline, type DoomedPipeline} from '../../src/wait/cancel.ts'
import {circleciWith, recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aWorkflow} from './builders.ts'

/** What CircleCI answers; workflows as `name status`. */
interface Answers {
  /** The listing of each round, the last one for ever; `undefined`: none comes. */
  readonly listings: readonly (readonly string[] | undefined)[]
  /** Names of the workflows of which it takes no cancel. */
  readonly deaf?: readonly string[]
  readonly state?: string
}

/** Cancels a pipeline, in one round or for good, and tells the requests and what the log says. */
async function cancel(
  known: readonly string[],
  {listings, deaf = [], state = 'created'}: Answers,
  forGood = false,
  reported = false
): Promise<{
  readonly asked: string[]
  readonly lines: readonly string[]
  readonly seconds: number
}> {
  const clock = fakeClock()
  const start = clock.now()
  const log = recordedLog()
  const asked: string[] = []
  const fault = new UnavailableError('POST cancel', 'failed', {processed: 'unknown'})
  let round = 0
  const circleci = circleciWith({
    workflows: () => {
      const rows = listings[Math.min(round, listings.length - 1)]
      round += 1
      if (rows === undefined) return Promise.reject(fault)
      return Promise.resolve(
        rows.map(text => {
          const [name = '', status = ''] = text.split(' ')
          return aWorkflow({id: name, name, status, setup: name === 'setup'})
        })
      )
    },
    workflow: id => Promise.resolve(aWorkflow({id, name: id, status: 'canceled'})),
    cancelWorkflow: id => {
      asked.push(id)
      return deaf.includes(id) ? Promise.reject(fault) : Promise.resolve()
    },
    pipeline: () => Promise.resolve({state} as never)
  })
  const pipeline: DoomedPipeline = {
    id: 'p',
    number: 7,
    url: 'https://ci.example.com/7',
    workflows: known.map(name => ({id: name, name})),
    reported
  }
  const context = {circleci, clock, log}
  if (forGood) await cancelForGood([pipeline], {...context, until: start + 60_000})
  else await cancelPipeline(pipeline, context, new AbortController().signal)
  return {asked, lines: log.lines, seconds: Math.round((clock.now() - start) / 1000)}
}

const cancelled = (names: string): string =>
  `notice: Pipeline #7: cancelled ${names}: https://ci.example.com/7`

/** A line as it is, or one that looks like this. */
function like(line: string | RegExp): unknown {
  return typeof line === 'string' ? line : expect.stringMatching(line)
}

describe('one round', () => {
  it.each<{
    name: string
    known?: readonly string[]
    answers: Answers
    asked: readonly string[]
    lines: readonly (string | RegExp)[]
  }>([
    {
      name: 'cancels what is known, and what the listing adds',
      known: ['a'],
      answers: {listings: [['a running', 'b on_hold', 'c failing', 'd success']]},
      asked: ['a', 'b', 'c'],
      lines: [cancelled('"a", "b", "c"')]
    },
    {
      name: 'takes a status that it does not know for one that runs',
      answers: {listings: [['a quarantined']]},
      asked: ['a'],
      lines: [cancelled('"a"')]
    },
    {
      name: 'cancels what is known without a listing, and says that there may be more',
      known: ['a'],
      answers: {listings: [undefined]},
      asked: ['a'],
      lines: [cancelled('"a"'), /^warning: Pipeline #7 could not be cancelled completely/]
    },
    {
      name: 'does not say that it cancelled what had ended by itself',
      known: ['a', 'b'],
      answers: {listings: [['a success', 'b canceled']]},
      asked: ['a', 'b'],
      lines: [cancelled('"b"')]
    },
    {
      name: 'warns about a cancel that CircleCI did not take',
      known: ['a', 'b'],
      answers: {listings: [['a running', 'b failed']], deaf: ['a', 'b']},
      asked: ['a', 'b'],
      lines: [/^warning: Pipeline #7: workflow "a" could not be cancelled and may be running/]
    }
  ])('$name', async ({known = [], answers, asked, lines}) => {
    const told = await cancel(known, answers)
    expect(told.asked).toEqual(asked)
    expect(told.lines).toEqual(lines.map(like))
  })
})

const waiting =
  'info: Pipeline #7: waiting until no workflow has appeared for 20s, to cancel those too.'

describe('cancelling for good', () => {
  it('says what it waits for, and of what was cancelled only what is new', async () => {
    const answers = {listings: [['a canceled'], ['a canceled', 'b running'], ['b canceled']]}
    const {lines} = await cancel(['a'], answers, true, true)
    expect(lines).toEqual([waiting, cancelled('"b"')])
  })

  it.each<{
    name: string
    known?: readonly string[]
    answers: Answers
    seconds: number
    lines: readonly (string | RegExp)[]
  }>([
    {
      name: 'ends when nothing new was listed for 20 seconds',
      answers: {listings: [['a running'], ['a canceled']]},
      seconds: 20,
      lines: [cancelled('"a"')]
    },
    {
      name: 'cancels what appears late, and stays 20 seconds after that',
      answers: {
        listings: [
          ['a running'],
          ['a canceled'],
          ['a canceled', 'b running'],
          ['a canceled', 'b canceled']
        ]
      },
      seconds: 24,
      lines: [cancelled('"a"'), cancelled('"b"')]
    },
    {
      name: 'stays as long as CircleCI makes workflows',
      answers: {listings: [['setup success']], state: 'pending'},
      seconds: 60,
      lines: ['info: Pipeline #7 has no running workflows. https://ci.example.com/7']
    },
    {
      name: 'does not wait for what a broken setup workflow will never continue',
      answers: {listings: [['setup failed']], state: 'setup'},
      seconds: 20,
      lines: ['info: Pipeline #7 has no running workflows. https://ci.example.com/7']
    },
    {
      name: 'says what did not stop in a minute',
      answers: {listings: [['a running']], deaf: ['a']},
      seconds: 60,
      lines: [/^warning: Pipeline #7 could not be cancelled completely .* did not stop in time/]
    },
    {
      name: 'asks by id for what a listing lacks',
      known: ['a'],
      answers: {listings: [[]]},
      seconds: 20,
      lines: [cancelled('"a"')]
    }
  ])('$name', async ({known = [], answers, seconds, lines}) => {
    const told = await cancel(known, answers, true)
    expect(told.lines.filter(line => line !== waiting)).toEqual(lines.map(like))
    expect(told.seconds).toBe(seconds)
  })
})
