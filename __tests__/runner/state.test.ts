import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

import {parseKeyValueFile} from '../../scripts/runner/file-commands.ts'
import type {PipelineRecord, StepRecord} from '../../src/record/record.ts'
import {
  NOTHING_LEFT,
  readState,
  StateKeeper,
  stateOf,
  type SavedState
} from '../../src/runner/state.ts'
import {aPipeline, aRecord, aVerdict, aWorkflow} from '../report/builders.ts'

const pipeline = {
  id: '11111111-2222-4333-8444-555555555555',
  number: 7,
  slug: {provider: 'gh', organization: 'acme', project: 'shop'}
} as const
const intent = {
  version: 2,
  nonce: '0'.repeat(32),
  slug: 'gh/acme/shop',
  parameters: {},
  sentAt: 1
} as const
const statusSha = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'

const environment = process.env
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'state-'))
  file = path.join(folder, 'state')
  writeFileSync(file, '')
  process.env = {GITHUB_STATE: file}
})

afterEach(() => {
  process.env = environment
  rmSync(folder, {recursive: true})
})

const saved = (): string => parseKeyValueFile(readFileSync(file, 'utf8'))['left'] ?? ''

/** What the post step reads when the runner has passed on what was saved, or this text. */
function passedOn(text = saved()): SavedState {
  process.env = {STATE_left: text}
  return readState(folder)
}

describe('state', () => {
  it('is nothing in a step that saved nothing', () => {
    process.env = {}
    expect(readState(folder)).toEqual(NOTHING_LEFT)
  })

  it('carries everything to the post step, the last of each', () => {
    const keeper = new StateKeeper(folder)
    keeper.save({...NOTHING_LEFT, intents: [{...intent, sentAt: 2}]})
    keeper.save({...NOTHING_LEFT, intents: [intent], pipelines: [{...pipeline, number: 6}]})
    const last = {intents: [intent], pipelines: [pipeline], statusSha, cancelling: true}
    keeper.save(last)
    expect(passedOn()).toEqual(last)
  })

  it('carries the workflows that were last seen unfinished, and only ids of such', () => {
    const workflows = ['two', '../four']
    new StateKeeper(folder).save({...NOTHING_LEFT, pipelines: [{...pipeline, workflows}]})
    expect(passedOn().pipelines).toEqual([{...pipeline, workflows: ['two']}])
  })

  it('is empty when nothing is left, so that the post step does not even read it', () => {
    const keeper = new StateKeeper(folder)
    keeper.save({intents: [intent], pipelines: [pipeline], statusSha, cancelling: true})
    keeper.save({...NOTHING_LEFT, cancelling: true})
    expect(saved()).toBe('')
  })

  it('is written only when it is another one', () => {
    const keeper = new StateKeeper(folder)
    keeper.save({...NOTHING_LEFT, pipelines: [pipeline]})
    const {length} = readFileSync(file)
    keeper.save({...NOTHING_LEFT, pipelines: [pipeline]})
    expect(readFileSync(file)).toHaveLength(length)
  })

  const many = Array.from({length: 2_000}, (_, index) => ({...pipeline, number: index + 1}))

  it('goes to a file of the temp folder when it is long, and is read back from there', () => {
    const keeper = new StateKeeper(folder)
    keeper.save({...NOTHING_LEFT, pipelines: many})
    expect(saved()).toMatch(/^\{"file":"circleci-pipeline-state-[0-9a-f-]{36}\.json"\}$/)
    const [written = ''] = readdirSync(folder).filter(name => name.endsWith('.json'))
    expect(statSync(path.join(folder, written)).mode & 0o077).toBe(0)
    expect(passedOn()).toEqual({...NOTHING_LEFT, pipelines: many})
  })

  it.each([1, 10, 100, 150, 200, 250, 300, 400])('stays under 32 kB with %d pipelines', count => {
    new StateKeeper(folder).save({...NOTHING_LEFT, pipelines: many.slice(0, count)})
    expect(Buffer.byteLength(saved())).toBeLessThan(32_000)
    expect(passedOn().pipelines).toHaveLength(count)
  })
})

