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
    const {deciding} = rollUp(listed, [], ['again'])
    expect(deciding).toMatchObject([{id: 'again', attempt: 2, latest: true}])
  })

  it('puts reruns of one second in the order they were asked for', () => {
    const third = aWorkflow({id: 'third', status: 'failed'})
    const {attempts} = rollUp([third, again, failed], [], ['again', 'third'])
    expect(attempts.map(({id}) => id)).toEqual(['first', 'again', 'third'])
  })

  it('takes a success of the same second that nobody knows for the earlier', () => {
    expect(rollUp([failed, again], []).deciding).toMatchObject([{id: 'first'}])
  })

  it('lets a later time win over what was asked for', () => {
    const later = aWorkflow({id: 'later', status: 'failed', createdAt: '2026-03-02T09:00:01Z'})
    expect(rollUp([later, again], [], ['again']).deciding).toMatchObject([{id: 'later'}])
  })
})
