import {describe, expect, it} from '@jest/globals'
import type {Pipeline, PipelineParameters, Ref} from '../../src/circleci/model.ts'
import {readDeclarations} from '../../src/trigger/declarations.ts'
import {intentOf} from '../../src/trigger/intent.ts'
import {matchPipeline, otherParameters, type Evidence} from '../../src/trigger/match.ts'
import {aPipeline, aRequest, valuesOf} from './fake-circleci.ts'

const SINCE = Date.parse('2026-03-02T09:00:00Z')
const intent = intentOf(aRequest(), SINCE, () => 0.5)

function match(pipeline: Partial<Pipeline>, evidence: Partial<Evidence> = {}): string {
  return matchPipeline(aPipeline(pipeline), intent, {
    since: SINCE,
    values: valuesOf({suite: 'unit'}),
    declarations: undefined,
    ...evidence
  })
}

describe('matchPipeline', () => {
  it('knows ours', () => {
    expect(match({})).toBe('yes')
  })

  it.each([
    ['api', 'yes'],
    ['webhook', 'no'],
    ['scheduled_pipeline', 'no'],
    ['schedule', 'no'],
    ['explicit', 'unsure'],
    ['', 'unsure'],
    ['something new', 'unsure']
  ])('trigger type "%s": %s', (triggerType, expected) => {
    expect(match({triggerType})).toBe(expected)
  })

  it.each([
    ['2026-03-02T09:00:00.000Z', 'yes'],
    ['2026-03-02T09:10:00.000Z', 'yes'],
    ['2026-03-02T08:59:59.999Z', 'unsure'],
    ['2026-03-02T08:59:58.000Z', 'unsure'],
    ['2026-03-02T08:59:57.999Z', 'no'],
    ['2026-03-01T09:00:00.000Z', 'no'],
    // Whole seconds may have been cut.
    ['2026-03-02T09:00:00Z', 'yes'],
    ['2026-03-02T08:59:59Z', 'unsure'],
    ['2026-03-02T08:59:58Z', 'unsure'],
    ['2026-03-02T08:59:57Z', 'no'],
    ['2026-03-02T10:00:01.000+01:00', 'yes'],
    ['yesterday', 'unsure'],
    ['', 'unsure']
  ])('created at "%s": %s', (createdAt, expected) => {
    expect(match({createdAt})).toBe(expected)
  })

  it('does not ask for the age when it does not matter', () => {
    expect(match({createdAt: '2001-01-01T00:00:00.000Z'}, {since: undefined})).toBe('yes')
  })

  it.each<[string, Ref | undefined, Partial<Pipeline>, string]>([
    ['the branch', {branch: 'main'}, {branch: 'main'}, 'yes'],
    ['another branch', {branch: 'main'}, {branch: 'main-2'}, 'no'],
    ['a branch in another case', {branch: 'main'}, {branch: 'Main'}, 'no'],
    ['a tag of that name', {branch: 'v1'}, {branch: undefined, tag: 'v1'}, 'no'],
    ['the tag', {tag: 'v1'}, {branch: undefined, tag: 'v1'}, 'yes'],
    ['another tag', {tag: 'v1'}, {branch: undefined, tag: 'v1.0'}, 'no'],
    ['a branch of that name', {tag: 'v1'}, {branch: 'v1'}, 'no'],
    ['any branch without a ref', undefined, {branch: 'whatever'}, 'yes'],
    ['any tag without a ref', undefined, {branch: undefined, tag: 'v1'}, 'yes'],
    ['nothing without a ref', undefined, {branch: undefined}, 'yes'],
    ['nothing', {branch: 'main'}, {branch: undefined}, 'unsure'],
    ['empty names', {branch: 'main'}, {branch: '', tag: ''}, 'unsure'],
    ['the pull request as sent', {branch: 'pull/12/head'}, {branch: 'pull/12/head'}, 'yes'],
    ['the pull request in short', {branch: 'pull/12/head'}, {branch: 'pull/12'}, 'yes'],
    ['another pull request', {branch: 'pull/12/head'}, {branch: 'pull/1'}, 'no'],
    ['another in short', {branch: 'pull/12/head'}, {branch: 'pull/120'}, 'no'],
    ['the head for the merge', {branch: 'pull/12/merge'}, {branch: 'pull/12/head'}, 'no'],
    ['the merge in short', {branch: 'pull/12/merge'}, {branch: 'pull/12'}, 'unsure'],
    ['a branch like a pull request', {branch: 'my/pull/12/head'}, {branch: 'my/pull/12'}, 'no']
  ])('%s', (_what, ref, pipeline, expected) => {
    const wanted = intentOf(aRequest({ref}), SINCE, () => 0.5)
    const values = valuesOf({suite: 'unit'})
    const evidence = {since: SINCE, values, declarations: undefined}
    expect(matchPipeline(aPipeline(pipeline), wanted, evidence)).toBe(expected)
  })

  it.each<[string, PipelineParameters, string]>([
    ['the branch', {'pipeline.git.branch': 'main'}, 'yes'],
    ['another branch', {'pipeline.git.branch': 'next'}, 'no'],
    ['a tag', {'pipeline.git.branch': '', 'pipeline.git.tag': 'v1'}, 'no'],
    ['neither', {'pipeline.git.branch': '', 'pipeline.git.tag': ''}, 'unsure']
  ])('looks among the values for a ref that is not listed: %s', (_what, git, expected) => {
    const values = {...valuesOf({suite: 'unit'}), ...git}
    expect(match({branch: undefined}, {values})).toBe(expected)
  })

  it.each<[string, PipelineParameters, string]>([
    ['the same', {suite: 'unit'}, 'yes'],
    ['the same and others', {suite: 'unit', shards: 4}, 'yes'],
    ['another value', {suite: 'all'}, 'no'],
    ['another case', {suite: 'Unit'}, 'no'],
    ['none', {}, 'no']
  ])('parameters, %s', (_what, parameters, expected) => {
    expect(match({}, {values: valuesOf(parameters)})).toBe(expected)
  })

  it.each([
    ['unit', 'yes'],
    ['all', 'no']
  ])('knows a parameter by its bare name, too: %s', (suite, expected) => {
    expect(match({}, {values: {suite, 'pipeline.number': 7}})).toBe(expected)
  })

  it.each([
    ['created', 'no'],
    ['errored', 'unsure'],
    ['pending', 'unsure'],
    ['setup-pending', 'unsure']
  ])('a parameter that is missing while %s: %s', (state, expected) => {
    expect(match({state}, {values: valuesOf({})})).toBe(expected)
  })

  it('takes no property of objects for a parameter', () => {
    const wanted = intentOf(aRequest({parameters: {constructor: 'x'}}), SINCE, () => 0.5)
    const evidence = {since: SINCE, values: {}, declarations: undefined}
    expect(matchPipeline(aPipeline(), wanted, evidence)).toBe('no')
  })

  it('is not sure without values', () => {
    expect(match({}, {values: undefined})).toBe('unsure')
    expect(match({triggerType: 'webhook'}, {values: undefined})).toBe('no')
  })

  const source = 'parameters: {suite: {default: all}, deploy: {default: false}}'
  it.each<[string, string, PipelineParameters, string]>([
    ['its default', source, {suite: 'unit', deploy: false}, 'yes'],
    ['another value', source, {suite: 'unit', deploy: true}, 'no'],
    [
      'a value from a continuation',
      `setup: true\n${source}`,
      {suite: 'unit', deploy: true},
      'unsure'
    ]
  ])('a parameter that was not sent, with %s', (_what, config, parameters, expected) => {
    const declarations = readDeclarations({source: config, setupSource: ''})
    expect(match({}, {values: valuesOf(parameters), declarations})).toBe(expected)
  })
})

describe('otherParameters', () => {
  it('lists what was not sent', () => {
    const values = {...valuesOf({suite: 'unit', deploy: true}), 'pipeline.git.branch': 'main'}
    expect(otherParameters(values, intent)).toEqual([['deploy', true]])
  })
})
