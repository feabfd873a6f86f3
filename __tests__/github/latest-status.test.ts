import {describe, expect, it} from '@jest/globals'
import type {StatusFields} from '../../src/github/client.ts'
import {latestOnly, type PlacedStatus} from '../../src/github/commit-status.ts'

function status(description: string, state: StatusFields['state'] = 'pending'): PlacedStatus {
  return {sha: undefined, context: 'ci', state, description, targetUrl: undefined}
}

interface Posting {
  readonly said: string[]
  readonly post: (fields: StatusFields) => Promise<boolean>
  /** Answers the request under way. */
  readonly answer: (taken: boolean) => Promise<void>
}

function posting(): Posting {
  const said: string[] = []
  let resolve: ((taken: boolean) => void) | undefined
  const turn = (): Promise<void> => new Promise(done => setImmediate(done))
  return {
    said,
    post: ({description}) => {
      if (resolve !== undefined) throw new Error('two requests at a time')
      said.push(description)
      return new Promise(done => {
        resolve = done
      })
    },
    answer: async taken => {
      await turn()
      const done = resolve
      resolve = undefined
      done?.(taken)
      await turn()
    }
  }
}

describe('latestOnly', () => {
  it('sends one thing at a time, and of what comes up meanwhile only the newest', async () => {
    const {said, post, answer} = posting()
    const write = latestOnly(post)
    const all = [write(status('one'))]
    await new Promise(done => setImmediate(done))
    all.push(write(status('two')), write(status('three')), write(status('four', 'success')))
    expect(said).toEqual(['one'])
    await answer(true)
    expect(said).toEqual(['one', 'four'])
    await answer(true)
    await Promise.all(all)
    expect(said).toEqual(['one', 'four'])
  })

  it('does not try again by itself what was not taken', async () => {
    const {said, post, answer} = posting()
    const write = latestOnly(post)
    const all = [write(status('one')), write(status('two')), write(status('three'))]
    await answer(false)
    await Promise.all(all)
    expect(said).toEqual(['three'])
  })

  it('does not say the same twice, unless it was not taken', async () => {
    const {said, post, answer} = posting()
    const write = latestOnly(post)
    for (const [description, taken] of [
      ['one', true],
      ['one', true],
      ['two', false],
      ['two', true],
      ['one', true]
    ] as const) {
      const written = write(status(description))
      await answer(taken)
      await written
    }
    expect(said).toEqual(['one', 'two', 'two', 'one'])
  })

  it.each([{state: 'success'}, {description: 'two'}, {targetUrl: 'https://x.test'}] as const)(
    'takes %j for a change',
    async change => {
      const {said, post, answer} = posting()
      const write = latestOnly(post)
      const first = write(status('one'))
      await answer(true)
      await first
      const second = write({...status('one'), ...change})
      await answer(true)
      await second
      expect(said).toHaveLength(2)
    }
  )

  it('resolves only when what was said last has been answered', async () => {
    const {post, answer} = posting()
    const write = latestOnly(post)
    const settled: string[] = []
    void write(status('one')).then(() => settled.push('one'))
    await new Promise(done => setImmediate(done))
    const last = write(status('two')).then(() => settled.push('two'))
    await answer(true)
    expect(settled).toEqual(['one'])
    await answer(true)
    await last
    expect(settled).toEqual(['one', 'two'])
  })

  it('tells what is under way when something newer is to be said', async () => {
    const signals: AbortSignal[] = []
    let finish: (taken: boolean) => void = () => undefined
    const write = latestOnly((_, superseded) => {
      signals.push(superseded)
      return new Promise(resolve => {
        finish = resolve
      })
    })
    const first = write(status('one'))
    await new Promise(done => setImmediate(done))
    expect(signals.map(({aborted}) => aborted)).toEqual([false])
    const second = write(status('two'))
    expect(signals.map(({aborted}) => aborted)).toEqual([true])
    finish(false)
    await first
    await new Promise(done => setImmediate(done))
    expect(signals.map(({aborted}) => aborted)).toEqual([true, false])
    finish(true)
    await second
  })
})
