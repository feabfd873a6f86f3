import {describe, expect, it} from '@jest/globals'
import {listing, parseArguments} from '../../../scripts/demo/arguments.ts'
import {showcaseOf} from '../../../scripts/demo/showcase.ts'
import {readActionFile} from '../../../scripts/runner/action-file.ts'
import {scenarios, type ScenarioName} from '../../../simulator/index.ts'

describe('parseArguments', () => {
  it.each([
    [[], {kind: 'show', scenario: 'passing', debug: false, unfold: false}],
    [['failing'], {kind: 'show', scenario: 'failing', debug: false, unfold: false}],
    [['--debug', 'huge', '--unfold'], {kind: 'show', scenario: 'huge', debug: true, unfold: true}],
    [['--list'], {kind: 'list'}],
    [['-h'], {kind: 'help'}],
    [['--help', '--list'], {kind: 'help'}]
  ])('reads %j', (args, expected) => {
    expect(parseArguments(args)).toEqual(expected)
  })

  it.each([
    [['nope'], /^There is no scenario "nope"\. There are: passing, failing, .*hostile\.$/],
    [['toString'], /no scenario "toString"/],
    [['passing', 'failing'], /^The demo shows one scenario at a time, not passing and failing\.$/],
    [['--lsit'], /^Unknown option '--lsit'\. --help lists the options\.$/],
    [['--list=yes'], /--list.*\. --help lists the options\.$/]
  ])('objects to %j', (args, message) => {
    expect(() => parseArguments(args)).toThrow(message)
    expect(() => parseArguments(args)).toThrow(expect.objectContaining({name: 'UsageError'}))
  })

  it('lists every scenario with its description', () => {
    const lines = listing().trimEnd().split('\n')
    expect(lines).toHaveLength(Object.keys(scenarios).length)
    expect(lines[0]).toBe(`passing                 ${scenarios.passing.description}`)
  })
})

describe('showcaseOf', () => {
  const names = Object.keys(scenarios) as ScenarioName[]

  it.each(names)('gives %s only inputs that exist, and says why', name => {
    const known = Object.keys(readActionFile().inputs)
    const {inputs, why} = showcaseOf(name)
    expect(known).toEqual(expect.arrayContaining(Object.keys(inputs)))
    expect(inputs['wait']).toBe('true')
    expect(why !== '').toBe(Object.keys(inputs).length > 2)
  })
})
