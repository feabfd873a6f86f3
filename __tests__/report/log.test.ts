import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {Mask} from '../../src/base/mask.ts'
import {createLog, type ActionsLog} from '../../src/report/log.ts'
import {failureGroups, pickAnnotations, renderFailure} from '../../src/report/failures.ts'
import {renderEnds, renderVerdict} from '../../src/report/progress-log.ts'
import {annotationText, inline} from '../../src/report/escape.ts'
import {readAsRunner} from '../support/runner-commands.ts'
import {ATTACKS, hostileText} from './attacks.ts'
import {golden, outline} from './golden.ts'
import * as scenarios from './scenarios.ts'

const TOKEN = '0f8fad5b-d9cb-469f-a165-70867728950e'

function printed(
  say: (log: ActionsLog) => void,
  isDebug = true
): {writes: string[]; stdout: string} {
  const writes: string[] = []
  say(createLog({write: text => writes.push(text), random: () => TOKEN, isDebug: () => isDebug}))
  return {writes, stdout: writes.join('')}
}

describe('info', () => {
  it('prints the text', () => {
    expect(
      printed(log => {
        log.info('Triggered pipeline #12: https://app.circleci.com/x')
      }).stdout
    ).toBe('Triggered pipeline #12: https://app.circleci.com/x\n')
  })

  it('quotes every line but the first, so that remote line breaks forge no lines', () => {
    expect(
      printed(log => {
        log.info('CircleCI says: bad\n✓ success after 1s')
      }).stdout
    ).toBe('CircleCI says: bad\n| ✓ success after 1s\n')
  })

  it('prints text that looks like a command as text', () => {
    expect(
      printed(log => {
        log.info('  ::warning::x ##[error]y')
      }).stdout
    ).toBe('  : :warning::x ## [error]y\n')
  })

  it('never issues a command', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const {stdout} = printed(log => {
          log.info(text)
        })
        expect(readAsRunner(stdout).commands).toEqual([])
      })
    )
  })
})

describe.each(['notice', 'warning', 'error', 'debug'] as const)('%s', level => {
  it('issues one command with the text', () => {
    expect(
      printed(log => {
        log[level]('50% of a, b:\nc')
      }).stdout
    ).toBe(`::${level}::50%25 of a, b:%0Ac\n`)
  })

  it('issues nothing else, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, text => {
        const {stdout} = printed(log => {
          log[level](text)
        })
        expect(readAsRunner(stdout)).toEqual({
          commands: [{name: level, properties: {}, data: annotationText(text)}],
          shown: []
        })
      })
    )
  })
})

it('prints no debug message when step debug logging is off', () => {
  expect(
    printed(log => {
      log.debug('GET /me')
    }, false).writes
  ).toEqual([])
})

describe('group', () => {
  it('quotes the lines between stop-commands and its token, in one write', () => {
    const {writes} = printed(log => {
      log.group('unit: npm test', ['first', 'two\r\nlines', ''])
    })
    expect(writes).toEqual([
      [
        '::group::unit: npm test',
        `::stop-commands::${TOKEN}`,
        '| first',
        '| two',
        '| lines',
        '|',
        `::${TOKEN}::`,
        '::endgroup::',
        ''
      ].join('\n')
    ])
  })

  it('asks for a fresh token each time', () => {
    let asked = 0
    const log = createLog({write: () => undefined, random: () => `token-${++asked}`})
    log.group('a', [])
    log.group('b', [])
    expect(asked).toBe(2)
  })

  it('shows every line and obeys none, even if the token were known', () => {
    const line = fc.oneof(
      hostileText,
      fc.constantFrom(`::${TOKEN}::`, `##[${TOKEN}]`, `x\n::${TOKEN}::\n::add-mask::x`)
    )
    fc.assert(
      fc.property(hostileText, fc.array(line, {maxLength: 6}), (title, lines) => {
        const {stdout} = printed(log => {
          log.group(title, lines)
        })
        const {commands, shown} = readAsRunner(stdout)
        expect(commands).toEqual([
          {name: 'group', properties: {}, data: inline(title)},
          {name: 'stop-commands', properties: {}, data: TOKEN},
          {name: TOKEN, properties: {}, data: ''},
          {name: 'endgroup', properties: {}, data: ''}
        ])
        expect(shown.every(text => text.startsWith('|'))).toBe(true)
        // Even if stop-commands did nothing at all, there would be no command.
        expect(readAsRunner(shown.join('\n')).commands).toEqual([])
      })
    )
  })
})

