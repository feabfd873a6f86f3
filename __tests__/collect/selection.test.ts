import {describe, expect, it} from '@jest/globals'

import {describeUnmatched, selectArtifacts} from '../../src/collect/selection.ts'
import {cpuTime} from '../support/cpu-time.ts'

const found = [
  {job: 'test', path: 'coverage/index.html'},
  {job: 'test', path: 'coverage/js/a.js'},
  {job: 'test', path: 'coverage/js/a.js.map'},
  {job: 'test', path: '.nyc/out.json'},
  {job: 'test', path: 'junit.xml'},
  {job: 'build', path: 'app.apk'},
  {job: 'build', path: 'out/release/app.apk'},
  {job: 'node/test', path: 'coverage/index.html'},
  {job: 'test-1', path: 'log:1.txt'},
  {job: 'evil', path: '../../etc/passwd'},
  {job: 'evil', path: '/abs/x'},
  {job: 'evil', path: 'a\nb'}
]
const named = (patterns: readonly string[]): string[] =>
  selectArtifacts(found, patterns).map(({job, path}) => `${job}:${path}`)

describe('selectArtifacts', () => {
  it.each([
    {patterns: ['**'], count: found.length},
    {patterns: ['**/*'], count: found.length},
    {patterns: [], count: 0},
    {patterns: ['', '  '], count: 0},
    {patterns: ['!'], count: 0}
  ])('selects $count for $patterns', ({patterns, count}) => {
    expect(named(patterns)).toHaveLength(count)
  })

  it.each([
    {
      patterns: ['coverage/**'],
      expected: [
        'test:coverage/index.html',
        'test:coverage/js/a.js',
        'test:coverage/js/a.js.map',
        'node/test:coverage/index.html'
      ]
    },
    {
      patterns: ['coverage/'],
      expected: [
        'test:coverage/index.html',
        'test:coverage/js/a.js',
        'test:coverage/js/a.js.map',
        'node/test:coverage/index.html'
      ]
    },
    {
      patterns: ['coverage/*'],
      expected: ['test:coverage/index.html', 'node/test:coverage/index.html']
    },
    {
      patterns: ['./coverage/*'],
      expected: ['test:coverage/index.html', 'node/test:coverage/index.html']
    },
    {
      patterns: ['/coverage/*'],
      expected: ['test:coverage/index.html', 'node/test:coverage/index.html']
    },
    {patterns: ['*.apk'], expected: ['build:app.apk']},
    {patterns: ['**/*.apk'], expected: ['build:app.apk', 'build:out/release/app.apk']},
    {patterns: ['**/*.{xml,apk}', '!out/**'], expected: ['test:junit.xml', 'build:app.apk']},
    {patterns: ['!out/**', '**/*.{xml,apk}'], expected: ['test:junit.xml', 'build:app.apk']},
    {
      patterns: ['coverage/**', '! **/*.map', '!node/test:**'],
      expected: ['test:coverage/index.html', 'test:coverage/js/a.js']
    },
    {patterns: ['.nyc/*'], expected: ['test:.nyc/out.json']},
    {patterns: ['test:coverage/index.html'], expected: ['test:coverage/index.html']},
    {patterns: ['test:**/*.html'], expected: ['test:coverage/index.html']},
    {
      patterns: ['*:**/*.html'],
      expected: ['test:coverage/index.html', 'node/test:coverage/index.html']
    },
    {patterns: ['node/*:coverage/**'], expected: ['node/test:coverage/index.html']},
    {patterns: ['{build,test}:*.{apk,xml}'], expected: ['test:junit.xml', 'build:app.apk']},
    {patterns: ['test-?:log:1.txt'], expected: ['test-1:log:1.txt']},
    {patterns: ['log:1.txt'], expected: ['test-1:log:1.txt']},
    {patterns: ['test-1:'], expected: []},
    {patterns: ['evil:**'], expected: ['evil:../../etc/passwd', 'evil:/abs/x', 'evil:a\nb']},
    {patterns: ['abs/*'], expected: ['evil:/abs/x']},
    {patterns: ['nothing/**'], expected: []},
    {patterns: ['COVERAGE/**'], expected: []}
  ])('selects by $patterns', ({patterns, expected}) => {
    expect(named(patterns)).toEqual(expected)
  })

  it('takes only excludes for everything but those', () => {
    expect(named(['!coverage/**', '!evil:**', '!.nyc/**'])).toEqual([
      'test:junit.xml',
      'build:app.apk',
      'build:out/release/app.apk',
      'test-1:log:1.txt'
    ])
  })

  it.each(['report (1).html', 'a[1].txt', 'a{b}.txt', 'what?.txt', 'a(b', '[', 'x!y', '#x'])(
    'matches the name %j by itself',
    path => {
      expect(selectArtifacts([{job: 'j', path}], [path])).toHaveLength(1)
      expect(selectArtifacts([{job: 'j', path}], [`j:${path}`])).toHaveLength(1)
    }
  )

  it('is quick with 100,000 artifacts', () => {
    const many = Array.from({length: 100_000}, (_, index) => ({
      job: `job-${index % 50}`,
      path: `coverage/folder-${index % 100}/file-${index}.html`
    }))
    const spent = cpuTime(() => {
      expect(selectArtifacts(many, ['**/*.html', 'job-7:**', '!**/folder-3/**'])).toHaveLength(
        99_000
      )
    })
    expect(spent).toBeLessThan(2000)
  })
})

describe('describeUnmatched', () => {
  it('names patterns that match nothing, and what would have matched', () => {
    expect(describeUnmatched(found, ['**', 'coverage/**', 'release/*.apk', 'x.y', '!z'])).toEqual([
      'Pattern "release/*.apk" of input "artifacts" matches none of the 12 artifacts; did you mean "**/release/*.apk"?',
      'Pattern "x.y" of input "artifacts" matches none of the 12 artifacts.'
    ])
  })

  it('blames no pattern when there is nothing to match', () => {
    expect(describeUnmatched([], ['coverage/**'])).toEqual([])
  })
})
