import {describe, expect, it} from '@jest/globals'

import {RefusedError} from '../../src/circleci/faults.ts'
import type {Workflow} from '../../src/circleci/model.ts'
import {Workflows} from '../../src/wait/workflows.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {aWaitContext, aWorkflow} from './builders.ts'

const SECOND = 1_000
const MINUTE = 60_000

/** A row of workflow `a`, `b`, ... with its status, as `a running`. */
function row(text: string, fields: Partial<Workflow> = {}): Workflow {
  const [name = '', status = ''] = text.split(' ')
  return aWorkflow({id: name, name, status, ...fields})
}

type Row = string | Workflow

/** The workflows of a pipeline, a CircleCI that lists and answers as it is set, and how often it was asked. */
function aPipeline() {
  const clock = fakeClock()
  const answers = {rows: [] as readonly Row[], byId: undefined as Workflow | undefined}
  const asked = {listings: 0, ids: [] as string[]}
  const context = aWaitContext({
    clock,
    circleci: {
      workflows: () => {
        asked.listings += 1
        return Promise.resolve(answers.rows.map(one => (typeof one === 'string' ? row(one) : one)))
      },
      workflow: id => {
        asked.ids.push(id)
        return answers.byId === undefined
          ? Promise.reject(new RefusedError('GET workflow', 404, ''))
          : Promise.resolve(answers.byId)
      }
    }
  })
  const workflows = new Workflows(context)
  return {
    clock,
    asked,
    workflows,
    log: context.log,
    /** Takes listings, a second after each other. */
    list: async (...listings: readonly (readonly Row[])[]): Promise<void> => {
      for (const rows of listings) {
        answers.rows = rows
        await workflows.list({})
        clock.advance(SECOND)
      }
    },
    /** Asks for what is missing by id; `undefined`: it is not found. */
    ask: async (answer: Workflow | undefined, ids: readonly string[] = ['a', 'b']) => {
      answers.byId = answer
      await workflows.askForMissing(new Set(ids), {})
    },
    known: (): string[] => workflows.all.map(({id, status}) => `${id} ${status}`).sort()
  }
}

describe('what is known after listings', () => {
  it.each([
    {
      name: 'a workflow that the next listing lacks stays as it was',
      listings: [['a running', 'b running'], ['a success']],
      known: ['a success', 'b running'],
      missing: ['b']
    },
    {
      name: 'one that has ended is not asked for again',
      listings: [['a failed', 'b running'], ['b success']],
      known: ['a failed', 'b success'],
      missing: []
    },
    {
      name: 'one that is listed again is not missing',
      listings: [['a running'], [], ['a on_hold']],
      known: ['a on_hold'],
      missing: []
    },
    {
      name: 'an ended one does not go on: the listing is an old one',
      listings: [['a success'], ['a running']],
      known: ['a success'],
      missing: []
    },
    {
      name: 'of two ends the worse one stands',
      listings: [
        ['a success', 'b failed'],
        ['a failed', 'b success']
      ],
      known: ['a failed', 'b failed'],
      missing: []
    },
    {
      name: 'the order of a listing means nothing',
      listings: [
        ['a running', 'b running'],
        ['b success', 'a running']
      ],
      known: ['a running', 'b success'],
      missing: []
    },
    {
      name: 'of two rows of one id the unfinished one counts',
      listings: [['a success', 'a running', 'b running', 'b success']],
      known: ['a running', 'b running'],
      missing: []
    },
    {
      name: 'of two ended rows of one id the failed one counts',
      listings: [['a success', 'a failed', 'b failed', 'b success']],
      known: ['a failed', 'b failed'],
      missing: []
    },
    {
      name: 'of two unfinished rows the one that proves less',
      listings: [['a on_hold', 'a running', 'b failing', 'b on_hold', 'c running', 'c unheard-of']],
      known: ['a running', 'b failing', 'c unheard-of'],
      missing: []
    }
  ])('$name', async ({listings, known, missing}) => {
    const it = aPipeline()
    await it.list(...listings)
    expect(it.known()).toEqual(known)
    expect(it.workflows.missing).toEqual(missing)
  })

  it('keeps what a later row leaves out', async () => {
    const {list, workflows} = aPipeline()
    const first = row('a failed', {maxAutoReruns: 2, autoRerunNumber: 1, setup: true})
    await list([first], [row('a failed', {createdAt: '', stoppedAt: 'then'})])
    expect(workflows.all[0]).toMatchObject({
      createdAt: '2026-03-02T09:00:00Z',
      stoppedAt: 'then',
      maxAutoReruns: 2,
      autoRerunNumber: 1,
      setup: true
    })
  })

  it('counts from when something was seen here, whatever times CircleCI reports', async () => {
    const {list, workflows} = aPipeline()
    const times = {createdAt: '2001-01-01T00:00:00Z', stoppedAt: '2051-01-01T00:00:00Z'}
    expect([workflows.newestAgeMs, workflows.stoppedForMs('a')]).toEqual([Infinity, 0])
    await list([row('a running', times)])
    expect([workflows.newestAgeMs, workflows.stoppedForMs('a')]).toEqual([SECOND, 0])
    await list([row('a failed', times)], [row('a failed', times)])
    expect([workflows.newestAgeMs, workflows.stoppedForMs('a')]).toEqual([3 * SECOND, 2 * SECOND])
  })

  it('remembers when a row without an id was last listed', async () => {
    const it = aPipeline()
    await it.list(['a success'])
    expect(it.workflows.anonymousForMs).toBe(Infinity)
    await it.list([row('a success'), row('x failed', {id: ''})], ['a success'])
    expect(it.known()).toEqual(['a success'])
    expect(it.workflows.anonymousForMs).toBe(2 * SECOND)
  })
})

