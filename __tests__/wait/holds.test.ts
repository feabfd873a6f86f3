import {describe, expect, it} from '@jest/globals'

import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Attempt} from '../../src/record/result.ts'
import {Approver} from '../../src/wait/approval.ts'
import type {WaitSettings} from '../../src/wait/context.ts'
import {Holds} from '../../src/wait/holds.ts'
import {JobLists} from '../../src/wait/jobs.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aJob, aWaitContext, aWorkflow} from './builders.ts'

const SECOND = 1_000
const lost = new UnavailableError('GET job', 'failed', {processed: 'unknown'})

function anAttempt(status: string): Attempt {
  return {...aWorkflow({status}), attempt: 1, latest: true, deciding: true}
}

/** A look at a workflow: when, its status, and its jobs, as `hold on_hold` and `deploy blocked hold`; `undefined`: they cannot be read. */
type Look = readonly [seconds: number, status: string, jobs: readonly string[] | undefined]

const HELD = ['hold on_hold', 'deploy blocked hold']

interface Row {
  readonly name: string
  readonly looks: readonly Look[]
  readonly settings?: Partial<WaitSettings>
  /** All that is left of the workflow; `undefined`: it goes on. */
  readonly left: readonly string[] | undefined
  /** The holds that wait for a person. */
  readonly waiting: readonly string[]
  readonly person: boolean
  /** How often the jobs were asked for. */
  readonly asked: number
}

const rows: readonly Row[] = [
  {
    name: 'a hold that is all that is left',
    looks: [[0, 'on_hold', HELD]],
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 1}
  },
  {
    name: 'the same, seen again: it is not read again',
    looks: [
      [0, 'on_hold', HELD],
      [60, 'on_hold', HELD]
    ],
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 1}
  },
  {
    name: 'a hold in a workflow that runs, where holds end nothing: it is not looked for',
    looks: [[0, 'running', HELD]],
    ...{left: undefined, waiting: [], person: false, asked: 0}
  },
  {
    name: 'the same, where holds end the wait: not at first sight',
    looks: [[0, 'running', HELD]],
    settings: {onHold: 'fail'},
    ...{left: undefined, waiting: ['hold'], person: true, asked: 1}
  },
  {
    name: 'nor for less than five seconds',
    looks: [
      [0, 'running', HELD],
      [4.9, 'running', HELD]
    ],
    settings: {onHold: 'fail'},
    ...{left: undefined, waiting: ['hold'], person: true, asked: 2}
  },
  {
    name: 'but after five seconds of nothing else',
    looks: [
      [0, 'running', HELD],
      [5, 'running', HELD]
    ],
    settings: {onHold: 'fail'},
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 2}
  },
  {
    name: 'the five seconds begin anew with another status',
    looks: [
      [0, 'on_hold', HELD],
      [60, 'running', HELD]
    ],
    settings: {onHold: 'fail'},
    ...{left: undefined, waiting: ['hold'], person: true, asked: 2}
  },
  {
    name: 'what was seen counts for nothing once another status came and the jobs cannot be read',
    looks: [
      [0, 'on_hold', HELD],
      [60, 'running', undefined]
    ],
    settings: {onHold: 'fail'},
    ...{left: undefined, waiting: [], person: false, asked: 2}
  },
  {
    name: 'the five seconds begin anew with a job that runs',
    looks: [
      [0, 'running', HELD],
      [4, 'running', ['hold on_hold', 'deploy running']],
      [8, 'running', HELD]
    ],
    settings: {onHold: 'fail'},
    ...{left: undefined, waiting: ['hold'], person: true, asked: 3}
  },
  {
    name: 'a hold beside a job whose own hold was approved: that is about to run',
    looks: [[0, 'on_hold', ['hold-a success', 'hold-b on_hold', 'deploy blocked hold-a']]],
    ...{left: undefined, waiting: ['hold-b'], person: false, asked: 1}
  },
  {
    name: 'a hold that keeps a failing workflow open',
    looks: [[0, 'failing', [...HELD, 'test failed']]],
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 1}
  },
  {
    name: 'a failing workflow in which something runs: it is read once a minute',
    looks: [
      [0, 'failing', ['test failed', 'slow running']],
      [59, 'failing', ['test failed', 'slow running']],
      [60, 'failing', ['test failed', 'slow running']]
    ],
    ...{left: undefined, waiting: [], person: false, asked: 2}
  },
  {
    name: 'jobs that cannot be read',
    looks: [[0, 'on_hold', undefined]],
    ...{left: undefined, waiting: [], person: true, asked: 1}
  },
  {
    name: 'jobs that cannot be read for as long as a wait outlasts errors',
    looks: [
      [0, 'on_hold', undefined],
      [300, 'on_hold', undefined]
    ],
    ...{left: [], waiting: [], person: true, asked: 2}
  },
  {
    name: 'the same with something to approve: it may be all that is missing',
    looks: [
      [0, 'on_hold', undefined],
      [300, 'on_hold', undefined]
    ],
    settings: {approve: ['hold']},
    ...{left: undefined, waiting: [], person: true, asked: 2}
  },
  {
    name: 'jobs that can be read again',
    looks: [
      [0, 'on_hold', undefined],
      [300, 'on_hold', HELD]
    ],
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 2}
  },
  {
    name: 'a hold that this step approves',
    looks: [[0, 'on_hold', HELD]],
    settings: {approve: ['hold']},
    ...{left: undefined, waiting: [], person: true, asked: 1}
  },
  {
    name: 'a hold that this step leaves',
    looks: [[0, 'on_hold', HELD]],
    settings: {approve: ['hold-*']},
    ...{left: ['hold'], waiting: ['hold'], person: true, asked: 1}
  }
]

