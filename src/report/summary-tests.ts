import type {FailedTest, Result} from '../record/result.ts'
import type {Section} from './budget.ts'
import {countOf} from '../base/text.ts'
import {foldedTable, row, table} from './table.ts'
import {code, markdown, plainLines, preformatted} from './untrusted.ts'

const UNFOLDED = 10
/** More failed tests than this are listed only where nothing else needs the room. */
const MANY = 300
/** A few tests may say more each than many. */
const FEW = 5
const LINES_OF_FEW = 12
const LINES_OF_MANY = 4
const MESSAGE_SCANNED = 20_000
const HEADINGS = ['Test', 'Job', 'Failure']
/** A line of a JavaScript, Java or .NET stack trace: of no use in a table. */
const STACK_FRAME = /^\s+at /

/** The tables of failed tests, the first ten unfolded, with a line when all of them are known to be flaky. */
export function testTables(result: Result): Section[] {
  const {failedTests} = result
  const count = failedTests.length
  const lines = count > FEW ? LINES_OF_MANY : LINES_OF_FEW
  const rows = failedTests.map(test => testRow(test, lines))
  const title = [`### ${countOf(count, 'failed test')}`, ...notes(result)].join('\n\n')
  const others = Math.min(count, MANY) - UNFOLDED
  const rest = count - MANY
  return [
    table(title, HEADINGS, rows.slice(0, UNFOLDED), {noun: 'failed test', rank: 5}),
    foldedTable(countOf(others, 'other failed test'), HEADINGS, rows.slice(UNFOLDED, MANY), {
      noun: 'failed test',
      rank: 4
    }),
    foldedTable(countOf(rest, 'more failed test'), HEADINGS, rows.slice(MANY), {
      noun: 'failed test',
      rank: 0.5
    })
  ]
}

function notes({failedTests, verdict}: Result): string[] {
  const all = failedTests.length
  const flaky = failedTests.filter(test => test.flaky).length
  const known =
    flaky < all
      ? `🎲 ${flaky} of them ${flaky === 1 ? 'is' : 'are'} known to be flaky.`
      : all === 1
        ? '🎲 **The only failed test is known to be flaky.**'
        : `🎲 **All ${all} failed tests are known to be flaky.**`
  return [
    ...(verdict?.passes === true
      ? ['They failed in an earlier attempt or where it does not decide the verdict.']
      : []),
    ...(flaky === 0 ? [] : [known])
  ]
}

function testRow(test: FailedTest, maxLines: number): string {
  const {name, classname, job, file, line, message, flaky} = test
  const suite =
    classname === '' || name.startsWith(classname) ? '' : `<br><sub>${markdown(classname)}</sub>`
  const where = file === undefined ? [] : [code(line === undefined ? file : `${file}:${line}`)]
  const lines = plainLines(message.slice(0, MESSAGE_SCANNED)).filter(
    text => !STACK_FRAME.test(text)
  )
  const why = preformatted(lines.join('\n'), maxLines)
  return row(
    `${flaky ? '🎲 ' : ''}${code(name)}${suite}`,
    code(job, 80),
    [...where, why].join(why.startsWith('<pre>') ? '' : '<br>')
  )
}
