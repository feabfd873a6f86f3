import {describe, expect, it} from '@jest/globals'
import {expectNoLeak, TOKEN, watch, type Run} from '../support/leak.ts'
import {play, playAll} from './stage.ts'

/** Where a process could differ from `stories/leak`, which has every scenario: its output, its files, its post step. */
const runs: readonly Run[] = [
  {name: 'failing', host: 'own'},
  {name: 'failing', host: 'api'},
  {name: 'hostile', host: 'own'},
  {name: 'config-error', host: 'own'}
]

describe('the token', () => {
  const played = playAll(runs, async run => {
    const watched = await watch(run, play)
    return {...watched, post: await watched.step.post()}
  })

  it.each(runs)('is nowhere in a debug run of $name (artifacts on the $host host)', run => {
    const {post, ...watched} = played(run)
    expectNoLeak(watched)
    expect(post.printed + post.stderr).not.toContain(TOKEN)
  })
})
