import {describe, expect, it} from '@jest/globals'

import type {Conclusion, FailureReason} from '../../src/base/errors.ts'
import type {Decision} from '../../src/wait/context.ts'
import {decideTogether, type Member} from '../../src/wait/together.ts'

/** How a pipeline stands: `success`, `failure workflow-failed`, `skipped no-workflows passes`, `wait`, `on hold`. */
function member(text: string, index: number): Member {
  const [how = '', definition] = text.split(' @')
  const number = index + 1
  return {number, url: `https://circleci.test/${number}`, definition, decision: decisionOf(how)}
}

function decisionOf(text: string): Decision {
  if (text === 'on hold') return {kind: 'wait', onHold: true}
  const [conclusion, reason, passes] = text.split(' ')
  if (conclusion === 'wait') {
    return {kind: 'wait', ...(reason === undefined ? {} : {withinMs: Number(reason)})}
  }
  return {
    kind: 'verdict',
    verdict: {
      conclusion: conclusion as Conclusion,
      reason: reason as FailureReason | undefined,
      passes: conclusion === 'success' || passes === 'passes',
      message: `It is ${text}.`
    }
  }
}

function together(members: readonly string[], failFast = false): string {
  const decision = decideTogether(members.map(member), failFast)
  if (decision.kind === 'wait') return `wait ${decision.withinMs ?? '-'}`
  const {conclusion, reason, passes} = decision.verdict
  return `${conclusion} ${reason ?? '-'} ${passes ? 'passes' : 'fails'} #${decision.decidedBy}`
}

const GREEN = 'success'
const ERROR = 'failure config-error'
const FAILED = 'failure workflow-failed'
const UNAUTHORIZED = 'failure unauthorized'
const CANCELED = 'cancelled canceled'
const HELD = 'action_required on-hold'
const HELD_PASSES = `${HELD} passes`
const EMPTY = 'skipped no-workflows'
const EMPTY_PASSES = `${EMPTY} passes`

describe('pipelines that are read as one', () => {
  const order = [ERROR, FAILED, UNAUTHORIZED, CANCELED, HELD, GREEN]
  const pairs = order.flatMap((worse, index) =>
    order.slice(index + 1).map(better => [worse, better] as const)
  )

  it.each(pairs)('%s beats %s, whichever is older', (worse, better) => {
    const verdict = `${worse} fails`
    expect(together([`${worse} @a`, `${better} @b`])).toBe(`${verdict} #1`)
    expect(together([`${better} @b`, `${worse} @a`])).toBe(`${verdict} #2`)
  })

  it.each([
    ['all green', [GREEN, GREEN], 'success - passes #1'],
    ['one', [FAILED], 'failure workflow-failed fails #1'],
    ['one that ran nothing', [EMPTY, GREEN], 'success - passes #2'],
    ['one that ran nothing beside a red one', [EMPTY, FAILED], 'failure workflow-failed fails #2'],
    ['none that ran', [EMPTY, EMPTY], 'skipped no-workflows fails #1'],
    ['none that ran, by policy', [EMPTY_PASSES, EMPTY_PASSES], 'skipped no-workflows passes #1'],
    ['on hold, by policy', [GREEN, HELD_PASSES], 'action_required on-hold passes #2'],
    ['an older canceled one', [CANCELED, GREEN], 'success - passes #2'],
    [
      'an older canceled one of the same definition',
      [`${CANCELED} @a`, `${GREEN} @a`],
      'success - passes #2'
    ],
    [
      'an older canceled one of another',
      [`${CANCELED} @a`, `${GREEN} @b`],
      'cancelled canceled fails #1'
    ],
    [
      'an older canceled one of an untold',
      [CANCELED, `${GREEN} @b`],
      'cancelled canceled fails #1'
    ],
    ['a newer canceled one', [GREEN, CANCELED], 'cancelled canceled fails #2'],
    ['canceled ones only', [CANCELED, CANCELED], 'cancelled canceled fails #2'],
    [
      'an older canceled one beside one that ran nothing',
      [CANCELED, EMPTY],
      'cancelled canceled fails #1'
    ],
    [
      'an older canceled one beside a red one',
      [CANCELED, FAILED],
      'failure workflow-failed fails #2'
    ]
  ])('%s', (_, members, verdict) => {
    expect(together(members)).toBe(verdict)
  })

  it.each([
    ['no pipeline at all', [], false, 'wait -'],
    ['one that goes on', [GREEN, 'wait'], false, 'wait -'],
    ['the one that is done first', [GREEN, 'wait 5000', 'wait 900'], false, 'wait 900'],
    ['a red one beside one that goes on', [FAILED, 'wait'], false, 'wait -'],
    ['an unmatched line, whatever fail-fast says', ['failure input', 'wait'], true, 'wait -']
  ])('waits for %s', (_, members, failFast, decision) => {
    expect(together(members, failFast)).toBe(decision)
  })

  it.each([
    ['what could not run', [GREEN, ERROR, 'wait'], false, 'failure config-error fails #2'],
    ['a red one under fail-fast', ['on hold', FAILED], true, 'failure workflow-failed fails #2']
  ])('does not wait beside %s', (_, members, failFast, decision) => {
    expect(together(members, failFast)).toBe(decision)
  })

  it('says what counted, what did not, and what is left running', () => {
    const message = (members: readonly string[], failFast = false): string => {
      const decision = decideTogether(members.map(member), failFast)
      return decision.kind === 'verdict' ? decision.verdict.message : ''
    }
    expect(message([FAILED])).toBe('It is failure workflow-failed.')
    expect(message([GREEN, GREEN, GREEN])).toBe('Pipelines #1, #2 and #3 succeeded.')
    expect(message([CANCELED, GREEN, EMPTY])).toBe(
      'Pipeline #2 succeeded. Pipeline #1 was canceled and does not count beside the newer #2. Pipeline #3 ran nothing that decides.'
    )
    expect(message([GREEN, UNAUTHORIZED, FAILED])).toBe(
      'Pipeline #3: It is failure workflow-failed. Pipeline #2: It is failure unauthorized.'
    )
    expect(message([FAILED, 'wait'], true)).toBe(
      'Pipeline #1: It is failure workflow-failed. Pipeline #2 is left running: https://circleci.test/2'
    )
  })
})
