import {describe, expect, it} from '@jest/globals'
import {marked} from 'marked'
import {renderComment} from '../../src/report/comment.ts'
import {ATTACKS} from './attacks.ts'
import {aResult} from './builders.ts'
import {golden} from './golden.ts'
import {shownText} from './rendered.ts'
import * as scenarios from './scenarios.ts'

describe('renderComment', () => {
  it.each([
    ['failing', scenarios.failing],
    ['flaky', scenarios.flaky],
    ['on-hold', scenarios.onHold],
    ['dynamic-config', scenarios.dynamicConfig],
    ['huge', scenarios.huge],
    ['no-pipeline', scenarios.noPipeline],
    ['two', scenarios.two],
    ['five', scenarios.five],
    ['commit', scenarios.commit],
    ['fifty', scenarios.fifty]
  ])('for %s is as agreed', (name, scenario) => {
    const comment = renderComment(scenario())
    expect(comment).toBe(golden(`${name}.comment.md`, comment))
    expect(comment.length).toBeLessThan(65_536)
  })

  it('is made of nothing but what it should be, and refers to nobody', () => {
    const comment = renderComment(scenarios.hostile())
    const html = marked.parse(comment, {async: false})
    const elements = ['a', 'br', 'code', 'h3', 'li', 'p', 'strong', 'sub', 'ul']
    expect(shownText(html, elements)).not.toBe('')
    const outsideCode = html.replace(/<code>.*?<\/code>/g, '').replaceAll('&#8203;', '\u200b')
    expect(outsideCode).not.toMatch(/(?<!\w)@[a-z]|(?<![\w&])#\d|\bGH-\d/i)
  })

  it('stays within the limit whatever comes', () => {
    const long = '|`@x#1'.repeat(20_000)
    const comment = renderComment(scenarios.hostile(Array.from({length: 60}, () => long)))
    expect(comment.length).toBeLessThan(65_536)
    expect(comment).toContain('failed')
  })

  it('is made of nothing else for several pipelines of any name', () => {
    const one = scenarios.hostile()
    const pipelines = ATTACKS.map(name => ({...one, name, slug: name}))
    const html = marked.parse(renderComment({...one, pipelines}), {async: false})
    const elements = ['a', 'br', 'code', 'h3', 'li', 'p', 'strong', 'sub', 'ul']
    const tables = ['table', 'tbody', 'td', 'th', 'thead', 'tr']
    expect(shownText(html, [...elements, ...tables])).not.toBe('')
  })

  it('starts with the verdict', () => {
    expect(renderComment(aResult())).toMatch(/^### ✅ /)
  })

  it('has a verdict or says that there is none', () => {
    expect(renderComment(aResult({verdict: undefined}))).toContain(
      ') triggered: <code>gh/acme/shop</code>'
    )
  })
})
