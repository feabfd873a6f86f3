import {describe, expect, it} from '@jest/globals'
import {parseAddress} from '../../src/base/text.ts'

describe('parseAddress', () => {
  it.each([
    ['https://circleci.com/a b', undefined, 'https://circleci.com/a%20b'],
    ['../x', 'https://circleci.com/a/b', 'https://circleci.com/x'],
    ['//other.example/x', 'https://circleci.com/a', 'https://other.example/x'],
    ['https://größe.example', undefined, 'https://xn--gre-6ka8i.example/'],
    ['/x', undefined, undefined],
    ['', undefined, undefined],
    ['https://', undefined, undefined],
    ['https://a b', undefined, undefined]
  ])('%j on %j is %j', (text, base, href) => {
    expect(parseAddress(text, base)?.href).toBe(href)
  })

  it('knows an address outside ASCII also after many others', () => {
    const unknown = Array.from({length: 20_000}, (_, index) => {
      parseAddress(`https://example.com/${index}`)
      return parseAddress('https://größe.example')
    }).filter(url => url === undefined)
    expect(unknown).toEqual([])
  })
})
