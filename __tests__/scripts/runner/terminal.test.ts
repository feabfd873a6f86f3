import {describe, expect, it} from '@jest/globals'
import {commandReader} from '../../../scripts/runner/command-reader.ts'
import {stepLog} from '../../../scripts/runner/step-log.ts'
import {logTerminal, showsColour, type TerminalOptions} from '../../../scripts/runner/terminal.ts'

function render(lines: readonly string[], options: Partial<TerminalOptions> = {}): string[] {
  let text = ''
  const terminal = logTerminal({
    colour: false,
    write: part => {
      text += part
    },
    ...options
  })
  const read = commandReader()
  for (const line of lines) terminal.show(read(line))
  terminal.end()
  return text.split('\n').slice(0, -1)
}

describe('logTerminal', () => {
  it('shows groups under their titles and hides commands', () => {
    expect(
      render([
        'before',
        '::group::Log of build',
        'one',
        '::warning title=Watch out,file=a.ts,line=3::careful%0A%0Awith this',
        '::endgroup::',
        '::add-mask::x',
        '::set-output name=a::b',
        '::save-state name=a::b',
        '::debug::quiet',
        '::error::it broke',
        '::notice file=b.ts::look',
        '::set-env name=A::b',
        '::echo::on'
      ])
    ).toEqual([
      'before',
      '▾ Log of build',
      '  │ one',
      '  │ Warning: Watch out',
      '  │   careful',
      '  │ ',
      '  │   with this',
      '  │   at a.ts:3',
      'Error: it broke',
      'Notice: look',
      '  at b.ts',
      'Error: Unable to process command "set-env": "set-env" is disabled; write to the environment file instead'
    ])
  })

  it('folds what is long and ends what nobody ended', () => {
    const lines = ['::group::A', '1', '2', '3', '::group::B', '4', '5']
    expect(render(lines, {groupLines: 2})).toEqual([
      '▾ A',
      '  │ … 1 earlier line folded',
      '  │ 2',
      '  │ 3',
      '▾ B',
      '  │ 4',
      '  │ 5'
    ])
  })

  it('paints annotations, and shows debug lines when asked', () => {
    const lines = ['::error::bad', '::debug::detail', '::stop-commands::abc']
    expect(render(lines, {colour: true, debug: true})).toEqual([
      '\u001B[31mError: bad\u001B[39m',
      '\u001B[35mDebug: detail\u001B[39m',
      '\u001B[2m::stop-commands::abc\u001B[22m'
    ])
  })

  it('keeps the log’s own colours on a terminal, and nothing else a terminal obeys', () => {
    const line = 'a\u001B[31mred\u001B]0;title\u0007\u001B[2Jxy\u0007'
    expect(render([line], {colour: true})).toEqual(['a\u001B[31mredxy\u001B[0m'])
    expect(render([line])).toEqual(['aredxy'])
    expect(render(['::error::\u001B[2Jbad\u009B1m'])).toEqual(['Error: bad'])
  })

  it('shows a stop token as the runner does, masked', () => {
    const lines: string[] = []
    const terminal = logTerminal({colour: false, write: text => lines.push(text)})
    const log = stepLog([], event => {
      terminal.show(event)
    })
    for (const line of ['::stop-commands::long-token', 'text', '::long-token::']) log.read(line)
    expect(lines).toEqual(['::stop-commands::***\n', 'text\n', '::***::\n'])
    expect(log.secrets).toEqual([])
  })
})

describe('showsColour', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, {NO_COLOR: '1'}, false],
    [true, {TERM: 'dumb'}, false],
    [false, {FORCE_COLOR: '1'}, true],
    [true, {FORCE_COLOR: '0'}, false]
  ])('terminal %s with %j: %s', (isTTY, env, expected) => {
    expect(showsColour({isTTY}, env)).toBe(expected)
  })
})
