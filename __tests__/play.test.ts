import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'

import {connect, maskTokens} from '../src/play.ts'
import {createLog} from '../src/report/log.ts'
import {serve, closeServers} from './circleci/servers.ts'

const environment = process.env
let printed: string

beforeEach(() => {
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text)
    return true
  })
})

afterEach(async () => {
  process.env = environment
  await closeServers()
})

/** What the runner is told to mask. */
function masked(variables: Record<string, string>): string[] {
  process.env = variables
  maskTokens(process.env)
  return Array.from(printed.matchAll(/^::add-mask::(.*)$/gm), ([, text = '']) =>
    text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')
  )
}

describe('maskTokens', () => {
  it.each([
    ['the token', {INPUT_TOKEN: 'CCIPAT_secret'}, ['CCIPAT_secret']],
    [
      'it as it was given, and without the white space around it',
      {INPUT_TOKEN: ' CCIPAT_secret\n'},
      [' CCIPAT_secret\n', 'CCIPAT_secret']
    ],
    [
      'each of its lines, since the runner masks within lines',
      {INPUT_TOKEN: 'first line\r\n  second line\rthird line\n}\n'},
      [
        'first line\r\n  second line\rthird line\n}\n',
        'first line\r\n  second line\rthird line\n}',
        'first line',
        'second line',
        'third line'
      ]
    ],
    ['one with a percent sign', {INPUT_TOKEN: '100%secret%0A'}, ['100%secret%0A']],
    [
      "the environment's when there is no other",
      {INPUT_TOKEN: ' \n', CIRCLE_TOKEN: '', CIRCLECI_TOKEN: 'CCIPAT_other'},
      ['CCIPAT_other']
    ],
    ['nothing when there is none', {INPUT_TOKEN: '', CIRCLE_TOKEN: ' '}, []]
  ])('has the runner mask %s', (_, variables, expected) => {
    expect(masked(variables)).toEqual(expected)
  })

  it('makes a mask of both tokens, and of no blank or short one', () => {
    const variables = {INPUT_TOKEN: ' CCIPAT_secret\n', 'INPUT_GITHUB-TOKEN': 'ghs_secret'}
    process.env = variables
    const mask = maskTokens(process.env)
    expect(mask.text('CCIPAT_secret is not ghs_secret')).toBe('*** is not ***')
    process.env = {INPUT_TOKEN: 'abc', 'INPUT_GITHUB-TOKEN': ' '}
    expect(maskTokens(process.env).text('abc d')).toBe('abc d')
  })
})

describe('connect', () => {
  it('makes a client that says who it is, until its transport is closed', async () => {
    const server = await serve((_, response) => response.end('{"id":"1","login":"dev"}'))
    const log = createLog({write: () => undefined, random: () => 'x'})
    const {circleci, transport} = connect(server.origin, 'CCIPAT_secret', log)
    expect(await circleci.me()).toMatchObject({login: 'dev'})
    expect(server.requests[0]?.headers).toMatchObject({
      'circle-token': 'CCIPAT_secret',
      'user-agent': expect.stringMatching(/^circleci-pipeline-action\/\d+\.\d+\.\d+/)
    })
    transport.close()
    await server.quiet()
  })
})
