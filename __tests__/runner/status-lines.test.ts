import {describe, expect, it} from '@jest/globals'
import {InputError} from '../../src/base/errors.ts'
import {parseCommitStatuses} from '../../src/runner/input-values.ts'

describe('parseCommitStatuses', () => {
  it.each<[readonly string[], readonly [string, string?][]]>([
    [[], []],
    [['', '  '], []],
    [['ci'], [['ci']]],
    [
      [' ci/circleci: all ', '', 'docs -> **/index.html'],
      [['ci/circleci: all'], ['docs', '**/index.html']]
    ],
    [['docs->site/*.html'], [['docs', 'site/*.html']]],
    [['docs -> build:a->b/*.html'], [['docs', 'build:a->b/*.html']]],
    [['CircleCI > shop'], [['CircleCI > shop']]]
  ])('%j', (lines, expected) => {
    expect(parseCommitStatuses(lines.join('\n'))).toEqual(
      expected.map(([context, artifactGlob]) => ({context, artifactGlob}))
    )
  })

  it.each<[readonly string[], string]>([
    [['-> **'], 'must have lines such as "docs" or "docs -> **/index.html", got "-> **".'],
    [['docs ->'], 'must have lines such as "docs" or "docs -> **/index.html", got "docs ->".'],
    [['->'], 'must have lines such as "docs" or "docs -> **/index.html", got "->".'],
    [['ci', 'docs -> a', 'ci'], 'names the context "ci" twice; name each once.'],
    [['ci', 'CI -> a'], 'names the context "CI" twice; name each once.']
  ])('refuses %j', (lines, problem) => {
    const parse = (): unknown => parseCommitStatuses(lines.join('\n'))
    expect(parse).toThrow(InputError)
    expect(parse).toThrow(`Input "commit-status" ${problem}`)
  })
})
