import {expect, it} from '@jest/globals'
import type {ProgressUpdate} from '../../src/report/progress.ts'
import {LiveView} from '../../src/terminal/live-view.ts'
import {fakeClock} from '../support/fake-clock.ts'

/** What a terminal shows of what was written: it knows the few codes that the view uses, and no others. */
function screenOf(text: string): string[] {
  const lines = ['']
  for (const [part] of text.matchAll(/\x1b\[(\d+)A|\x1b\[0J|\x1b\[\?7[lh]|\n|[^\x1b\n]+|\x1b/g)) {
    const up = /^\x1b\[(\d+)A$/.exec(part)?.[1]
    if (up !== undefined) lines.length -= Number(up)
    else if (part === '\n') lines.push('')
    else if (part === '\x1b[0J') lines[lines.length - 1] = ''
    else if (part.startsWith('\x1b[?7')) continue
    else lines.push((lines.pop() ?? '') + part)
  }
  return lines.slice(0, -1)
}

function view(rows = 24) {
  const clock = fakeClock()
  let text = ''
  const live = new LiveView(
    more => {
      text += more
    },
    clock,
    () => rows
  )
  return {clock, live, screen: () => screenOf(text), written: () => text}
}

const only = {name: undefined, pipeline: undefined, verdict: undefined}
const build = {
  id: 'a',
  name: 'build',
  status: 'running',
  attempt: 1,
  elapsedMs: 60_000,
  jobs: {done: 3, running: 2, waiting: 4},
  remainingMs: 240_000
}
const update = (changes: Partial<ProgressUpdate> = {}): ProgressUpdate => ({
  workflows: [build],
  state: 'created',
  open: [build],
  failing: false,
  remarks: [],
  eta: undefined,
  elapsedMs: 61_000,
  ...changes
})

it('shows workflows, jobs and time left, and redraws them in place', () => {
  const {live, screen, clock} = view()
  live.print('Triggered pipeline #1.\n')
  const progress = live.progress([only])
  expect(progress.show(update(), only)).toBe(true)
  const block =
    '● build: running · for 1m 00s · 3 of 9 jobs done, 2 running, 4 waiting · about 4m 00s left'
  expect(screen()).toEqual(['Triggered pipeline #1.', block, '… 1m 01s'])
  clock.advance(1_000)
  expect(screen()[1]).toContain('for 1m 01s')
  expect(screen()[1]).toContain('about 3m 59s left')
  expect(screen()).toHaveLength(3)
  expect(progress.show(update(), only)).toBe(false)
  live.print('Something else.\n')
  expect(screen().slice(0, 2)).toEqual(['Triggered pipeline #1.', 'Something else.'])
  expect(screen()).toHaveLength(4)
})

it('leaves the block where it was when the wait is over', () => {
  const {live, screen, clock} = view()
  live
    .progress([only])
    .show(update({workflows: [{...build, status: 'success', jobs: undefined}]}), only)
  live.end()
  live.print('✓ Passed\n')
  clock.advance(60_000)
  expect(screen()).toEqual(['✓ build: success · after 1m 00s', '… 1m 01s', '✓ Passed'])
})

it('shows several pipelines one below the other', () => {
  const {live, screen} = view()
  const [api, web] = [
    {...only, name: 'api'},
    {...only, name: 'web'}
  ]
  const progress = live.progress([api, web])
  progress.show(update(), api)
  progress.show(update({workflows: [], state: 'pending', remarks: ['hold on']}), web)
  expect(screen().map(line => line.slice(0, 14))).toEqual([
    '[api] ● build:',
    '[api] … 1m 01s',
    '[web] ◌ the pi',
    '[web] hold on',
    '[web] … 1m 01s'
  ])
})

it('draws no more than the terminal has lines', () => {
  const {live, screen} = view(5)
  const many = Array.from({length: 30}, (_, index) => ({...build, id: String(index)}))
  live.progress([only]).show(update({workflows: many}), only)
  live.progress([only]).show(update({workflows: many}), only)
  expect(screen()).toHaveLength(4)
})

it('draws remote names as text', () => {
  const {live, written} = view()
  const name = 'x\x1b[2J\x1b]0;title\x07\n::error::'
  live
    .progress([only])
    .show(update({workflows: [{...build, name}], state: 's', remarks: [name]}), only)
  expect(written().replace(/\x1b\[(?:\d+A|0J|\?7[lh])/g, '')).not.toContain('\x1b')
})
