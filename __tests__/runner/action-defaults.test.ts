import {describe, expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'

import {DEFAULTS} from '../../src/runner/action-defaults.ts'
import {DESCRIPTIONS} from '../../src/terminal/action-inputs.ts'
import {OUTPUT_NAMES} from '../../src/report/outputs.ts'
import {USER_AGENT, VERSION} from '../../src/base/version.ts'

const root = path.join(import.meta.dirname, '../..')
const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<
    Record<string, {readonly default?: unknown; readonly description: string}>
  >
  readonly outputs: Readonly<Record<string, object>>
}

describe('the defaults', () => {
  it('knows the default of every input that has one, as text', () => {
    const stated = Object.entries(action.inputs).filter(([, input]) => input.default !== undefined)
    expect(stated.length).toBeGreaterThan(15)
    for (const [name, input] of stated) {
      expect(typeof input.default).toBe('string')
      const isExpression = String(input.default).includes('${{')
      expect([name, DEFAULTS.get(name)]).toEqual([name, isExpression ? undefined : input.default])
    }
  })

  it.each(['token', 'branch', 'github-token', 'no-such-input', '__proto__', 'constructor'])(
    'knows none for %s',
    name => {
      expect(DEFAULTS.get(name)).toBeUndefined()
    }
  )

  it('knows every input', () => {
    expect([...DEFAULTS.keys()]).toEqual(Object.keys(action.inputs))
  })
})

it('the flags are described as action.yml describes the inputs', () => {
  const described = Object.entries(action.inputs).map(([name, one]) => [name, one.description])
  expect(Object.values(DESCRIPTIONS).flatMap(inputs => Object.entries(inputs))).toEqual(described)
})

it('action.yml has the outputs of the code, in its order', () => {
  expect(Object.keys(action.outputs)).toEqual([...OUTPUT_NAMES])
})

it('the version is that of package.json, and sent to CircleCI', () => {
  const {name, version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
  }
  expect(VERSION).toBe(version)
  expect(USER_AGENT).toBe(`${name}/${version}`)
})
