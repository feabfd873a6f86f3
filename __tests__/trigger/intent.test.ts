import {describe, expect, it} from '@jest/globals'
import type {ParameterValue} from '../../src/circleci/model.ts'
import type {TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {
  fingerprint,
  intentOf,
  parseIntent,
  refOfRequest,
  slugOfIntent,
  type Circumstances
} from '../../src/trigger/intent.ts'
import {aRequest, SLUG} from './fake-circleci.ts'

const random = (): number => 0.5
const SENT_AT = Date.parse('2026-03-02T09:00:00Z')
const AT = {sentAt: SENT_AT}

describe('intentOf', () => {
  it('says what is asked for, without the values', () => {
    const intent = intentOf(aRequest({parameters: {secret: 'hunter2'}}), AT, random)
    expect(intent).toEqual({
      version: 2,
      nonce: '80000000800000008000000080000000',
      slug: 'gh/acme/shop',
      ref: {branch: 'main'},
      parameters: {secret: fingerprint(intent.nonce, 'secret', 'hunter2')},
      sentAt: SENT_AT
    })
    expect(JSON.stringify(intent)).not.toContain('hunter2')
  })

  it('takes the checkout of the run endpoint for the ref', () => {
    const request = {
      endpoint: 'run' as const,
      slug: SLUG,
      definitionId: undefined,
      checkout: {tag: 'v1'},
      config: {branch: 'main'},
      parameters: {}
    }
    expect(refOfRequest(request)).toEqual({tag: 'v1'})
    const intent = intentOf(request, AT, random)
    expect(intent).toMatchObject({ref: {tag: 'v1'}, config: {branch: 'main'}})
    expect(intent).not.toHaveProperty('definition')
  })

  it('says what was known besides, and never that it was sent later than it was', () => {
    const known = {requestId: 'ccp-1-1-a-b', after: 41, since: SENT_AT + 0.9}
    expect(intentOf(aRequest(), {...known, sentAt: SENT_AT + 0.9}, random)).toMatchObject({
      ...known,
      since: SENT_AT,
      sentAt: SENT_AT
    })
  })

  it('fills the nonce to its full length', () => {
    expect(intentOf(aRequest(), AT, () => 0).nonce).toBe('0'.repeat(32))
    expect(intentOf(aRequest(), AT, () => 1 - 2 ** -53).nonce).toBe('f'.repeat(32))
  })
})

describe('parseIntent', () => {
  const run: TriggerRequest = {
    endpoint: 'run',
    slug: SLUG,
    definitionId: '44444444-5555-4666-8777-888888888888',
    checkout: {branch: 'main'},
    config: {tag: 'v1'},
    parameters: {}
  }

  it.each<[string, TriggerRequest, Circumstances]>([
    ['a branch', aRequest({ref: {branch: 'main'}}), AT],
    ['a tag', aRequest({ref: {tag: 'v1.0'}}), AT],
    ['no ref', aRequest({ref: undefined}), AT],
    ['everything', run, {...AT, since: SENT_AT - 7, after: 0, requestId: 'ccp-1-1-a-b'}]
  ])('reads back what was saved, with %s', (_what, request, circumstances) => {
    const intent = intentOf(request, circumstances, random)
    expect(parseIntent(JSON.stringify(intent))).toEqual(intent)
    expect(slugOfIntent(intent)).toEqual(SLUG)
  })

  const good = JSON.parse(JSON.stringify(intentOf(aRequest(), AT, random))) as object

  it.each<[string, string]>([
    ['nothing', ''],
    ['half of it', JSON.stringify(good).slice(0, -2)],
    ['null', 'null'],
    ['a list', '[]'],
    ['a string', '"intent"'],
    ['another version', JSON.stringify({...good, version: 1})],
    ['an unknown field', JSON.stringify({...good, pipeline: 'x'})],
    ['a field missing', JSON.stringify({...good, nonce: undefined})],
    ['a short nonce', JSON.stringify({...good, nonce: 'abc'})],
    ['a nonce in capitals', JSON.stringify({...good, nonce: 'A'.repeat(32)})],
    ['a nonce with a line break', JSON.stringify({...good, nonce: `${'a'.repeat(32)}\n`})],
    ['a long slug', JSON.stringify({...good, slug: 'github/acme/shop'})],
    ['a slug that climbs', JSON.stringify({...good, slug: 'gh/../shop'})],
    ['a slug with a query', JSON.stringify({...good, slug: 'gh/acme/shop?x=1'})],
    ['a slug of another type', JSON.stringify({...good, slug: 1})],
    ['a ref of two', JSON.stringify({...good, ref: {branch: 'a', tag: 'b'}})],
    ['a ref of another kind', JSON.stringify({...good, ref: {commit: 'a'}})],
    ['an empty ref', JSON.stringify({...good, ref: {}})],
    ['an empty branch', JSON.stringify({...good, ref: {branch: ''}})],
    ['a null ref', JSON.stringify({...good, ref: null})],
    ['a ref of text', JSON.stringify({...good, ref: 'main'})],
    ['parameters in a list', JSON.stringify({...good, parameters: []})],
    ['a parameter in the clear', JSON.stringify({...good, parameters: {a: 'unit'}})],
    ['a parameter of a number', JSON.stringify({...good, parameters: {a: 1}})],
    ['a definition that climbs', JSON.stringify({...good, definition: '../me'})],
    ['a config of text', JSON.stringify({...good, config: 'main'})],
    ['an id with a space', JSON.stringify({...good, requestId: 'ccp-1 x'})],
    ['a number below none', JSON.stringify({...good, after: -1})],
    ['a number of text', JSON.stringify({...good, after: '7'})],
    ['a time of nothing', JSON.stringify({...good, since: null})],
    ['a time of text', JSON.stringify({...good, sentAt: '2026'})],
    ['a time before all time', JSON.stringify({...good, sentAt: -1})],
    ['a broken time', JSON.stringify({...good, sentAt: 1.5})],
    ['too much', JSON.stringify({...good, slug: `gh/acme/${'x'.repeat(70_000)}`})]
  ])('refuses %s', (_what, text) => {
    expect(parseIntent(text)).toBeUndefined()
  })

  it('takes as many parameters as CircleCI does', () => {
    const names = Array.from({length: 100}, (_, index) => `${index}`.padEnd(128, 'x'))
    const parameters = Object.fromEntries(names.map(name => [name, 'v'.repeat(512)]))
    const intent = intentOf(aRequest({parameters}), AT, random)
    expect(parseIntent(JSON.stringify(intent))).toEqual(intent)
  })
})

describe('fingerprint', () => {
  it('is a SHA-256 in hex that repeats', () => {
    expect(fingerprint('salt', 'suite', 'unit')).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint('salt', 'suite', 'unit')).toBe(fingerprint('salt', 'suite', 'unit'))
  })

  it.each<[string, [string, string, ParameterValue], [string, string, ParameterValue]]>([
    ['the value', ['s', 'n', 'a'], ['s', 'n', 'b']],
    ['a number from its text', ['s', 'n', 1], ['s', 'n', '1']],
    ['a boolean from its text', ['s', 'n', true], ['s', 'n', 'true']],
    ['the name', ['s', 'n', 'a'], ['s', 'm', 'a']],
    ['the salt', ['s', 'n', 'a'], ['t', 'n', 'a']],
    ['where one part ends', ['s', 'na', 'b'], ['s', 'n', 'ab']],
    ['text with quotes', ['s', 'n', '","x'], ['s', 'n","', 'x']]
  ])('tells %s', (_what, one, other) => {
    expect(fingerprint(...one)).not.toBe(fingerprint(...other))
  })
})
