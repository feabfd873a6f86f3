import {describe, expect, it} from '@jest/globals'
import {parseDoubleColon, parseHashBracket, readAsRunner} from './runner-commands.ts'

describe('the grammars of the runner', () => {
  it.each([
    ['::set-output name=a::b', {name: 'set-output', properties: {name: 'a'}, data: 'b'}],
    ['   ::add-mask::success', {name: 'add-mask', properties: {}, data: 'success'}],
    [
      '::ERROR file=a%3Ab,line=3::x%0Ay',
      {name: 'ERROR', properties: {file: 'a:b', line: '3'}, data: 'x\ny'}
    ],
    [':\u200b:debug::x', {name: 'debug', properties: {}, data: 'x'}],
    ['x ::debug::y', undefined],
    ['::nothing::y', undefined],
    ['::debug', undefined]
  ])('finds in %j at its start %j', (line, command) => {
    expect(parseDoubleColon(line)).toEqual(command)
  })

  it.each([
    [
      'log ##[set-output name=a;x=1]b',
      {name: 'set-output', properties: {name: 'a', x: '1'}, data: 'b'}
    ],
    ['##\u00ad[add-mask]success', {name: 'add-mask', properties: {}, data: 'success'}],
    ['###[group]x%5D', {name: 'group', properties: {}, data: 'x]'}],
    ['## [group]x', undefined],
    ['##[group', undefined],
    ['##[section]x', undefined]
  ])('finds in %j anywhere %j', (line, command) => {
    expect(parseHashBracket(line)).toEqual(command)
  })

  it('obeys nothing but the token once commands are stopped', () => {
    const {commands, shown} = readAsRunner(
      '::stop-commands::t0k3n\n::add-mask::x\n::T0K3N::\n::add-mask::y\n'
    )
    expect(commands.map(({name, data}) => `${name} ${data}`)).toEqual([
      'stop-commands t0k3n',
      'T0K3N ',
      'add-mask y'
    ])
    expect(shown).toEqual(['::add-mask::x'])
  })
})
