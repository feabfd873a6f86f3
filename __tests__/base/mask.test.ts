import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {Mask} from '../../src/base/mask.ts'
import {cpuTime} from '../support/cpu-time.ts'

const TOKEN = 'CCIPAT_Zm9vYmFy_4f1d2e3c5b6a'
const mask = new Mask([TOKEN, 'ghs_16C7e42F292c69'])
const basic = (text: string): string => Buffer.from(text).toString('base64')

describe('Mask', () => {
  it.each([
    ['every token', `${TOKEN} ghs_16C7e42F292c69${TOKEN}`, '*** ******'],
    ['what it stands in', `{"m":"x${TOKEN}y"}`, '{"m":"x***y"}'],
    ['its beginning before an ellipsis', `${TOKEN.slice(0, 20)}… (90 more)`, '***… (90 more)'],
    ['its beginning at the end', `no: ${TOKEN.slice(0, -1)}`, 'no: ***'],
    ['the last of several ellipses', `a… b… ${TOKEN.slice(0, 9)}…`, 'a… b… ***…'],
    ['no beginning that goes on otherwise', `${TOKEN.slice(0, 20)}+`, `${TOKEN.slice(0, 20)}+`],
    ['nothing that many tokens begin with', 'CCIPAT_…', 'CCIPAT_…'],
    ['nothing else', 'CCIPAT_other', 'CCIPAT_other']
  ])('hides %s', (_, text, hidden) => {
    expect(mask.text(text)).toBe(hidden)
  })

  it.each(['', 'u', 'me', 'x-access-token:'])('hides a token in Base64 behind "%s"', before => {
    for (const after of ['', ':', ':x', ':xyz']) {
      const encoded = basic(`${before}${TOKEN}${after}`)
      const hidden = mask.text(`Authorization: Basic ${encoded}.`)
      expect(hidden).toMatch(/^Authorization: Basic [\w+/=]*\*\*\*[\w+/=]*\.$/)
      const left = Buffer.from(hidden.replace(/^.*Basic |\*\*\*|\.$/g, ''), 'base64').toString()
      expect(left).not.toContain(TOKEN.slice(1, -1))
    }
  })

  it.each([
    ['in JSON', (token: string) => JSON.stringify(token)],
    ['in an address', encodeURIComponent],
    [
      'in an address with small letters',
      (token: string) => encodeURIComponent(token).replace(/%../g, hex => hex.toLowerCase())
    ]
  ])('hides a token of any characters %s', (_, spell) => {
    const odd = 'a"\\/+&=?%41 éß/token'
    expect(new Mask([odd]).text(`>${spell(odd)}<`)).toMatch(/^>"?\*\*\*"?<$/)
  })

  it.each([[[]], [['']], [[' \n\t ']], [['abc', 'x', ' ab ']]])(
    'leaves text alone for %j',
    secrets => {
      const short = new Mask(secrets)
      expect(short.text('abc x  \n\t  ab')).toBe('abc x  \n\t  ab')
      const data = {abc: 'x'}
      expect(short.data(data)).toEqual({abc: 'x'})
    }
  )

  it('hides the longer of two tokens of which one holds the other', () => {
    expect(new Mask(['secret', 'my-secret-token']).text('my-secret-token secret')).toBe('*** ***')
  })

  it('takes a token for letters, not for a pattern', () => {
    const token = '(.*)+[a-z]$^|\\w?'
    expect(new Mask([token]).text(`x ${token} y`)).toBe('x *** y')
  })

  it('goes through plain data, values only', () => {
    const data = {
      [TOKEN]: 1,
      list: [TOKEN, {deep: [`a ${TOKEN}`]}],
      none: undefined,
      nothing: null,
      yes: true
    }
    expect(mask.data(data)).toEqual({...data, list: ['***', {deep: ['a ***']}]})
    expect(data.list[0]).toBe(TOKEN)
  })

  it('changes no text that holds no token, and leaves none', () => {
    const text = fc.string({unit: 'binary', maxLength: 40})
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(mask.text(before)).toBe(before)
        expect(mask.text(before + TOKEN + after)).toBe(`${before}***${after}`)
      })
    )
  })

  it('takes time that grows as the text does', () => {
    const piece = `${TOKEN.slice(0, -1)}x ${TOKEN.slice(0, 12)}… `
    const time = (count: number): number => {
      const text = piece.repeat(count)
      return Math.min(...[1, 2, 3].map(() => cpuTime(() => mask.text(text))))
    }
    expect(time(40_000)).toBeLessThan(20 * Math.max(time(4_000), 5))
  })
})
