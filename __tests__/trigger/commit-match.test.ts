import {describe, expect, it} from '@jest/globals'

import type {Pipeline, PipelineParameters} from '../../src/circleci/model.ts'
import {standingOf, type CommitChoice} from '../../src/trigger/commit-match.ts'
import {aPipeline, SLUG} from './fake-circleci.ts'

const REVISION = 'c0ffee00'.repeat(5)
const ID = '0b5ecf6a-3c0c-4bd2-9d5f-2f6a4f5b7f10'

function standing(
  pipeline: Partial<Pipeline>,
  values?: PipelineParameters,
  choice: Partial<CommitChoice> = {}
): string {
  const found = standingOf(
    aPipeline({revision: REVISION, triggerType: 'webhook', ...pipeline}),
    values,
    {
      slug: SLUG,
      revision: REVISION,
      refs: ['main'],
      definition: undefined,
      ownPipeline: undefined,
      ...choice
    }
  )
  return found.kind === 'other' ? `other: ${found.why}` : found.kind
}

describe('a pipeline of a commit', () => {
  it.each([
    ['the commit and the ref', {}, 'taken'],
    ['the commit in capitals', {revision: REVISION.toUpperCase()}, 'taken'],
    ['another commit', {revision: 'd00d'.repeat(10)}, 'unrelated'],
    ['no commit (yet)', {revision: undefined}, 'unrelated'],
    ['no ref', {branch: undefined}, 'taken'],
    ['another branch', {branch: 'develop'}, 'other: branch develop'],
    ['a tag', {branch: undefined, tag: 'v1'}, 'other: tag v1'],
    ['a tag, and a branch besides', {tag: 'v1'}, 'other: tag v1'],
    ['no type', {triggerType: ''}, 'taken'],
    ['GitLab', {triggerType: 'gitlab'}, 'taken'],
    ['a type unknown today', {triggerType: 'github_app'}, 'taken'],
    ['the API', {triggerType: 'api'}, 'other: api'],
    ['a schedule', {triggerType: 'schedule'}, 'other: schedule'],
    ['a scheduled pipeline', {triggerType: 'scheduled_pipeline'}, 'other: scheduled_pipeline'],
    ['an explicit trigger', {triggerType: 'explicit'}, 'other: explicit']
  ])('that tells %s', (_, pipeline, expected) => {
    expect(standing(pipeline)).toBe(expected)
  })

  it.each([
    ['a push', {'pipeline.event.name': 'push', 'pipeline.trigger.type': 'github_app'}, 'taken'],
    ['a custom webhook', {'pipeline.event.name': 'custom_webhook'}, 'other: custom_webhook'],
    ['the API', {'pipeline.event.name': 'api'}, 'other: api'],
    ['a schedule', {'pipeline.trigger.type': 'schedule'}, 'other: schedule'],
    ['nothing', {'pipeline.event.name': ''}, 'taken']
  ])('whose values tell %s', (_, values, expected) => {
    expect(standing({}, values)).toBe(expected)
  })

  it('tells its ref by its values where it tells none itself', () => {
    const untold = {branch: undefined}
    expect(standing(untold, {'pipeline.git.branch': 'main', 'pipeline.git.tag': ''})).toBe('taken')
    expect(standing(untold, {'pipeline.git.branch': 'x'})).toBe('other: branch x')
    expect(standing(untold, {'pipeline.git.branch': '', 'pipeline.git.tag': 'v1'})).toBe(
      'other: tag v1'
    )
  })

  it.each(['pull/7', 'pull/7/head'])('of a pull request is one ref: %s', branch => {
    expect(standing({branch}, undefined, {refs: ['feature', 'pull/7']})).toBe('taken')
    expect(standing({branch}, undefined, {refs: ['pull/70']})).toBe('other: branch pull/7')
  })

  it('may be of any ref, and is never that of the step itself', () => {
    expect(standing({tag: 'v1'}, undefined, {refs: undefined})).toBe('taken')
    expect(standing({}, undefined, {ownPipeline: aPipeline().id})).toBe(
      'other: this step runs in it'
    )
  })

  it.each([
    ['its id', ID.toUpperCase(), {'pipeline.definition.id': ID}, 'taken'],
    ['its name', 'nightly', {'pipeline.name': 'nightly'}, 'taken'],
    [
      'another id',
      ID,
      {'pipeline.definition.id': 'x', 'pipeline.name': 'y'},
      'other: definition "y"'
    ],
    ['another name', 'nightly', {'pipeline.name': 'build'}, 'other: definition "build"'],
    ['a name, and only an id is told', 'nightly', {'pipeline.definition.id': ID}, 'unsure'],
    ['an id, and only a name is told', ID, {'pipeline.name': 'nightly'}, 'unsure'],
    ['what is told nowhere', 'nightly', {}, 'unsure'],
    ['what was not read', 'nightly', undefined, 'unsure'],
    ['a name that is an id', ID, {'pipeline.definition.id': 'x', 'pipeline.name': ID}, 'taken']
  ])('is wanted by %s', (_, definition, values, expected) => {
    expect(standing({}, values, {definition})).toBe(expected)
  })

  it('is ruled out by its ref, whatever definition made it', () => {
    expect(standing({branch: 'x'}, {}, {definition: 'nightly'})).toBe('other: branch x')
  })
})
