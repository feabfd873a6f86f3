import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {planDownload, type ArtifactJob, type Neighbours} from '../../src/download/places.ts'
import {foldedName} from '../../src/download/file-name.ts'
import type {Artifact} from '../../src/record/result.ts'
import {cpuTime} from '../support/cpu-time.ts'
import {anArtifact} from '../collect/builders.ts'

const HASH = '[0-9a-f]{8}'

function places(
  artifacts: readonly Artifact[],
  jobs: readonly ArtifactJob[] = [],
  foldCase = false,
  neighbours: Neighbours = {}
) {
  return planDownload(artifacts, jobs, foldCase, neighbours).map(
    ({segments, renamed}) => `${segments.join('/')}${renamed ? ' (renamed)' : ''}`
  )
}
const at = (...paths: readonly string[]): Artifact[] => paths.map(path => anArtifact({path}))
const aListedJob = (overrides: Partial<ArtifactJob> = {}): ArtifactJob => ({
  workflow: 'build',
  job: 'test',
  jobNumber: 11,
  parallel: false,
  ...overrides
})

describe('planDownload', () => {
  it('puts a file below its job', () => {
    expect(places(at('coverage/index.html', 'junit.xml'))).toEqual([
      'test/coverage/index.html',
      'test/junit.xml'
    ])
  })

  it('puts the node in between when the job ran in parallel, whatever was selected', () => {
    const first = anArtifact({path: 'a', nodeIndex: 0})
    expect(places([first])).toEqual(['test/a'])
    expect(places([first], [aListedJob({parallel: true})])).toEqual(['test/0/a'])
    expect(places([first, anArtifact({path: 'a', nodeIndex: 3})])).toEqual(['test/0/a', 'test/3/a'])
  })

  it("puts the pipeline's own folder in front of everything", () => {
    expect(places(at('a', '../b'), [], false, {subfolder: 'api'})).toEqual([
      'api/test/a',
      'api/test/__/b (renamed)'
    ])
  })

  it.each([
    {name: 'the same', written: ['test'], expected: 'test.102/0/a'},
    {name: 'another', written: ['tes', 'test.101', 'web/test'], expected: 'test/0/a'},
    {name: 'one inside it', written: ['test/unit'], expected: 'test.102/0/a'},
    {name: 'one around it', job: 'test/unit', written: ['test'], expected: 'test/unit.102/0/a'},
    {name: 'the same but for case', written: ['TEST'], expected: 'test/0/a'},
    {name: 'the same but for case', foldCase: true, written: ['TEST'], expected: 'test.102/0/a'},
    {
      name: 'the same of its own subfolder',
      subfolder: 'api',
      written: ['api/test'],
      expected: 'api/test.102/0/a'
    },
    {
      name: 'the same of another subfolder',
      subfolder: 'api',
      written: ['web/test'],
      expected: 'api/test/0/a'
    }
  ])(
    "puts the pipeline's number behind a job whose folder an earlier one has written: $name, case folded: $foldCase",
    ({job = 'test', written, expected, foldCase = false, subfolder}) => {
      const neighbours = {subfolder, pipelineNumber: 102, written: new Set(written)}
      const jobs = [aListedJob({job, parallel: true})]
      expect(places([anArtifact({job, path: 'a'})], jobs, foldCase, neighbours)).toEqual([expected])
    }
  )

  it('puts the workflow in front when two have a job so named, and the number behind when that is too little', () => {
    const jobs = [
      aListedJob(),
      aListedJob({workflow: 'nightly', jobNumber: 12}),
      aListedJob({workflow: 'nightly', jobNumber: 13}),
      aListedJob({job: 'lint', jobNumber: 14})
    ]
    const artifacts = [
      anArtifact({path: 'a'}),
      anArtifact({path: 'a', workflow: 'nightly', jobNumber: 12}),
      anArtifact({path: 'a', workflow: 'nightly', jobNumber: 13}),
      anArtifact({path: 'a', job: 'lint', jobNumber: 14})
    ]
    expect(places(artifacts, jobs)).toEqual([
      'build/test/a',
      'nightly/test/12/a',
      'nightly/test/13/a',
      'lint/a'
    ])
  })

  it("makes a folder of each part of an orb job's name", () => {
    expect(places([anArtifact({job: 'node/test', path: 'a'})])).toEqual(['node/test/a'])
  })

  it.each([
    ['../../../etc/passwd', 'test/__/__/__/etc/passwd'],
    ['/etc/passwd', 'test/etc/passwd'],
    ['C:\\Windows\\x', 'test/C_/Windows/x'],
    ['..\\..\\x', 'test/__/__/x'],
    ['a\u0000b', 'test/a_b'],
    ['con', 'test/_con'],
    ['a/b. /c', 'test/a/b__/c'],
    ['', 'test/_'],
    ['sub/.git/hooks/post-checkout', 'test/sub/_git/hooks/post-checkout']
  ])('makes the path %j safe and says so', (path, expected) => {
    expect(places(at(path))).toEqual([`${expected} (renamed)`])
  })

  it.each([
    ['..', '__/a'],
    ['.git', '_git/a'],
    ['.GIT', '_git/a'],
    ['GIT~1', '_git/a'],
    ['.g\u200bit', '_git/a'],
    ['../../x', '__/__/x/a'],
    ['', '_/a'],
    ['a:b', 'a_b/a']
  ])('makes the job name %j safe and says so', (job, expected) => {
    expect(places([anArtifact({job, path: 'a'})])).toEqual([`${expected} (renamed)`])
  })

  it('lets the honest name stay and moves the one that was made equal to it, in either order', () => {
    const moved = new RegExp(`^test/a/b-${HASH}\\.txt \\(renamed\\)$`)
    const [honest, hostile] = places(at('a/b.txt', 'a\\b.txt'))
    expect(honest).toBe('test/a/b.txt')
    expect(hostile).toMatch(moved)
    expect(places(at('a\\b.txt', 'a/b.txt'))).toEqual([hostile, honest])
  })

  it('moves a file that would be where a folder must be', () => {
    const [file, inside] = places(at('a', 'a/b'))
    expect(file).toMatch(new RegExp(`^test/a-${HASH} \\(renamed\\)$`))
    expect(inside).toBe('test/a/b')
  })

  it('gives two artifacts of one path a place each', () => {
    const twins = [anArtifact({path: 'a.txt', url: 'u1'}), anArtifact({path: 'a.txt', url: 'u2'})]
    expect(new Set(places(twins)).size).toBe(2)
  })

  it('separates names that differ in case only where the file system does not', () => {
    expect(places(at('README', 'readme'))).toEqual(['test/README', 'test/readme'])
    const [upper, lower] = places(at('README', 'readme'), [], true)
    expect(upper).toBe('test/README')
    expect(lower).toMatch(new RegExp(`^test/readme-${HASH} \\(renamed\\)$`))
  })

  it('never lets two files meet, nor a file and a folder, nor one leave; the order does not matter', () => {
    const name = fc.constantFrom(
      'a',
      'A',
      'b',
      'con',
      '..',
      '.',
      '',
      'a.',
      'a_',
      'é',
      'e\u0301',
      'a\\b',
      '_'
    )
    const path = fc.array(name, {minLength: 1, maxLength: 4}).map(parts => parts.join('/'))
    const jobNames = ['test', 'a', 'a/b', '..', 'TEST']
    const artifact = fc
      .record({
        path,
        job: fc.constantFrom(...jobNames),
        workflow: fc.constantFrom('a', 'w'),
        nodeIndex: fc.nat(1)
      })
      .map(overrides => ({
        ...overrides,
        jobNumber: jobNames.indexOf(overrides.job) * 10 + overrides.workflow.charCodeAt(0)
      }))
    fc.assert(
      fc.property(fc.array(artifact, {maxLength: 25}), fc.boolean(), (list, foldCase) => {
        const artifacts = list.map((overrides, index) =>
          anArtifact({...overrides, url: `u${index}`})
        )
        const planned = planDownload(artifacts, [], foldCase)
        const key = (segments: readonly string[]): string =>
          foldCase ? foldedName(segments.join('/')) : segments.join('/')
        const files = new Set(planned.map(({segments}) => key(segments)))
        expect(files.size).toBe(artifacts.length)
        for (const {segments} of planned) {
          for (const segment of segments) expect(segment).not.toMatch(/^\.{0,2}$|[/\\:\u0000]/)
          for (let end = 1; end < segments.length; end += 1) {
            expect(files.has(key(segments.slice(0, end)))).toBe(false)
          }
        }
        const backwards = planDownload(artifacts.toReversed(), [], foldCase).toReversed()
        expect(backwards).toEqual(planned)
      })
    )
  })

  it('is quick with 20,000 artifacts', () => {
    const many = Array.from({length: 20_000}, (_, index) =>
      anArtifact({
        job: `job-${index % 50}`,
        jobNumber: index % 50,
        path: `coverage/${index % 100}/${index}.html`
      })
    )
    const spent = cpuTime(() => {
      expect(planDownload(many, [], false)).toHaveLength(20_000)
    })
    expect(spent).toBeLessThan(2_000)
  })
})