describe('a listing that contradicts itself', () => {
  it.each([
    {rows: ['a success', 'a success', 'b running'], listings: 1},
    {rows: ['a success', 'a running'], listings: 4},
    {rows: ['a failed', 'b success', 'a success'], listings: 4}
  ])('$rows is taken $listings times', async ({rows, listings}) => {
    const fresh = aPipeline()
    await fresh.list(rows)
    expect(fresh.asked.listings).toBe(listings)
    const running = aPipeline()
    await running.list(['a running'], rows)
    expect(running.asked.listings).toBe(1 + listings)
  })

  it('does not matter about a workflow that is known to have ended, nor about rows without ids', async () => {
    const rows = [row('a success'), row('a running')]
    const it = aPipeline()
    await it.list(
      ['a success'],
      rows,
      rows.map(one => ({...one, id: ''}))
    )
    expect(it.asked.listings).toBe(3)
  })

  it('leaves two ends open while it is taken again', async () => {
    const it = aPipeline()
    const listing = it.list(['a failed', 'a success', 'b running'])
    await Promise.resolve()
    await Promise.resolve()
    expect(it.known()).toEqual(['a unknown', 'b running'])
    await listing
    expect(it.known()).toEqual(['a failed', 'b running'])
  })
})

describe('an answer about a workflow by its id', () => {
  const gone = [['a running', 'b success'], ['b success'], ['b success'], ['b success']]

  it('counts', async () => {
    const it = aPipeline()
    await it.list(...gone)
    await it.ask(row('a success'))
    expect(it.asked.ids).toEqual(['a'])
    expect(it.known()).toEqual(['a success', 'b success'])
    expect(it.workflows.missing).toEqual([])
  })

  it('is asked for only where the workflow is needed', async () => {
    const it = aPipeline()
    await it.list(...gone)
    await it.ask(row('a success'), ['b'])
    expect(it.asked.ids).toEqual([])
  })

  it('leaves one that still runs missing, to be asked for again', async () => {
    const it = aPipeline()
    await it.list(...gone)
    await it.ask(row('a running'))
    expect(it.workflows.missing).toEqual(['a'])
  })

  it('"not found" drops a workflow that three listings lacked, after a minute of it', async () => {
    const it = aPipeline()
    await it.list(...gone)
    await it.ask(undefined)
    it.clock.advance(MINUTE - 1)
    await it.ask(undefined)
    expect(it.known()).toEqual(['a running', 'b success'])
    it.clock.advance(1)
    await it.ask(undefined)
    expect(it.known()).toEqual(['b success'])
    expect(it.log.of('warning')).toEqual([
      expect.stringContaining('Workflow "a" was running, but CircleCI no longer has it')
    ])
  })

  it.each([
    {name: 'fewer listings', listings: gone.slice(0, 3), between: undefined},
    {name: 'an answer in between', listings: gone, between: row('a running')}
  ])('"not found" drops nothing after $name', async ({listings, between}) => {
    const it = aPipeline()
    await it.list(...listings)
    await it.ask(undefined)
    if (between !== undefined) await it.ask(between)
    it.clock.advance(MINUTE)
    await it.ask(undefined)
    expect(it.known()).toContain('a running')
  })
})
