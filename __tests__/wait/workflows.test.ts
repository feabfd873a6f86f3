import {describe, expect, it} from '@jest/globals'

import type {Workflow} from '../../src/circleci/model.ts'
import {
  contradictsItself,
  learnAnswer,
  learnListing,
  missingOf,
  NOTHING_KNOWN,
  type Known
} from '../../src/wait/workflows.ts'
import {aWorkflow} from './builders.ts'

const SECOND = 1_000
const MINUTE = 60_000

/** A row of workflow `a`, `b`, … with its status, as `a running`. */
function row(text: string, fields: Partial<Workflow> = {}): Workflow {
  const [name = '', status = ''] = text.split(' ')
  return aWorkflow({id: name, name, status, ...fields})
}

/** Listings one second apart, one after the other. */
function after(...listings: readonly (readonly string[])[]): Known {
  return listings.reduce(
    (known, rows, index) =>
      learnListing(
        known,
        rows.map(text => row(text)),
        index * SECOND
      ),
    NOTHING_KNOWN
  )
}

function told({workflows}: Known): string[] {
  return workflows.map(({workflow: {id, status}}) => `${id} ${status}`).sort()
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
  ])('$name', ({listings, known, missing}) => {
    const all = after(...listings)
    expect(told(all)).toEqual(known)
    expect(missingOf(all)).toEqual(missing)
  })

  it('keeps what a later row leaves out', () => {
    const first = learnListing(
      NOTHING_KNOWN,
      [row('a failed', {maxAutoReruns: 2, autoRerunNumber: 1, setup: true})],
      0
    )
    const again = learnListing(first, [row('a failed', {createdAt: '', stoppedAt: 'then'})], SECOND)
    expect(again.workflows[0]?.workflow).toMatchObject({
      createdAt: '2026-03-02T09:00:00Z',
      stoppedAt: 'then',
      maxAutoReruns: 2,
      autoRerunNumber: 1,
      setup: true
    })
  })

  it('counts from when something was seen here, whatever times CircleCI tells', () => {
    const known = [0, 1, 2].reduce(
      (before, seconds) =>
        learnListing(
          before,
          [
            row(seconds === 0 ? 'a running' : 'a failed', {
              createdAt: '2001-01-01T00:00:00Z',
              stoppedAt: '2051-01-01T00:00:00Z'
            })
          ],
          seconds * SECOND
        ),
      NOTHING_KNOWN
    )
    expect(known.workflows).toMatchObject([{firstSeenAt: 0, endedAt: SECOND}])
  })

  it('remembers when a row without an id was last listed', () => {
    const first = learnListing(NOTHING_KNOWN, [row('a success'), row('x failed', {id: ''})], SECOND)
    expect(first).toMatchObject({workflows: [{workflow: {id: 'a'}}], anonymousAt: SECOND})
    const second = learnListing(first, [row('a success')], 2 * SECOND)
    expect(second.anonymousAt).toBe(SECOND)
  })
})

describe('a listing that contradicts itself', () => {
  it.each([
    {rows: ['a success', 'a success', 'b running'], expected: false},
    {rows: ['a success', 'a running'], expected: true},
    {rows: ['a failed', 'b success', 'a success'], expected: true}
  ])('$rows: $expected', ({rows, expected}) => {
    const listed = rows.map(text => row(text))
    expect(contradictsItself(NOTHING_KNOWN, listed)).toBe(expected)
    expect(contradictsItself(after(['a running']), listed)).toBe(expected)
  })

  it('does not matter about a workflow that is known to have ended, nor about rows without ids', () => {
    const rows = [row('a success'), row('a running')]
    expect(contradictsItself(after(['a success']), rows)).toBe(false)
    const nameless = rows.map(one => ({...one, id: ''}))
    expect(contradictsItself(NOTHING_KNOWN, nameless)).toBe(false)
  })

  it('leaves two ends open while it is going to be taken again', () => {
    const rows = [row('a failed'), row('a success'), row('b running')]
    const open = learnListing(NOTHING_KNOWN, rows, 0, false)
    expect(told(open)).toEqual(['a unknown', 'b running'])
    expect(told(learnListing(open, [row('a success')], SECOND))).toEqual(['a success', 'b running'])
  })
})

describe('an answer about a workflow by its id', () => {
  const gone = after(['a running', 'b success'], ['b success'], ['b success'], ['b success'])

  it('counts', () => {
    const {known, dropped} = learnAnswer(gone, 'a', row('a success'), MINUTE)
    expect(told(known)).toEqual(['a success', 'b success'])
    expect(missingOf(known)).toEqual([])
    expect(dropped).toBeUndefined()
  })

  it('leaves one that still runs missing, to be asked for again', () => {
    expect(missingOf(learnAnswer(gone, 'a', row('a running'), MINUTE).known)).toEqual(['a'])
  })

  it('"not found" drops a workflow that three listings lacked, after a minute of it', () => {
    const first = learnAnswer(gone, 'a', undefined, 0)
    expect(first).not.toHaveProperty('dropped')
    const later = learnAnswer(first.known, 'a', undefined, MINUTE - 1)
    expect(told(later.known)).toEqual(['a running', 'b success'])
    const last = learnAnswer(later.known, 'a', undefined, MINUTE)
    expect(last.dropped).toMatchObject({id: 'a'})
    expect(told(last.known)).toEqual(['b success'])
  })

  it.each([
    {name: 'fewer listings', known: after(['a running'], [], []), again: undefined},
    {name: 'an answer in between', known: gone, again: row('a running')}
  ])('"not found" drops nothing after $name', ({known, again}) => {
    const first = learnAnswer(known, 'a', undefined, 0).known
    const between = again === undefined ? first : learnAnswer(first, 'a', again, SECOND).known
    expect(learnAnswer(between, 'a', undefined, MINUTE)).not.toHaveProperty('dropped')
  })

  it('about one that is not known says nothing', () => {
    expect(learnAnswer(gone, 'x', row('x failed'), 0)).toEqual({known: gone})
  })
})