describe('the state of a record', () => {
  const step = (
    changes: Partial<StepRecord> = {},
    one: Partial<PipelineRecord> = {}
  ): StepRecord => ({
    ...aRecord(),
    ...changes,
    pipelines: aRecord().pipelines.map(record => ({...record, ...one}))
  })
  const info = {id: aPipeline().id, number: 4217, slug: pipeline.slug}
  const workflows = [
    aWorkflow({id: 'a'}),
    ...['b', ''].map(id => aWorkflow({id, status: 'running'}))
  ]
  const cancelled = aVerdict({reason: 'github-cancelled'})

  it.each([
    [
      'a pipeline of its own, with what is unfinished',
      step({}, {workflows}),
      {pipelines: [{...info, workflows: ['b']}]}
    ],
    ['no pipeline that it took', step({}, {owned: false}), {}],
    ['a trigger whose answer is out', step({}, {intent, pipeline: undefined}), {intents: [intent]}],
    ['nothing once it has ended', step({ended: true}, {intent}), {}],
    [
      'what it was about to cancel',
      step({ended: true}, {workflows: [], cancelling: true}),
      {pipelines: [info], cancelling: true}
    ],
    [
      'a trigger whose answer was out when it was cancelled',
      step({ended: true}, {verdict: cancelled, intent, pipeline: undefined}),
      {intents: [intent]}
    ],
    ['nothing that was to be left at a cancel', step({ended: true}, {verdict: cancelled}), {}],
    ['a commit status that is pending', step({ended: true, statusSha}), {statusSha}]
  ])('has %s', (_, record, left) => {
    expect(stateOf(record)).toEqual({...NOTHING_LEFT, ...left})
  })
})

describe('a state that is not ours', () => {
  const ours = {id: pipeline.id, number: 7, slug: 'gh/acme/shop'}

  it('is believed when it is what the main step writes', () => {
    expect(passedOn(JSON.stringify({pipelines: [ours]})).pipelines).toEqual([pipeline])
  })

  it.each([
    ['null', null],
    ['a list', [ours]],
    ['a text', 'x'],
    ['no id', {...ours, id: undefined}],
    ['an id that is none', {...ours, id: '../../me'}],
    ['an id with a line behind it', {...ours, id: `${ours.id}\n`}],
    ['a number that is a text', {...ours, number: '7'}],
    ['the number 0', {...ours, number: 0}],
    ['half a number', {...ours, number: 7.5}],
    ['too large a number', {...ours, number: 1e300}],
    ['a slug that is none', {...ours, slug: 'acme/shop'}],
    ['a slug as nobody writes it', {...ours, slug: ' github/acme/shop'}],
    ['a slug that climbs', {...ours, slug: 'gh/../shop'}],
    ['something besides', {...ours, more: 1}],
    ['a prototype', JSON.parse(`{"__proto__":${JSON.stringify(ours)}}`) as unknown]
  ])('is not believed when a pipeline is %s', (_, one) => {
    expect(passedOn(JSON.stringify({pipelines: [one]}))).toEqual(NOTHING_LEFT)
  })

  it.each([
    ['no JSON', '{"pipelines":'],
    ['null', 'null'],
    ['a list', JSON.stringify([ours])],
    ['a number', '7'],
    ['something besides', JSON.stringify({pipelines: [ours], more: 1})],
    ['pipelines that are no list', JSON.stringify({pipelines: ours})],
    ['a very long text', `{"pipelines":[${JSON.stringify(ours)}${' '.repeat(9_000_000)}]}`],
    ['an intent with something besides', JSON.stringify({intents: [{...intent, more: 1}]})],
    ['a commit that is none', JSON.stringify({statusSha: '../main'})],
    ['a mark that is a text', JSON.stringify({cancelling: 'true'})],
    ['a file somewhere else', JSON.stringify({file: '../circleci-pipeline-state.json'})],
    [
      'a file that is not there',
      JSON.stringify({file: `circleci-pipeline-state-${'0'.repeat(36)}.json`})
    ],
    [
      'a file and more',
      JSON.stringify({file: `circleci-pipeline-state-${'0'.repeat(36)}.json`, pipelines: [ours]})
    ]
  ])('is not believed when it is %s', (_, text) => {
    expect(passedOn(text)).toEqual(NOTHING_LEFT)
  })

  it('is not believed when its file holds something else', () => {
    const name = `circleci-pipeline-state-${'0'.repeat(36)}.json`
    writeFileSync(path.join(folder, name), JSON.stringify({pipelines: [{...ours, id: '../x'}]}))
    expect(passedOn(JSON.stringify({file: name}))).toEqual(NOTHING_LEFT)
  })
})
