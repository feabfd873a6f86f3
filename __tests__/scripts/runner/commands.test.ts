import {describe, expect, it} from '@jest/globals'
import {commandReader} from '../../../scripts/runner/command-reader.ts'
import {parseCommand} from '../../../scripts/runner/commands.ts'

describe('parseCommand', () => {
  it.each([
    ['::error::it broke', {name: 'error', properties: {}, data: 'it broke'}],
    ['  \t::notice::x', {name: 'notice', properties: {}, data: 'x'}],
    ['::ERROR::x', {name: 'error', properties: {}, data: 'x'}],
    ['::group::', {name: 'group', properties: {}, data: ''}],
    [
      '::error file=a%3Ab%2Cc,line=4,empty=,::100%25 %0D%0A%253A',
      {name: 'error', properties: {file: 'a:b,c', line: '4'}, data: '100% \r\n%3A'}
    ],
    ['::error title==x=y::z', {name: 'error', properties: {title: 'x=y'}, data: 'z'}],
    ['::error ::z::more', {name: 'error', properties: {}, data: 'z::more'}],
    [
      'log: ##[set-output name=conclusion;x=%3B%5D]suc%0Acess',
      {name: 'set-output', properties: {name: 'conclusion', x: ';]'}, data: 'suc\ncess'}
    ],
    ['::nonsense:: ##[error]x', {name: 'error', properties: {}, data: 'x'}],
    ['::nonsense::x', undefined],
    ['a ::error::x', undefined],
    ['::error:x', undefined],
    ['##[nonsense]x ##[error]y', undefined],
    ['##[error', undefined],
    ['## [error]x', undefined],
    ['| ::error::x', undefined],
    ['', undefined]
  ])('reads %j', (line, expected) => {
    expect(parseCommand(line)).toEqual(expected)
  })
})

describe('commandReader', () => {
  it('stops commands until the token comes, whatever is printed between', () => {
    const read = commandReader()
    const types = [
      '::stop-commands::Tok-1',
      '::error::not a command',
      '##[set-output name=a]b',
      '::resume::',
      '::tok-1::',
      '::error::a command'
    ].map(line => read(line).type)
    expect(types).toEqual(['stop', 'text', 'text', 'text', 'resume', 'annotation'])
  })

  it.each([
    ['::stop-commands::', 'refused'],
    ['::stop-commands::error', 'refused'],
    ['::stop-commands::pause-logging', 'refused'],
    ['::set-env name=x::y', 'refused'],
    ['::add-path::/bin', 'refused'],
    ['::set-output::no name', 'refused'],
    ['::add-mask:: ', 'refused'],
    ['::save-state name=pid::1', 'state'],
    ['::set-output name=pid::1', 'output'],
    ['::debug::x', 'debug'],
    ['::echo::on', 'command'],
    ['##[add-matcher]x.json', 'command'],
    ['##[endgroup]', 'endgroup'],
    ['plain', 'text']
  ])('understands %s as %s', (line, type) => {
    expect(commandReader()(line).type).toBe(type)
  })
})
