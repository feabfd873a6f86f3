import {describe, expect, it} from '@jest/globals'

import {rollUp} from '../../src/wait/rollup.ts'
import {aWorkflow} from './builders.ts'

describe('rollUp', () => {
  const failed = aWorkflow({id: 'first', status: 'failed'})
  const again = aWorkflow({id: 'again', status: 'success'})

  it.each([
    {name: 'oldest first', listed: [failed, again]},
    {name: 'newest first', listed: [again, failed]}
  ])('puts a rerun of the same second after its origin, listed $name', ({listed}) => {
    const {deciding} = rollUp(listed, [], new Map([['again', 'first']]))
    expect(deciding).toMatchObject([{id: 'again', attempt: 2, latest: true}])
  })

  it('puts reruns of one second in the order they were asked for', () => {
    const third = aWorkflow({id: 'third', status: 'failed'})
    const reruns = new Map([
      ['again', 'first'],
      ['third', 'again']
    ])
    const {attempts} = rollUp([third, again, failed], [], reruns)
    expect(attempts.map(({id}) => id)).toEqual(['first', 'again', 'third'])
  })

  it('takes a success of the same second that nobody knows for the earlier', () => {
    expect(rollUp([failed, again], []).deciding).toMatchObject([{id: 'first'}])
  })

  it('puts reruns of this step after what they rerun, whatever the times of their making', () => {
    const early = {...again, createdAt: '2026-03-02T08:59:00Z'}
    const third = aWorkflow({id: 'third', status: 'failed', createdAt: '2026-03-02T08:59:30Z'})
    const reruns = new Map([
      ['again', 'first'],
      ['third', 'again']
    ])
    const {attempts} = rollUp([third, early, failed], [], reruns)
    expect(attempts.map(({id}) => id)).toEqual(['first', 'again', 'third'])
  })

  it('lets a later time win over what was asked for', () => {
    const later = aWorkflow({id: 'later', status: 'failed', createdAt: '2026-03-02T09:00:01Z'})
    expect(rollUp([later, again], [], new Map([['again', 'first']])).deciding).toMatchObject([
      {id: 'later'}
    ])
  })
})
