import {describe, expect, it} from '@jest/globals'
import {marked} from 'marked'
import {hasSomethingToSay, renderComment} from '../../src/report/comment.ts'
import {aResult, aTest, aVerdict, anArtifact} from './builders.ts'
import {golden} from './golden.ts'
import {shownText} from './rendered.ts'
import * as scenarios from './scenarios.ts'

const MARKER = '<!-- circleci-pipeline-action: gh%2Facme%2Fshop -->'

describe('renderComment', () => {
  it.each([
    ['failing', scenarios.failing],
    ['flaky', scenarios.flaky],
    ['on-hold', scenarios.onHold],
    ['dynamic-config', scenarios.dynamicConfig],
    ['huge', scenarios.huge],
    ['no-pipeline', scenarios.noPipeline]
  ])('for %s is as agreed', (name, scenario) => {
    const comment = renderComment(scenario(), MARKER)
    expect(comment).toBe(golden(`${name}.comment.md`, comment))
    expect(comment.startsWith(`${MARKER}\n`)).toBe(true)
    expect(comment.length).toBeLessThan(65_536)
  })

  it('is made of nothing but what it should be, and refers to nobody', () => {
    const comment = renderComment(scenarios.hostile(), MARKER).replace(MARKER, '')
    const html = marked.parse(comment, {async: false})
    const elements = ['a', 'br', 'code', 'h3', 'li', 'p', 'strong', 'sub', 'ul']
    expect(shownText(html, elements)).not.toBe('')
    const outsideCode = html.replace(/<code>.*?<\/code>/g, '').replaceAll('&#8203;', '\u200b')
    expect(outsideCode).not.toMatch(/(?<!\w)@[a-z]|(?<![\w&])#\d|\bGH-\d/i)
  })

  it('stays within the limit whatever comes', () => {
    const long = '|`@x#1'.repeat(20_000)
    const comment = renderComment(scenarios.hostile(Array.from({length: 60}, () => long)), MARKER)
    expect(comment.length).toBeLessThan(65_536)
    expect(comment).toContain('failed')
  })

  it('starts with the verdict when there is no marker', () => {
    expect(renderComment(aResult())).toMatch(/^### ✅ /)
  })

  it('has a verdict or says that there is none', () => {
    expect(renderComment(aResult({verdict: undefined}), MARKER)).toContain(
      ') triggered: <code>gh/acme/shop</code>'
    )
  })
})

describe('hasSomethingToSay', () => {
  it.each([
    ['a failure', {verdict: aVerdict({conclusion: 'failure', passes: false})}, true],
    ['a hold that passes', {verdict: aVerdict({conclusion: 'action_required'})}, true],
    ['a success after failed tests', {failedTests: [aTest()]}, true],
    ['a success with artifacts', {artifacts: [anArtifact()]}, true],
    ['a plain success', {}, false],
    ['no verdict', {verdict: undefined, artifacts: [anArtifact()]}, false]
  ] as const)('%s: %j is %s', (_, overrides, expected) => {
    expect(hasSomethingToSay(aResult(overrides))).toBe(expected)
  })
})
