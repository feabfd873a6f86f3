import {describe, expect, it} from '@jest/globals'

import {AbortedError} from '../../src/circleci/faults.ts'
import {selectionRemarks, selectArtifacts} from '../../src/collect/artifacts.ts'

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
const named = async (patterns: readonly string[]): Promise<string[]> =>
  (await selectArtifacts(found, patterns)).map(({job, path}) => `${job}:${path}`)

describe('selectArtifacts', () => {
  it.each([
    {patterns: ['**'], count: found.length},
    {patterns: ['**/*'], count: found.length},
    {patterns: [], count: 0}
  ])('selects $count for $patterns', async ({patterns, count}) => {
    expect(await named(patterns)).toHaveLength(count)
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
  ])('selects by $patterns', async ({patterns, expected}) => {
    expect(await named(patterns)).toEqual(expected)
  })

  it('takes only excludes for everything but those', async () => {
    expect(await named(['!coverage/**', '!evil:**', '!.nyc/**'])).toEqual([
      'test:junit.xml',
      'build:app.apk',
      'build:out/release/app.apk',
      'test-1:log:1.txt'
    ])
  })

  it.each(['report (1).html', 'a[1].txt', 'a{b}.txt', 'what?.txt', 'a(b', '[', 'x!y', '#x'])(
    'matches the name %j by itself',
    async path => {
      expect(await selectArtifacts([{job: 'j', path}], [path])).toHaveLength(1)
      expect(await selectArtifacts([{job: 'j', path}], [`j:${path}`])).toHaveLength(1)
    }
  )

  it('stops at a signal, however many artifacts there are', async () => {
    const many = Array.from({length: 20_000}, (_, index) => ({
      job: `job-${index % 50}`,
      path: `coverage/folder-${index % 100}/file-${index}.html`
    }))
    const lines = ['**/*.html', 'job-7:**', '!**/folder-3/**', 'nothing']
    expect(await selectArtifacts(many, lines)).toHaveLength(19_800)
    for (const work of [selectArtifacts, selectionRemarks]) {
      const abort = new AbortController()
      const working = work(many, lines, abort.signal)
      setImmediate(() => {
        abort.abort()
      })
      await expect(working).rejects.toThrow(AbortedError)
    }
  })
})

describe('a path or job name too long to be matched', () => {
  const long = [
    {job: 'test', path: `secret/${'x'.repeat(1000)}`},
    {job: 'j'.repeat(1001), path: 'a'}
  ]

  it.each([
    {patterns: ['**'], count: 2},
    {patterns: ['**', '!secret/**', '!j*:**'], count: 0},
    {patterns: ['!secret/**'], count: 1},
    {patterns: ['secret/**'], count: 0},
    {patterns: ['**', '!junit.xml'], count: 1}
  ])('selects $count by $patterns', async ({patterns, count}) => {
    expect(await selectArtifacts(long, patterns)).toHaveLength(count)
  })

  it('is said', async () => {
    expect(await selectionRemarks(long, ['**', '!secret/**', '!j*:**'])).toEqual([
      '2 artifacts were left out: a path or job name of more than 1000 characters is not matched against input "artifacts".'
    ])
  })
})

describe('selectionRemarks', () => {
  const few = found.slice(0, 2)

  it.each([
    {patterns: ['**', 'coverage/**', '!z'], expected: []},
    {
      patterns: ['js/*.js'],
      expected: [
        'Line "js/*.js" of input "artifacts" matches none of the 2 artifacts: "coverage/index.html", "coverage/js/a.js". Did you mean "**/js/*.js"?'
      ]
    },
    ...[
      ['coverage', ' Did you mean "coverage/**", everything below it?'],
      ['/coverage', ' Did you mean "/coverage/**", everything below it?'],
      ['test:coverage', ' Did you mean "test:coverage/**", everything below it?'],
      ['js', ' Did you mean "**/js/**"?'],
      ['a.js', ' Did you mean "**/a.js"?'],
      ['covrage', ' For everything below a folder write "covrage/**".'],
      ['covrage/', ''],
      ['covrage.html', '']
    ].map(([line = '', hint = '']) => ({
      patterns: [line],
      expected: [
        `Line "${line}" of input "artifacts" matches none of the 2 artifacts: "coverage/index.html", "coverage/js/a.js".${hint}`
      ]
    })),
    {
      patterns: ['a.xml, b.xml'],
      expected: [
        'Line "a.xml, b.xml" of input "artifacts" matches none of the 2 artifacts: "coverage/index.html", "coverage/js/a.js". Names go one a line, without commas.'
      ]
    }
  ])('of $patterns', async ({patterns, expected}) => {
    expect(await selectionRemarks(few, patterns)).toEqual(expected)
  })

  it('names five of many paths', async () => {
    expect(await selectionRemarks(found, ['x.y'])).toEqual([
      'Line "x.y" of input "artifacts" matches none of the 12 artifacts, among them "coverage/index.html", "coverage/js/a.js", "coverage/js/a.js.map", ".nyc/out.json", "junit.xml".'
    ])
  })

  it('blames no line when there is nothing to match', async () => {
    expect(await selectionRemarks([], ['coverage/**'])).toEqual([])
  })
})
