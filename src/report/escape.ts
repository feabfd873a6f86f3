/**
 * Every string that came from CircleCI passes through here on its way out. Each function takes raw text
 * and returns text that is only text where it is going: the log, Markdown, a chart, an annotation.
 */
import {cut, linesOf, withoutTerminalCodes, parseAddress} from '../base/text.ts'

/**
 * Control characters, bidirectional overrides and everything invisible. The runner looks for `##[` with .NET's
 * culture-sensitive `IndexOf`, which skips such characters (actions/runner, `ActionCommand.TryParse`): a zero-width
 * space inside `##[` hides nothing from it, so they are removed and not merely moved.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu
/** Nearly all lines: nothing in them needs a closer look. */
const PLAIN = /^[ -~]*$/
const LONE_SURROGATE = /\p{Cs}/gu
/** How many times what is shown is read at most: enough for codes and blanks in it, and no hostile megabytes. */
const SCANNED = 20
const ZERO_WIDTH_SPACE = '&#8203;'

/** Splits text at every kind of line break; the lines hold no ANSI codes, control or invisible characters. */
export function plainLines(text: string): string[] {
  return linesOf(text).map(plain)
}

function plain(line: string): string {
  if (PLAIN.test(line)) return line
  return withoutTerminalCodes(line)
    .replaceAll('\t', '    ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '\ufffd')
}

/** One line without markup of its own, for use inside a sentence; what comes of it still goes through one of the others. */
export function oneLine(text: string, max = 300): string {
  return cut(
    plainLines(text.slice(0, SCANNED * max))
      .join(' ')
      .replace(/\s+/gu, ' ')
      .trim(),
    max
  )
}

/**
 * One line for the log in which the runner finds no command, neither `::name::` at its start nor `##[name]`
 * anywhere (actions/runner, `ActionCommand.TryParseV2` and `TryParse`).
 */
export function inline(text: string, max = 300): string {
  return cut(defuse(oneLine(text, max)), max)
}

/** The lines of a block for the log, each with a mark before it: it cannot start a command, and is plainly quoted. */
export function quotedLines(lines: readonly string[], max = 4000): string[] {
  return lines.flatMap(plainLines).map(line => `| ${defuse(cut(line, max))}`.trimEnd())
}

/** Makes one plain line harmless to the runner. Cutting it afterwards is safe, joining it with other text is not. */
export function defuse(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*)::/u, '$1: :')
}

/** The text of an annotation: lines are kept, commands are not; at most 4,096 characters, where the runner cuts. */
export function annotationText(text: string, max = 4096): string {
  return cut(
    plainLines(text.slice(0, SCANNED * max))
      .map(defuse)
      .join('\n')
      .trim(),
    max
  )
}

/**
 * Markdown that shows exactly this one line and nothing else: safe in a paragraph, a table cell, a link's text and
 * between HTML tags (not inside an attribute). Entities are used for that reason: a backslash means nothing in HTML.
 * Mentions, issue numbers and e-mail addresses are looked for in the rendered text, so only a zero-width space stops them.
 */
export function markdown(text: string, max = 300): string {
  return oneLine(text, max)
    .replace(
      /^[-+=]|^\d{1,9}(?=[.)])|[&<>`*_[\]\\|~$]|:(?=\/\/)|:(?=[a-z+-][\w+-]*:)|(?<=www)\.|@(?=[\w-])|#(?=\d)|^#|\bGH-(?=\d)/giu,
      escapeMarkup
    )
    .replace(/^(\d{1,9})([.)])/u, (_, digits: string, mark: string) => digits + entity(mark))
}

function escapeMarkup(found: string, offset: number, whole: string): string {
  const next = whole.charAt(offset + found.length)
  if (found === '@' || /^GH-$/i.test(found)) return found + ZERO_WIDTH_SPACE
  if (found === '#')
    return (offset === 0 ? entity('#') : '#') + (/\d/.test(next) ? ZERO_WIDTH_SPACE : '')
  if (found === ':') return entity(':') + (next === '/' ? '' : ZERO_WIDTH_SPACE)
  return /^\d/.test(found) ? found : entity(found)
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`
}

/**
 * A code span that shows this one line; `''` when nothing is left of it. HTML and not backticks, as that is also right in
 * table cells and HTML blocks. GitHub looks for no mentions or issue numbers inside code.
 */
export function code(text: string, max = 200): string {
  const shown = oneLine(text, max)
  return shown === '' ? '' : `<code>${escapeCode(shown)}</code>`
}

function escapeCode(text: string): string {
  return text.replace(
    /[&<>`*_[\]\\|~$]|:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-]+\.)/giu,
    found => (found === '@' ? found + ZERO_WIDTH_SPACE : entity(found))
  )
}

/** Several lines as code that fits into a table cell, indentation kept; one line becomes a code span. */
export function preformatted(text: string, maxLines: number, max = 90): string {
  const lines = plainLines(text.slice(0, SCANNED * maxLines * max)).filter(
    line => line.trim() !== ''
  )
  const [first = ''] = lines
  if (lines.length <= 1) return code(first, 2 * max)
  const shown = lines.slice(0, maxLines).map(line => escapeCode(cut(line.trimEnd(), max)))
  return `<pre>${[...shown, ...(lines.length > maxLines ? ['\u2026'] : [])].join('<br>')}</pre>`
}

/** A fenced block that nothing inside can close: its fence is longer than any run of backticks in the lines. */
export function fence(lines: readonly string[], max = 2000): string {
  const shown = lines.flatMap(plainLines).map(line => cut(line, max))
  const longest = shown.reduce((most, line) => Math.max(most, longestBackticks(line)), 2)
  const marks = '`'.repeat(longest + 1)
  return [`${marks}text`, ...shown, marks].join('\n')
}

function longestBackticks(line: string): number {
  return Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length))
}

/** A link when the address is http or https and of sensible length, else just its text. `text` is finished Markdown. */
export function link(text: string, url: string | undefined): string {
  const address = url === undefined ? undefined : linkTarget(url)
  return address === undefined ? text : `[${text}](${address})`
}

/** The address as a link target that cannot end early; `undefined` unless it is http or https without credentials. */
export function linkTarget(url: string): string | undefined {
  const parsed = parseAddress(url)
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return undefined
  if (parsed.username !== '' || parsed.password !== '' || parsed.href.length > 2048)
    return undefined
  return parsed.href
    .replace(/[^\w\-.~:/?#@!$&*+,;=%]/g, character =>
      encodeURIComponent(character).replace(/[()']/g, hex)
    )
    .replaceAll('&', '&amp;')
    .replace(/[*_~$@]/g, entity)
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/**
 * A label for a mermaid chart. Mermaid gives meaning to `:`, `;`, `#`, `%%`, braces and quotes (and reads keywords at a line's
 * start: put something before the label), so only letters, digits and a few harmless marks stay.
 */
export function chartLabel(text: string, max = 40): string {
  return cut(
    oneLine(text, 2 * max)
      .replaceAll(':', '\u2236')
      .replace(/[^\p{L}\p{M}\p{N} ._/@+()=\u2236-]/gu, '\u00b7'),
    max
  )
}