describe('the end of the log', () => {
  it.each([
    ['failing', scenarios.failing],
    ['flaky', scenarios.flaky],
    ['on-hold', scenarios.onHold],
    ['dynamic-config', scenarios.dynamicConfig],
    ['huge', scenarios.huge],
    ['no-pipeline', scenarios.noPipeline],
    ['two', scenarios.two],
    ['five', scenarios.five]
  ])('of %s is as agreed', (name, scenario) => {
    const result = scenario()
    const {stdout} = printed(log => {
      for (const {title, lines} of failureGroups(result)) log.group(title, lines)
      const {annotations, rest} = pickAnnotations(result)
      for (const annotation of annotations) log.annotate(annotation)
      if (rest !== undefined) log.info(rest)
      for (const line of renderEnds(result)) log.info(line)
      if (result.verdict === undefined) return
      log.info(renderVerdict(result, result.verdict))
      if (result.pipelines.length > 1) log.error(renderFailure(result, result.verdict))
    })
    const short = name === 'huge' ? outline(stdout) : stdout
    expect(short).toBe(golden(`${name}.log`, short))
  })
})

describe('annotate', () => {
  it('points at the line', () => {
    expect(
      printed(log => {
        log.annotate({level: 'error', title: 'a: b, c', message: 'x', file: 'src/a,b.ts', line: 3})
      }).stdout
    ).toBe('::error title=a%3A b%2C c,file=src/a%2Cb.ts,line=3::x\n')
  })

  it.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['a path with a line break', 'src/a.ts\nb'],
    ['a path that holds a command', '##[group]a']
  ])('points nowhere with %s', (_, file) => {
    expect(
      printed(log => {
        log.annotate({level: 'warning', title: 't', message: 'm', file, line: 3})
      }).stdout
    ).toBe('::warning title=t::m\n')
  })

  it.each(ATTACKS)('stays one annotation with %j everywhere', attack => {
    const {stdout} = printed(log => {
      log.annotate({level: 'error', title: attack, message: attack, file: attack, line: 1})
    })
    const {commands, shown} = readAsRunner(stdout)
    expect(shown).toEqual([])
    expect(commands).toHaveLength(1)
    expect(commands[0]).toMatchObject({name: 'error', data: annotationText(attack)})
  })
})

it('hides tokens in every kind of line, before it is cut', () => {
  const token = 'CCIPAT_Zm9vYmFy_4f1d2e3c5b6a'
  const writes: string[] = []
  const mask = new Mask([token])
  const write = (text: string): void => {
    writes.push(text)
  }
  const log = createLog({write, mask, random: () => 'stop', isDebug: () => true})
  for (const level of ['debug', 'info', 'notice', 'warning', 'error'] as const) {
    log[level](`a ${token}`)
    log[level](`${'x'.repeat(4085)}${token}`)
  }
  log.group(`g ${token}`, [`line ${token}`, `${'x'.repeat(3990)}${token}`])
  const place = {file: `${token}.ts`, line: 1}
  log.annotate({
    level: 'error',
    title: `t ${token}`,
    message: `${'x'.repeat(250)}${token}`,
    ...place
  })
  expect(writes).toHaveLength(12)
  for (const text of writes) {
    expect(text).toContain('***')
    expect(text).not.toContain('CCIPAT')
  }
})
