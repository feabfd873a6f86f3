import {describe, expect, it} from '@jest/globals'
import {UsageError, parseCommandLine} from '../../simulator/command-line.ts'
import {scenarios} from '../../simulator/index.ts'

describe('the command line', () => {
  it('has a default for everything', () => {
    const serve = {port: 0, scenario: scenarios.passing, speed: 1, latencyMs: 0, seed: 1}
    expect(parseCommandLine(['--cloud'])).toEqual({serve})
  })

  it('takes every option', () => {
    const args =
      '--cloud --port 8080 --scenario failing --token t --speed 2.5 --latency 20 --seed 7'
    expect(parseCommandLine(args.split(' '))).toEqual({
      serve: {
        port: 8080,
        scenario: scenarios.failing,
        token: 't',
        speed: 2.5,
        latencyMs: 20,
        seed: 7
      }
    })
  })

  it('keeps artifacts on the host of the API, or on one of their own', () => {
    expect(parseCommandLine(['--scenario', 'superseded'])).toMatchObject({
      serve: {
        scenario: {name: 'superseded', behaviour: {artifactHost: 'api', autoCancel: 'always'}}
      }
    })
    expect(parseCommandLine(['--cloud', '--scenario', 'superseded'])).toMatchObject({
      serve: {scenario: scenarios.superseded}
    })
  })

  it('explains itself', () => {
    expect(parseCommandLine(['--help'])).toMatchObject({
      print: expect.stringContaining('--scenario <name>')
    })
  })

  it('lists the scenarios', () => {
    const command = parseCommandLine(['--list'])
    const lines = 'print' in command ? command.print.trim().split('\n') : []
    expect(lines.map(line => line.split(' ', 1)[0])).toEqual(Object.keys(scenarios))
  })

  it.each([
    ['an unknown scenario', ['--scenario', 'toString'], /^There is no scenario "toString"; there/],
    ['an unknown option', ['--nope'], /^Unknown option '--nope'; --help lists the options\.$/],
    ['a stray argument', ['failing'], /^Unexpected argument 'failing'.*; --help lists/],
    ['an option without value', ['--port'], /^Option '--port <value>' argument missing; --help/],
    [
      'a bad port',
      ['--port', '70000'],
      /^--port must be a whole number from 0 to 65535, not "70000"/
    ],
    ['a negative port', ['--port=-1'], /^--port must be a whole number/],
    ['a bad speed', ['--speed', 'fast'], /^--speed must be a number above 0, not "fast"\.$/],
    ['a speed of nothing', ['--speed', '0'], /^--speed must be a number above 0, not "0"\.$/],
    ['an empty token', ['--token', ''], /^--token must not be empty\.$/]
  ])('refuses %s in one sentence', (_, args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError)
    expect(() => parseCommandLine(args)).toThrow(message)
  })
})
