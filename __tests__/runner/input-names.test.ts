import {describe, expect, it} from '@jest/globals'

import {DEFAULTS} from '../../src/runner/action-defaults.ts'
import {unknownInputs} from '../../src/runner/input-checks.ts'

describe('a name that is no input', () => {
  it.each([
    ['INPUT_PARAMTERS', 'paramters', 'parameters'],
    ['INPUT_WAITS', 'waits', 'wait'],
    ['INPUT_WAIT-FOR', 'wait-for', undefined],
    ['INPUT_PROJECT_SLUG', 'project_slug', 'project-slug'],
    ['INPUT_PROJECTSLUG', 'projectslug', 'project-slug'],
    ['INPUT_ON_NO_WORKFLOWS', 'on_no_workflows', 'on-no-workflows'],
    ['INPUT_WORKFLOW', 'workflow', 'workflows'],
    ['INPUT_ARTIFACT', 'artifact', 'artifacts'],
    ['INPUT_TAGS', 'tags', 'tag'],
    ['INPUT_BRNACH', 'brnach', 'branch'],
    ['INPUT_TIMEOUT_', 'timeout_', 'timeout'],
    ['INPUT_COLOUR', 'colour', undefined],
    ['INPUT_TARGET-BRANCH', 'target-branch', undefined]
  ])('%s', (variable, name, meant) => {
    const {mistakes, ignored} = unknownInputs({[variable]: 'x', PATH: '/bin', INPUTS: 'x'})
    expect(mistakes.map(({message}) => message)).toEqual(
      meant === undefined ? [] : [`Input "${name}" does not exist: write "${meant}" instead.`]
    )
    expect(ignored).toEqual(meant === undefined ? [name] : [])
  })

  it('may be left by the composite action around the step, which hands its value on', () => {
    const given = {INPUT_PROJECT_SLUG: 'gh/acme/shop', 'INPUT_PROJECT-SLUG': ' gh/acme/shop\n'}
    const env = {...given, GITHUB_ACTION_PATH: '/actions/ours'}
    expect(unknownInputs(env)).toEqual({mistakes: [], ignored: []})
    expect(unknownInputs({...env, 'INPUT_PROJECT-SLUG': ''}).mistakes).toHaveLength(1)
    expect(unknownInputs(given).mistakes).toHaveLength(1)
  })

  it('is none of the inputs', () => {
    const env = Object.fromEntries(
      [...DEFAULTS.keys()].map(name => [`INPUT_${name.toUpperCase()}`, 'x'])
    )
    expect(unknownInputs(env)).toEqual({mistakes: [], ignored: []})
  })
})
