import {describe, expect, it} from '@jest/globals'

import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Workflow} from '../../src/circleci/model.ts'
import {Reruns} from '../../src/wait/reruns.ts'
import {resumePipeline} from '../../src/wait/resume.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aPipeline} from '../trigger/fake-circleci.ts'
import {aSituation, aWaitContext, aWorkflow, type Facts} from './builders.ts'

const SECOND = 1_000

/** What CircleCI says to a rerun: `busy 45` is a 429 that asks for 45 seconds. */
type Answer = 'taken' | 'refused' | 'lost' | 'busy' | 'busy 45'

interface Row {
  readonly name: string
  readonly workflows?: readonly Workflow[]
  readonly facts?: Facts
  readonly rerunFailed?: number
  readonly rerunsAsked?: readonly string[]
  readonly answers?: readonly Answer[]
  /** Looks are a second apart, as long as this. */
  readonly seconds?: number
  /** The seconds of the requests. */
  readonly asked: readonly number[]
  /** Whether the first workflow has a rerun ahead then. */
  readonly ahead: boolean
}

const failed = aWorkflow({name: 'ci', status: 'failed'})

const rows: readonly Row[] = [
  {name: 'none is allowed', rerunFailed: 0, asked: [], ahead: false},
  {name: 'one is taken', asked: [0], ahead: true},
  {
    name: 'one that is taken and does not appear for five minutes',
    seconds: 299,
    asked: [0],
    ahead: false
  },
  {
    name: 'one whose answer is lost is looked for, and asked for once more',
    answers: ['lost'],
    seconds: 40,
    asked: [0, 30],
    ahead: true
  },
  {
    name: 'one that is lost twice is given up',
    answers: ['lost'],
    seconds: 59,
    asked: [0, 30],
    ahead: false
  },
  {
    name: 'one that is refused is asked for every ten seconds for a minute',
    answers: ['refused'],
    seconds: 120,
    asked: [0, 10, 20, 30, 40, 50, 60],
    ahead: false
  },
  {
    name: 'one that is refused at first',
    answers: ['refused', 'refused', 'taken'],
    seconds: 60,
    asked: [0, 10, 20],
    ahead: true
  },
  {
    name: 'one that did not reach CircleCI is asked for at the next look',
    answers: ['busy', 'busy', 'taken'],
    asked: [0, 1, 2],
    ahead: true
  },
  {
    name: 'one after a 429 is asked for when CircleCI said',
    answers: ['busy 45', 'taken'],
    seconds: 60,
    asked: [0, 45],
    ahead: true
  },
  {
    name: 'one that was asked for before the wait',
    rerunFailed: 0,
    rerunsAsked: ['ci-id'],
    asked: [],
    ahead: true
  },
  {
    name: 'an automatic rerun comes first',
    workflows: [{...failed, maxAutoReruns: 1}],
    facts: {stoppedForMs: 59_999},
    asked: [],
    ahead: true
  },
  {
    name: 'an automatic rerun that did not come',
    workflows: [{...failed, maxAutoReruns: 1}],
    facts: {stoppedForMs: 60_000},
    asked: [0],
    ahead: true
  },
  {
    name: 'one that goes on may need it',
    workflows: [{...failed, status: 'failing'}],
    asked: [],
    ahead: true
  },
  {
    name: 'a canceled one is not rerun',
    workflows: [{...failed, status: 'canceled'}],
    asked: [],
    ahead: false
  },
  {
    name: 'an unauthorized one is not rerun',
    workflows: [{...failed, status: 'unauthorized'}],
    asked: [],
    ahead: false
  },
  {
    name: 'a setup workflow is not rerun',
    workflows: [{...failed, setup: true}],
    asked: [],
    ahead: false
  },
  {
    name: 'a setup workflow is not rerun, whatever was asked for',
    workflows: [{...failed, setup: true}],
    rerunsAsked: ['ci-id'],
    asked: [],
    ahead: false
  },
  {
    name: 'nothing is rerun beside what could not run',
    workflows: [failed, aWorkflow({name: 'x', status: 'error'})],
    asked: [],
    ahead: true
  },
  {
    name: 'nothing is rerun in a pipeline that is errored',
    facts: {state: 'errored'},
    asked: [],
    ahead: true
  },
  {
    name: 'every workflow has its own',
    workflows: [failed, aWorkflow({name: 'e2e', status: 'failed'})],
    asked: [0, 0],
    ahead: true
  }
]

/** Reruns, with a CircleCI that answers by this script (the last answer for ever). */
function aRig(
  answers: readonly Answer[],
  settings: {rerunFailed: number; rerunsAsked?: readonly string[]}
) {
  const clock = fakeClock()
  const start = clock.now()
  const asked: number[] = []
  const context = aWaitContext(
    {
      clock,
      circleci: {
        rerunFromFailed: async id => {
          const answer = answers[Math.min(asked.length, answers.length - 1)]
          asked.push((clock.now() - start) / SECOND)
          await Promise.resolve()
          if (answer === 'taken') return `${id}-rerun`
          if (answer === 'refused') throw new RefusedError('POST rerun', 400, 'No.')
          const processed = answer === 'lost' ? 'unknown' : 'no'
          const retryAfterMs = answer === 'busy 45' ? 45 * SECOND : undefined
          throw new UnavailableError('POST rerun', 'failed', {processed, retryAfterMs})
        }
      }
    },
    settings
  )
  const reruns = new Reruns(context)
  const look = async (workflows: readonly Workflow[], facts: Facts = {}): Promise<void> => {
    await reruns.askDue(aSituation(workflows, facts), context.signal, () => undefined)
    clock.advance(SECOND)
  }
  return {asked, reruns, look, log: context.log}
}

