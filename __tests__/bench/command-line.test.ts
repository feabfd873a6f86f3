import {describe, expect, it} from '@jest/globals'
import {helpOf, parseArguments} from '../../bench/command-line.ts'

const command = {
  script: 'bench:x',
  description: 'Measures x.',
  arguments: [
    {name: 'node', what: 'path of a Node', standard: '/usr/bin/node'},
    {name: 'runs', what: 'runs of each', standard: 20}
  ]
} as const

describe('the arguments of a bench', () => {
  it.each([
    [[], ['/usr/bin/node', 20]],
    [['/other/node'], ['/other/node', 20]],
    [
      ['/other/node', '3'],
      ['/other/node', 3]
    ]
  ])('%j are read', (given, values) => {
    expect(parseArguments(command, given)).toEqual(values)
  })

  it.each(['many', '0', '1x', '1.5', '', '9999999999'])('"%s" is no count', text => {
    expect(() => parseArguments(command, ['node', text])).toThrow(
      `<runs> must be a whole number above 0, not "${text}".`
    )
  })

  it.each([[['--size=1']], [['node', '-3']], [['node', '1', 'more']]])('%j are odd', given => {
    expect(() => parseArguments(command, given)).toThrow(
      `"${given.at(-1) ?? ''}" is not understood: "npm run bench:x -- --help" helps.`
    )
  })

  it('are told with their defaults', () => {
    expect(helpOf(command)).toBe(
      `npm run bench:x -- [node] [runs]

Measures x.

  node  path of a Node (default /usr/bin/node)
  runs  runs of each (default 20)
`
    )
  })
})
