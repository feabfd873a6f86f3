import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'

import {parseKeyValueFile} from '../scripts/runner/file-commands.ts'
import {
  markBegun,
  markCancelling,
  markSettled,
  readState,
  remainingDuty,
  saveIntent,
  savePipeline,
  type SavedState
} from '../src/state.ts'

const pipeline = {
  id: '11111111-2222-4333-8444-555555555555',
  number: 7,
  slug: {provider: 'gh', organization: 'acme', project: 'shop'}
} as const
const intent = {
  version: 1,
  nonce: '0'.repeat(32),
  slug: 'gh/acme/shop',
  parameters: {},
  sentAt: 1
} as const

const aState = (fields: Partial<SavedState>): SavedState => ({
  isPost: true,
  settled: false,
  cancelling: false,
  intent: undefined,
  pipeline: undefined,
  ...fields
})

describe('remainingDuty', () => {
  it.each([
    {name: 'nothing was started', state: {}, onCancel: 'cancel', duty: 'nothing'},
    {
      name: 'came to its end',
      state: {pipeline, settled: true},
      onCancel: 'cancel',
      duty: 'nothing'
    },
    {name: 'killed', state: {pipeline}, onCancel: 'cancel', duty: 'cancel'},
    {name: 'killed, to be left', state: {pipeline}, onCancel: 'leave', duty: 'leave'},
    {name: 'killed in mid-trigger', state: {intent}, onCancel: 'cancel', duty: 'cancel'},
    {name: 'killed in mid-trigger, to be left', state: {intent}, onCancel: 'leave', duty: 'leave'},
    {
      name: 'timed out with on-timeout: cancel, whatever on-cancel says',
      state: {pipeline, settled: true, cancelling: true},
      onCancel: 'leave',
      duty: 'cancel'
    },
    {
      name: 'timed out with on-timeout: leave, whatever on-cancel says',
      state: {pipeline, settled: true},
      onCancel: 'cancel',
      duty: 'nothing'
    },
    {
      name: 'killed while it cancelled',
      state: {pipeline, cancelling: true},
      onCancel: 'cancel',
      duty: 'cancel'
    }
  ] as const)('$name: $duty', ({state, onCancel, duty}) => {
    expect(remainingDuty(aState(state), onCancel)).toBe(duty)
  })
})

describe('state', () => {
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

  /** What the post step reads when the runner has passed on what was saved, or these values. */
  function passedOn(values = parseKeyValueFile(readFileSync(file, 'utf8'))): SavedState {
    process.env = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`STATE_${name}`, value])
    )
    return readState()
  }

  it('says nothing in the main step', () => {
    expect(readState()).toEqual(aState({isPost: false}))
  })

  it('carries everything to the post step, the last of each', () => {
    markBegun()
    saveIntent({...intent, sentAt: 2})
    saveIntent(intent)
    savePipeline({...pipeline, number: 6})
    savePipeline(pipeline)
    markCancelling()
    markSettled()
    expect(passedOn()).toEqual({isPost: true, settled: true, cancelling: true, intent, pipeline})
  })

  it('takes an intent and a pipeline back', () => {
    markBegun()
    saveIntent(intent)
    saveIntent(undefined)
    savePipeline(pipeline)
    savePipeline(undefined)
    expect(passedOn()).toEqual(aState({}))
  })

  const saved = {id: pipeline.id, number: 7, slug: 'gh/acme/shop'}

  it('is believed when it is what the main step writes', () => {
    expect(passedOn({pipeline: JSON.stringify(saved)}).pipeline).toEqual(pipeline)
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{"id":'],
    ['null', 'null'],
    ['a list', JSON.stringify([saved])],
    ['a text', JSON.stringify('x')],
    ['no id', JSON.stringify({...saved, id: undefined})],
    ['an id that is none', JSON.stringify({...saved, id: '../../me'})],
    ['an id with a line behind it', JSON.stringify({...saved, id: `${saved.id}\n`})],
    ['a number that is a text', JSON.stringify({...saved, number: '7'})],
    ['the number 0', JSON.stringify({...saved, number: 0})],
    ['half a number', JSON.stringify({...saved, number: 7.5})],
    ['too large a number', JSON.stringify({...saved, number: 1e300})],
    ['a slug that is none', JSON.stringify({...saved, slug: 'acme/shop'})],
    ['a slug as nobody writes it', JSON.stringify({...saved, slug: ' github/acme/shop'})],
    ['a slug that climbs', JSON.stringify({...saved, slug: 'gh/../shop'})],
    ['something besides', JSON.stringify({...saved, more: 1})],
    ['a prototype', `{"__proto__":{"id":"${saved.id}","number":7,"slug":"gh/acme/shop"}}`]
  ])('is not believed when the pipeline is %s', (_, text) => {
    expect(passedOn({begun: 'true', pipeline: text})).toEqual(aState({}))
  })

  it.each(['True', '1', 'yes', ' true', 'false', ''])('takes no mark for set that is %j', mark => {
    expect(passedOn({begun: mark, settled: mark, cancelling: mark})).toEqual(
      aState({isPost: false})
    )
  })

  it('is not believed when the intent is not one', () => {
    expect(passedOn({begun: 'true', intent: JSON.stringify({...intent, extra: 1})})).toEqual(
      aState({})
    )
  })
})
