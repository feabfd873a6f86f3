import {describe, expect, it} from '@jest/globals'
import {lintInputs, lintPins} from '../../../scripts/lint/workflow-lint.ts'

const SHA = 'a'.repeat(40)

function workflow(uses: string, inputs = ''): string {
  return `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ${uses}\n${inputs}`
}

describe('lintPins', () => {
  it.each([
    ['actions/checkout@v6', /not pinned/],
    [`actions/checkout@${SHA.slice(1)} # v6`, /not pinned/],
    ['actions/checkout', /not pinned/],
    ['docker://alpine:3', /not pinned/],
    [`actions/checkout@${SHA}`, /version in a comment/],
    [`actions/checkout@${SHA} # the newest`, /version in a comment/]
  ])('objects to %s', (uses, message) => {
    expect(lintPins(workflow(uses))).toEqual([
      {line: 6, column: 15, message: expect.stringMatching(message)}
    ])
  })

  it.each([
    `actions/checkout@${SHA} # v6`,
    `a/b/c@${SHA} # v6.1.2`,
    './',
    './.github/workflows/x.yml'
  ])('accepts %s', uses => {
    expect(lintPins(workflow(uses))).toEqual([])
  })
})

describe('lintInputs', () => {
  const inputs = new Set(['wait', 'token'])
  const given = '        with:\n          wait: true\n          tokn: x\n'

  it.each(['./', 'OWNER/circleci-pipeline-action@v1'])('finds misspelt inputs of %s', uses => {
    expect(lintInputs(workflow(uses, given), inputs)).toEqual([
      {line: 9, column: 11, message: 'this action has no input "tokn"'}
    ])
  })

  it('leaves other people’s actions alone', () => {
    expect(lintInputs(workflow('actions/checkout@v6', given), inputs)).toEqual([])
    expect(lintInputs(workflow('./'), inputs)).toEqual([])
  })
})