describe('a rerun', () => {
  it.each(rows)('$name', async row => {
    const {
      workflows = [failed],
      facts,
      rerunFailed = 1,
      rerunsAsked = [],
      answers = ['taken']
    } = row
    const {asked, reruns, look} = aRig(answers, {rerunFailed, rerunsAsked})
    for (let second = 0; second <= (row.seconds ?? 5); second += 1) await look(workflows, facts)
    const [first] = aSituation(workflows).rollup.attempts
    expect(asked).toEqual(row.asked)
    expect(first && reruns.ahead(first)).toBe(row.ahead)
  })

  it('is asked for as often as allowed, by name, whatever attempt failed', async () => {
    const {asked, reruns, look, log} = aRig(['taken'], {rerunFailed: 2})
    const attempts = ['a', 'b', 'c'].map((id, index) => ({
      ...failed,
      id,
      createdAt: `2026-03-02T09:0${index}:00Z`
    }))
    for (const count of [1, 2, 3]) await look(attempts.slice(0, count))
    expect(asked).toEqual([0, 1])
    expect([...reruns.started]).toEqual([
      ['a-rerun', 'a'],
      ['b-rerun', 'b']
    ])
    expect(log.lines.map(line => line.replace(/https.*/, 'URL'))).toEqual([
      'info: Workflow "ci" failed: rerunning it from failed (1 of 2): URL',
      'info: Workflow "ci" failed: rerunning it from failed (2 of 2): URL'
    ])
  })

  it('that is refused is explained when it begins and when it is given up', async () => {
    const {reruns, look, log} = aRig(['refused'], {rerunFailed: 1})
    for (let second = 0; second <= 70; second += 1) await look([failed])
    expect(log.lines).toEqual([
      'info: CircleCI refused to rerun workflow "ci" from failed: No. Trying again for up to 1m 00s.',
      'warning: CircleCI refused to rerun workflow "ci" from failed: No.'
    ])
    const [attempt] = aSituation([failed]).rollup.attempts
    expect(attempt && reruns.refusalOf(attempt)).toBe('No.')
  })

  it('of what only its holds keep from failing is not possible, which is said once', async () => {
    const {asked, look, log} = aRig(['taken'], {rerunFailed: 1})
    const stuck = {...failed, status: 'failing'}
    for (const one of [stuck, stuck]) await look([one], {holds: {ci: ['hold']}})
    expect(asked).toEqual([])
    expect(log.lines).toEqual([
      'notice: Workflow "ci" is failing, and only its holds are left: "rerun-failed" cannot rerun it, because CircleCI only reruns workflows that have ended.'
    ])
  })
})

describe('an earlier pipeline that is resumed', () => {
  /** What happens while CircleCI has these workflows, by the second; `lost`: it answers no request for a rerun. */
  async function resume(workflows: (second: number) => readonly Workflow[], lost = false) {
    const clock = fakeClock()
    const start = clock.now()
    const second = (): number => (clock.now() - start) / SECOND
    const over = new AbortController()
    clock.alarm(900 * SECOND, () => {
      over.abort()
    })
    const events: string[] = []
    const context = aWaitContext(
      {
        clock,
        circleci: {
          serverNow: () => clock.now(),
          workflows: () => Promise.resolve([...workflows(second())]),
          rerunFromFailed: id => {
            events.push(`${id} at ${second()}`)
            const error = new UnavailableError('POST rerun', 'failed', {processed: 'unknown'})
            return lost ? Promise.reject(error) : Promise.resolve(`${id}-rerun`)
          }
        }
      },
      {workflows: ['a', 'b', 'a,b']}
    )
    const found = await resumePipeline(aPipeline(), {...context, signal: over.signal}, () => {
      events.push('owned')
    })
    const names = (list: readonly {name: string}[]): string => list.map(({name}) => name).join()
    const says =
      found.kind === 'resumed' ? `${names(found.asked)}, lost: ${names(found.lost)}` : found.reason
    return {says, events: [...events, `over at ${second()}`], log: context.log}
  }

  const a = aWorkflow({name: 'a', status: 'failed'})
  const b = (status: string): Workflow => aWorkflow({name: 'b', status})
  const rerun = {...a, id: 'a2', status: 'running', createdAt: '2026-03-02T09:00:10Z'}

  it.each<{
    name: string
    workflows: (second: number) => readonly Workflow[]
    lost?: boolean
    says: string
    events: readonly string[]
  }>([
    {
      name: 'gives up what is lost twice, also beside what has become an error',
      workflows: second => [a, b(second < 1 ? 'running' : 'error')],
      lost: true,
      says: 'a, lost: a',
      events: ['owned', 'a-id at 0', 'a-id at 30', 'over at 60']
    },
    {
      name: 'leaves alone what was running and fails meanwhile',
      workflows: second => [
        a,
        b(second < 8 ? 'running' : 'failed'),
        ...(second < 20 ? [] : [rerun])
      ],
      lost: true,
      says: 'a, lost: ',
      events: ['owned', 'a-id at 0', 'over at 20']
    },
    {
      name: 'waits for no automatic rerun',
      workflows: second => [{...a, maxAutoReruns: 2}, b(second < 1 ? 'running' : 'error')],
      says: 'a, lost: ',
      events: ['owned', 'a-id at 0', 'over at 0']
    },
    {
      name: 'is not owned when nothing of it has failed',
      workflows: () => [{...a, status: 'success'}, b('running')],
      says: ', lost: ',
      events: ['over at 0']
    }
  ])('$name', async ({workflows, lost, says, events}) => {
    expect(await resume(workflows, lost)).toMatchObject({says, events})
  })

  it('is warned about by the wait that follows, not before', async () => {
    const {log} = await resume(() => [{...a, status: 'success'}, b('success')])
    expect(log.lines).toEqual([])
  })
})