describe('the holds of a workflow', () => {
  it.each(rows)('$name', async ({looks, settings, left, waiting, person, asked}) => {
    const clock = fakeClock()
    const start = clock.now()
    let jobs: readonly string[] | undefined
    let requests = 0
    const context = aWaitContext(
      {
        clock,
        circleci: {
          jobs: () => {
            requests += 1
            return jobs === undefined
              ? Promise.reject(lost)
              : Promise.resolve(jobs.map(text => aJob(text)))
          }
        }
      },
      settings
    )
    const holds = new Holds(context, new JobLists(context.circleci, () => 0), new Approver(context))
    let attempt = anAttempt('running')
    for (const [seconds, status, listed] of looks) {
      clock.advance(start + seconds * SECOND - clock.now())
      jobs = listed
      attempt = anAttempt(status)
      await holds.look([attempt], context.signal)
    }
    expect({
      left: holds.onlyHolds(attempt),
      waiting: holds.waitingFor(attempt.id),
      person: holds.waitsForPerson(attempt),
      asked: requests
    }).toEqual({left, waiting, person, asked})
  })
})

describe('approving a hold', () => {
  /** Approves once a second while the hold stays on hold; returns the seconds of the requests, and what the log shows. */
  async function approve(answers: readonly ('taken' | 'refused' | 'lost')[], seconds: number) {
    const clock = fakeClock()
    const start = clock.now()
    const asked: number[] = []
    const context = aWaitContext(
      {
        clock,
        circleci: {
          approve: () => {
            const answer = answers[Math.min(asked.length, answers.length - 1)]
            asked.push((clock.now() - start) / SECOND)
            if (answer === 'refused') return Promise.reject(new RefusedError('POST', 400, 'No.'))
            return answer === 'lost' ? Promise.reject(lost) : Promise.resolve()
          },
          me: () => Promise.resolve({id: 'u', login: 'dev', name: 'Dev'})
        }
      },
      {approve: ['hold']}
    )
    const approver = new Approver(context)
    const hold = {attempt: anAttempt('on_hold'), job: aJob('hold on_hold')}
    for (let second = 0; second <= seconds; second += 1) {
      const due = approver.mayApprove(hold.job) ? [hold] : []
      await approver.approveAll(due, context.signal, () => undefined)
      clock.advance(SECOND)
    }
    const shown = context.log.lines.filter(line => !line.startsWith('debug'))
    return {asked, shown, handles: approver.handles(hold.job)}
  }

  it.each([
    {
      name: 'once, when CircleCI takes it',
      answers: ['taken'],
      seconds: 59,
      asked: [0],
      shown: ['info: Approved "hold" of workflow "build" as "dev".']
    },
    {
      name: 'again after a minute in which it did nothing',
      answers: ['taken'],
      seconds: 60,
      asked: [0, 60],
      shown: [
        'info: Approved "hold" of workflow "build" as "dev".',
        'info: Approved "hold" of workflow "build" as "dev" again: it was still on hold a minute later.'
      ]
    },
    {
      name: 'at each look, while answers are lost',
      answers: ['lost', 'lost', 'taken'],
      seconds: 10,
      asked: [0, 1, 2],
      shown: ['info: Approved "hold" of workflow "build" as "dev".']
    },
    {
      name: 'every ten seconds for a minute, while it is refused',
      answers: ['refused'],
      seconds: 120,
      asked: [0, 10, 20, 30, 40, 50, 60],
      shown: [
        'warning: CircleCI refused to approve "hold" of workflow "build": No. The token\'s user needs permission to approve it; until then it waits for a person.'
      ]
    },
    {
      name: 'until a refusal passes',
      answers: ['refused', 'refused', 'taken'],
      seconds: 30,
      asked: [0, 10, 20],
      shown: ['info: Approved "hold" of workflow "build" as "dev".']
    }
  ] as const)('$name', async ({answers, seconds, asked, shown}) => {
    const done = await approve(answers, seconds)
    expect(done.asked).toEqual(asked)
    expect(done.shown).toEqual(shown)
    expect(done.handles).toBe(answers.at(-1) !== 'refused')
  })
})
