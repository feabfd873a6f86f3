import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'

/**
 * The committed file `golden/<name>`, to compare a text with. With UPDATE_GOLDEN=1 in the environment the text is written to it
 * first: look at the difference before committing it.
 */
export function golden(name: string, text: string): string {
  const file = fileURLToPath(new URL(`golden/${name}`, import.meta.url))
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  return readFileSync(file, 'utf8')
}

/** A long document in short: of each run of table rows, list items, chart lines or log lines, the first two and how many more. */
export function outline(text: string): string {
  const kinds = text.split('\n').map(kindOf)
  const lines = text.split('\n').flatMap((line, index) => {
    const kind = kinds[index]
    if (kind === '' || kind !== kinds[index - 2] || kind !== kinds[index - 1]) return [line]
    if (kind === kinds[index + 1]) return []
    const first = kinds.slice(0, index).findLastIndex(other => other !== kind) + 1
    return [`[${index - first - 1} more like these]`]
  })
  return lines.join('\n')
}

function kindOf(line: string): string {
  if (line.startsWith('| ') && !/^\| (?:---|Test|Job|Workflow) /.test(line)) return 'row'
  if (/^ {2}\S+ .*:(?:active|done|crit|\d)|^ {2}section /.test(line)) return 'chart'
  if (line.startsWith('- ')) return 'item'
  return /: line \d+ of a log/.test(line) ? 'log' : ''
}
