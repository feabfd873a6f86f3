import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {marked, type Token, type Tokens} from 'marked'
import {byteLength} from '../../src/report/sections.ts'
import {renderSummary} from '../../src/report/summary.ts'
import {ATTACKS, hostileText} from './attacks.ts'
import {
  aJob,
  aPipeline,
  aResult,
  aTail,
  aTest,
  aVerdict,
  aWorkflow,
  anArtifact,
  at
} from './builders.ts'
import {golden, outline} from './golden.ts'
import {shownText} from './rendered.ts'
import * as scenarios from './scenarios.ts'

const ELEMENTS = [
  'a b blockquote br code details h2 h3 hr li p pre strong sub summary table tbody td th thead tr ul'
].flatMap(names => names.split(' '))

/** The summary as HTML without the chart and without the two attributes of our own. */
function render(markdown: string): string {
  return marked
    .parse(markdown.replace(/(?<=### Timeline\n\n)```mermaid\n[\s\S]*?\n```/, ''), {async: false})
    .replaceAll('<details open>', '<details>')
    .replaceAll('<code class="language-text">', '<code>')
}

/** What the document is made of, without its texts. */
function shape(markdown: string): string[] {
  return marked.lexer(markdown).flatMap((token: Token): string[] => {
    switch (token.type) {
      case 'table':
        return [
          `table ${(token as Tokens.Table).header.length}x${(token as Tokens.Table).rows.length}`
        ]
      case 'list':
        return [`list ${(token as Tokens.List).items.length}`]
      case 'html':
        return token.raw.match(/<\/?(?:details|summary)/g) ?? []
      case 'space':
        return []
      default:
        return [token.type]
    }
  })
}

describe.each([
  ['failing', scenarios.failing],
  ['flaky', scenarios.flaky],
  ['on-hold', scenarios.onHold],
  ['dynamic-config', scenarios.dynamicConfig],
  ['no-pipeline', scenarios.noPipeline],
  ['two', scenarios.two],
  ['five', scenarios.five],
  ['commit', scenarios.commit]
])('the summary of %s', (name, scenario) => {
  it('is as agreed', () => {
    const text = renderSummary(scenario())
    expect(text).toBe(golden(`${name}.summary.md`, text))
  })

  it('is made of nothing but what it should be', () => {
    expect(shownText(render(renderSummary(scenario())), ELEMENTS)).not.toBe('')
  })
})

describe('a summary of more than fits', () => {
  const text = renderSummary(scenarios.huge())

  it('is as agreed', () => {
    const short = outline(text)
    expect(short).toBe(golden('huge.summary.outline.md', short))
  })

  it('stays under 1,000,000 bytes and says what was cut', () => {
    expect(byteLength(text)).toBeLessThan(1_000_000)
    expect(byteLength(text)).toBeGreaterThan(900_000)
    expect(text).toMatch(
      /> ✂️ Cut to fit: [\d,]+ artifacts\. The `report` output has everything\.\n$/
    )
  })

  it('has its jobs and logs though there are very many long failed tests', () => {
    const huge = scenarios.huge()
    const failedTests = Array.from({length: 10_000}, (_, index) => ({
      ...aTest({name: `test ${index}`, message: `${'long '.repeat(40)}\n`.repeat(4)})
    }))
    const crowded = renderSummary({...huge, failedTests})
    expect(byteLength(crowded)).toBeLessThan(1_000_000)
    expect(crowded).toContain('### Jobs')
    expect(crowded).toContain('### Logs of failed steps')
    expect(crowded).toMatch(/Cut to fit: [\d,]+ failed tests, [\d,]+ artifacts/)
  })

  it('closes all it opens', () => {
    const tags = text.match(/<\/?details/g) ?? []
    expect(tags.filter(tag => tag === '<details')).toHaveLength(tags.length / 2)
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0)
  })
})

describe('a summary full of attacks', () => {
  it('has the same shape as one full of plain words', () => {
    const words = ATTACKS.map((_, index) => (index === ATTACKS.length - 1 ? '' : `word ${index}`))
    const tame = shape(renderSummary(scenarios.hostile(words)))
    expect(shape(renderSummary(scenarios.hostile()))).toEqual(tame)
  })

  it('links to nothing but http and https', () => {
    const html = marked.parse(renderSummary(scenarios.hostile()), {async: false})
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https?:\/\//)
  })

  it('is harmless whatever they are', () => {
    fc.assert(
      fc.property(fc.array(hostileText, {minLength: 1, maxLength: 6}), attacks => {
        const html = render(renderSummary(scenarios.hostile(attacks)))
        expect(() => shownText(html, ELEMENTS)).not.toThrow()
      }),
      {numRuns: 40}
    )
  })

  it('stays under the limit even when every text is as long as it can be', () => {
    const long = '|`@x#1'.repeat(20_000)
    const text = renderSummary(scenarios.hostile(Array.from({length: 120}, () => long)))
    expect(byteLength(text)).toBeLessThan(1_000_000)
  })
})

describe('the head', () => {
  const head = (overrides: Parameters<typeof aResult>[0]): string =>
    renderSummary(aResult({workflows: [], jobs: [], history: [], ...overrides}))

  it.each([
    ['success', '✅', 'succeeded'],
    ['failure', '❌', 'failed'],
    ['cancelled', '🚫', 'was cancelled'],
    ['skipped', '⏭️', 'ran nothing'],
    ['timed_out', '⌛', 'did not finish in time'],
    ['action_required', '⏸️', 'waits for approval']
  ] as const)('says %s', (conclusion, emoji, words) => {
    expect(head({verdict: aVerdict({conclusion})})).toMatch(
      new RegExp(`^## ${emoji} \\[CircleCI pipeline #&#8203;4217\\]\\(https://\\S+\\) ${words}: `)
    )
  })

  it.each([
    ['triggered without a wait', {verdict: undefined}, '## 🔵 [CircleCI pipeline #&#8203;4217]'],
    [
      'a dry run',
      {verdict: undefined, pipeline: undefined, triggered: false},
      '## 🔵 No CircleCI pipeline triggered: <code>gh/acme/shop</code>'
    ],
    [
      'who it attached to',
      {
        attached: true,
        triggered: false,
        pipeline: aPipeline({triggerType: 'webhook', actorLogin: 'hubot'})
      },
      '**Attached** to a pipeline this step did not trigger (webhook as hubot)'
    ],
    [
      'an earlier pipeline',
      {triggered: false, pipeline: aPipeline({triggerType: undefined})},
      '**Triggered by** another'
    ],
    ['the tag asked for', {ref: {tag: 'v1'}, pipeline: undefined}, '**Tag** <code>v1</code>'],
    [
      'a commit alone',
      {ref: undefined, pipeline: aPipeline({branch: undefined})},
      '**Commit** [<code>1f6a2b9</code>](https://github.com/acme/shop/commit/1f6a2b9c3d4e5f60718293a4b5c6d7e8f9012345)'
    ],
    [
      'a commit on Bitbucket',
      {slug: 'bb/acme/shop'},
      '(https://bitbucket.org/acme/shop/commits/1f6a2b9'
    ],
    [
      'no address for a commit on a Server',
      {host: 'https://ci.acme.example'},
      'at <code>1f6a2b9</code> ·'
    ],
    [
      'how long it usually takes',
      {workflows: [aWorkflow()], history: scenarios.failing().history},
      '**Took** 4m 12s, usually 3m 48s'
    ],
    [
      'parameters',
      {parameters: {n: 1, b: false, s: 'x|y'}},
      '**Parameters** <code>n: 1</code> <code>b: false</code> <code>s: "x&#124;y"</code>'
    ],
    [
      'how many parameters are left out',
      {parameters: Object.fromEntries(scenarios.range(33).map(n => [`p${n}`, n]))},
      ' and 3 more'
    ]
  ] as const)('names %s', (_, overrides, expected) => {
    expect(head(overrides)).toContain(expected)
  })
})

describe('the tables', () => {
  it('show a job that was carried over and one that still runs', () => {
    const text = renderSummary(
      aResult({
        workflows: [aWorkflow({createdAt: at(100), attempt: 2, stoppedAt: undefined})],
        jobs: [
          aJob({stoppedAt: at(60)}),
          aJob({name: 'unit', status: 'running', startedAt: at(110), stoppedAt: undefined})
        ]
      })
    )
    expect(text).toContain('| ✅ success |  | in an earlier attempt |')
    expect(text).toContain('| 🔵 running | 10s | 2m 25s ◆ |')
  })

  it('show how long a queued job has waited', () => {
    const text = renderSummary(
      aResult({jobs: [aJob({status: 'queued', startedAt: undefined, stoppedAt: undefined})]})
    )
    expect(text).toContain('| ⚪ queued | 4m 14s |  |')
  })

  it('show a status nobody knows as it is', () => {
    expect(renderSummary(aResult({jobs: [aJob({status: 'hasOwnProperty'})]}))).toContain(
      '| ❔ hasOwnProperty |'
    )
  })

  it('fold what needs no look when there are many', () => {
    const jobs = scenarios
      .range(30)
      .map(index => aJob({name: `j${index}`, status: index === 7 ? 'failed' : 'success'}))
    const [before = '', after = ''] = renderSummary(aResult({jobs})).split(
      '<summary>29 other jobs</summary>'
    )
    expect(before).toContain('<code>j7</code>')
    expect(after).toContain('<code>j29</code>')
  })

  it('say nothing of folds when every job is fine', () => {
    const jobs = scenarios.range(30).map(index => aJob({name: `j${index}`}))
    expect(renderSummary(aResult({jobs}))).toContain('<summary>30 jobs</summary>')
  })

  it.each([
    [[true], '🎲 **The only failed test is known to be flaky.**'],
    [[true, true], '🎲 **All 2 failed tests are known to be flaky.**'],
    [[true, false], '🎲 1 of them is known to be flaky.'],
    [[true, true, false], '🎲 2 of them are known to be flaky.']
  ])('say of tests that are flaky (%j): %s', (flags, words) => {
    const failedTests = flags.map(flaky => aTest({flaky}))
    expect(renderSummary(aResult({failedTests}))).toContain(`\n${words}\n`)
  })
})

describe('the details', () => {
  it('hold no more than the end of a log that is much too long', () => {
    const lines = scenarios.range(3000).map(index => `line ${index} ${'x'.repeat(90)}`)
    const text = renderSummary(aResult({logTails: [aTail({lines, cut: false})]}))
    expect(byteLength(text)).toBeLessThan(70_000)
    expect(text).toContain('(earlier lines left out)\nline 2')
    expect(text).toContain('line 2999 ')
  })

  it('say where artifacts were downloaded to', () => {
    const text = renderSummary(aResult({artifacts: [anArtifact()], artifactsPath: '/tmp/out'}))
    expect(text).toContain(
      '<details open><summary>1 artifact</summary>\n\nDownloaded to <code>/tmp/out</code>.\n\n- ['
    )
  })
})

describe('what CircleCI warns about', () => {
  const message = 'Orb circleci/node@4 is deprecated.\n  | use [5](javascript:x)'

  it('is told in the summary, a line each, as text', () => {
    const warnings = Array.from({length: 7}, () => ({type: 'config-deprecated-syntax', message}))
    const text = shownText(
      render(renderSummary(aResult({pipeline: aPipeline({warnings})}))),
      ELEMENTS
    )
    expect(text).toContain('CircleCI warns about the config')
    expect(text.split('Orb circleci/node@4 is deprecated.')).toHaveLength(6)
    expect(text).toContain('and 2 more')
  })

  it('is not spoken of when there is nothing', () => {
    for (const pipeline of [aPipeline(), aPipeline({warnings: []})]) {
      expect(renderSummary(aResult({pipeline}))).not.toContain('warns')
    }
  })
})

describe('a summary of several pipelines', () => {
  const two = renderSummary(scenarios.two())
  const fifty = renderSummary(scenarios.fifty())

  it('has a table of them first, then what did not pass, one chart, and the others folded', () => {
    const places = [
      '## ❌ 2 CircleCI pipelines: 1 did not pass',
      '| [web #&#8203;7](https://app.circleci.com/pipelines/github/acme/web/7) |',
      '## ❌ <code>shop</code>: [CircleCI pipeline #&#8203;4217]',
      '### 3 failed tests',
      '### Logs of failed steps',
      '### Timeline',
      '  section ✓ web',
      '  section ✗ shop',
      '<summary>✅ web succeeded</summary>',
      '## ✅ <code>web</code>: [CircleCI pipeline #&#8203;7]'
    ].map(text => two.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBe(0)
    expect(two.match(/```mermaid/g)).toHaveLength(1)
  })

  it('says of one that did not count beside the others nothing bad', () => {
    const none = aVerdict({conclusion: 'skipped', passes: false, message: 'No workflow ran.'})
    const {pipelines, ...step} = scenarios.commit()
    const [first = aResult(), second = aResult()] = pipelines
    const text = renderSummary({...step, pipelines: [{...first, verdict: none}, second]})
    expect(text).toContain('## ✅ 2 CircleCI pipelines: all passed')
    expect(text).toContain('| ⏭️ ran nothing |')
    expect(text).not.toContain('❌')
  })

  it('says why the step does not pass where no pipeline does', () => {
    const message = 'No workflow is called "deploy".'
    const verdict = aVerdict({conclusion: 'failure', passes: false, message})
    const text = renderSummary({...scenarios.commit(), verdict})
    expect(text).toMatch(
      /^## ❌ 2 CircleCI pipelines\n[\s\S]*\n\nNo workflow is called "deploy"\.\n/
    )
  })

  it('is as agreed for fifty with hundreds of jobs each', () => {
    // The table and the first that failed; the others are alike.
    const [table = '', first = ''] = fifty.split(/^(?=## )/m)
    const short = outline(table + first)
    expect(short).toBe(golden('fifty.summary.outline.md', short))
  })

  it('stays under the limit for them, with something of each, and closes all it opens', () => {
    expect(byteLength(fifty)).toBeLessThan(1_000_000)
    expect(byteLength(fifty)).toBeGreaterThan(850_000)
    expect(fifty.match(/^## /gm)).toHaveLength(51)
    for (const index of scenarios.range(50)) expect(fifty).toContain(`package-${index} #`)
    expect(fifty.match(/^### Logs of failed steps/gm)).toHaveLength(7)
    expect(fifty.match(/<details/g)?.length).toBe(fifty.match(/<\/details>/g)?.length)
    expect((fifty.match(/^```/gm) ?? []).length % 2).toBe(0)
  })

  it('stays under the limit and closes all it opens however long each text is', () => {
    const long = '|`@x#1'.repeat(20_000)
    const one = scenarios.hostile(scenarios.range(8).map(() => long))
    const pipelines = scenarios.range(50).map(index => ({
      ...one,
      name: `${index}${long}`,
      ...(index % 2 === 0 ? {} : {verdict: aVerdict()})
    }))
    const text = renderSummary({...one, pipelines})
    expect(byteLength(text)).toBeLessThan(1_000_000)
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  })

  it('is harmless whatever the texts and names are', () => {
    fc.assert(
      fc.property(fc.array(hostileText, {minLength: 2, maxLength: 4}), attacks => {
        const one = scenarios.hostile(attacks)
        const pipelines = attacks.map(name => ({...one, name, slug: name}))
        const html = render(renderSummary({...one, pipelines}))
        expect(() => shownText(html, ELEMENTS)).not.toThrow()
      }),
      {numRuns: 20}
    )
  })

  it('looks at each job a number of times that hardly grows with pipelines or jobs', () => {
    const looks = (count: number, jobs: number): number => {
      let looked = 0
      const watched = (job: ReturnType<typeof aJob>) => ({
        ...job,
        get status() {
          looked += 1
          return job.status
        }
      })
      const {jobs: all} = scenarios.huge()
      const rest = {...scenarios.huge(), artifacts: [], failedTests: [], logTails: []}
      const pipelines = scenarios
        .range(count)
        .map(index => ({...rest, name: `p${index}`, jobs: all.slice(0, jobs).map(watched)}))
      renderSummary({...rest, pipelines})
      return looked / count / jobs
    }
    const few = looks(5, 60)
    expect(few).toBeLessThan(60)
    expect(looks(50, 60) / few).toBeCloseTo(1, 1)
    expect(looks(5, 240) / few).toBeLessThan(1.6)
  })
})
