import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {Mask} from '../../src/base/mask.ts'
import {createTerminalLog, wantsColour, type Sections} from '../../src/terminal/log.ts'
import {ATTACKS, hostileText} from '../report/attacks.ts'

const PLACES: readonly (Sections | undefined)[] = ['gitlab', 'buildkite', 'azure', undefined]

function printed(
  sections: Sections | undefined,
  speak: (log: ReturnType<typeof createTerminalLog>) => void,
  {colour = false, isDebug = false} = {}
): string {
  const texts: string[] = []
  speak(
    createTerminalLog({
      write: text => {
        texts.push(text)
      },
      mask: new Mask(['s3cret-token']),
      sections,
      colour,
      isDebug,
      now: () => 1_700_000_000_000
    })
  )
  return texts.join('')
}

describe('the log of a command', () => {
  it.each([
    {
      sections: 'gitlab',
      is: '\x1b[0Ksection_start:1700000000:circleci_pipeline_1[collapsed=true]\r\x1b[0KTitle\n| one\n\x1b[0Ksection_end:1700000000:circleci_pipeline_1\r\x1b[0K\nafter\n'
    },
    {sections: 'buildkite', is: '--- Title\n| one\n+++ CircleCI pipeline\nafter\n'},
    {sections: 'azure', is: '##[group]Title\n| one\n##[endgroup]\nafter\n'},
    {sections: undefined, is: '▸ Title\n| one\nafter\n'}
  ] as const)('folds a block as $sections does', ({sections, is}) => {
    const text = printed(sections, log => {
      log.group('Title', ['one'])
      log.info('after')
    })
    expect(text).toBe(is)
  })

  it('names levels, and quotes all but the first line', () => {
    const speak = (log: ReturnType<typeof createTerminalLog>): void => {
      log.debug('d')
      log.notice('n')
      log.warning('w')
      log.error('e\nmore')
      log.annotate({level: 'error', title: 't', message: 'm', file: undefined, line: undefined})
    }
    expect(printed(undefined, speak)).toBe('n\nWarning: w\nError: e\n| more\n')
    expect(printed('azure', speak)).toBe('n\n##[warning] w\n##[error] e\n| more\n')
    const all = {colour: true, isDebug: true}
    expect(printed(undefined, speak, all)).toBe(
      'Debug: d\nn\n\x1b[33mWarning:\x1b[0m w\n\x1b[31mError:\x1b[0m e\n| more\n'
    )
  })

  it('hides tokens', () => {
    const text = printed(undefined, log => {
      log.info('a s3cret-token')
      log.group('s3cret-token', ['s3cret-token'])
    })
    expect(text).not.toContain('s3cret')
  })

  const OWN = [
    '##vso[task.setvariable variable=x]y',
    'a ##VSO[task.complete result=Succeeded;]',
    '##[error]boo',
    '\x1b[0Ksection_start:1:x\r\x1b[0Kboo',
    'section_end:1:circleci_pipeline_1\r',
    '--- boo',
    '+++ boo',
    '~~~ boo',
    '^^^ +++',
    '  ^^^ +++',
    '\x1b]1337;File=name=x:AAAA\x07',
    '\x1b[8mha:////jenkins-console-note\x1b[0m',
    '::set-output name=x::y'
  ]

  const expectHarmless = (sections: Sections | undefined, hostile: string): void => {
    const text = printed(sections, log => {
      log.info(hostile)
      log.info(`x\n${hostile}`)
      log.warning(hostile)
      log.error(hostile)
      log.group(hostile, [hostile, `x\n${hostile}`])
      log.notice(hostile)
    })
    const rest = text
      .replace(
        /\x1b\[0Ksection_(?:start|end):1700000000:circleci_pipeline_1(?:\[collapsed=true\])?\r\x1b\[0K/g,
        ''
      )
      .replace(/^##\[(?:group|endgroup|warning|error)\]/gm, '(ours)')
      .replace(/^(?:--- |\+\+\+ CircleCI pipeline$)/gm, '')
    expect(rest).not.toMatch(/##vso\[|##\[|section_(?:start|end):/i)
    expect(rest).not.toMatch(/^\s*(?:---|\+\+\+|~~~|\^\^\^|::)/m)
    expect(rest).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]/)
  }

  // eslint-disable-next-line jest/expect-expect -- expectHarmless holds them
  it.each(PLACES)('takes nothing of remote text for a command (%s)', sections => {
    for (const hostile of [...OWN, ...ATTACKS]) expectHarmless(sections, hostile)
    const pieces = fc.array(fc.oneof(fc.constantFrom(...OWN), hostileText), {maxLength: 4})
    fc.assert(
      fc.property(pieces, texts => {
        expectHarmless(sections, texts.join(''))
      }),
      {numRuns: 200}
    )
  })
})

it.each([
  {env: {}, isTerminal: true, is: true},
  {env: {}, isTerminal: false, is: false},
  {env: {NO_COLOR: '1'}, isTerminal: true, is: false},
  {env: {NO_COLOR: ''}, isTerminal: true, is: true},
  {env: {NO_COLOR: '1', FORCE_COLOR: '1'}, isTerminal: true, is: false},
  {env: {FORCE_COLOR: '1'}, isTerminal: false, is: true},
  {env: {FORCE_COLOR: '0'}, isTerminal: true, is: false},
  {env: {TERM: 'dumb'}, isTerminal: true, is: false}
])('$env on a terminal ($isTerminal): coloured $is', ({env, isTerminal, is}) => {
  expect(wantsColour(env, isTerminal)).toBe(is)
})
