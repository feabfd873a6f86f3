/** `1 file`, `12,345 files`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
}

/** `"a", "b"`. */
export function quoted(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ')
}

/** `a`, `a and b`, `a, b and c`; with another word for `and`. By hand: making an `Intl.ListFormat` takes longer than all else at a step's start. */
export function listOf(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${last}` : last
}

/** Shortens text to at most `max` UTF-16 units, the last one an ellipsis; never splits a surrogate pair. */
export function cut(text: string, max = 100): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}\u2026`
}

/** The text as a sentence: with a capital letter and an end mark, so that it can stand between other sentences. */
export function asSentence(text: string): string {
  return withStop(text.charAt(0).toUpperCase() + text.slice(1))
}

/** The text with an end mark, to end a sentence with. */
export function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Unicode's mandatory line breaks (UAX #14, classes BK, CR, LF and NL). */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g

/** The lines of a text, split at every kind of line break. */
export function linesOf(text: string): string[] {
  return text.split(LINE_BREAK)
}

/** The text with a space for every line break. */
export function onOneLine(text: string): string {
  return text.replace(LINE_BREAK, ' ')
}

/**
 * ECMA-48 control sequences: CSI (colours, cursor), OSC (titles, links) and the other string forms, two-character
 * escapes with their intermediates, and C1's one-character CSI. Every alternative is linear: Node's own
 * `stripVTControlCharacters` is quadratic (`ESC` followed by `;?` repeated takes minutes) and takes ordinary text along.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g

/** Text without the codes that colour it, move the cursor, or name windows and links on a terminal. */
export function withoutTerminalCodes(text: string): string {
  return text.replace(SEQUENCES, '')
}

const UNITS = {h: 3600, m: 60, s: 1} as const

/** The seconds of a duration: `90`, or hours, minutes and seconds as in `1h30m` or `90s`. `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed)
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(trimmed)
  if (match === null || trimmed === '') return undefined
  const [, hours, minutes, seconds] = match
  return (
    Number(hours ?? 0) * UNITS.h + Number(minutes ?? 0) * UNITS.m + Number(seconds ?? 0) * UNITS.s
  )
}

/** Renders milliseconds for people: `0.4s`, `12s`, `3m 05s`, `1h 02m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 0.95) return `${seconds.toFixed(1)}s`
  const whole = Math.round(seconds)
  if (whole < UNITS.m) return `${whole}s`
  const minutes = Math.floor(whole / UNITS.m)
  if (minutes < 60) return `${minutes}m ${String(whole % UNITS.m).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`
}

/**
 * The address, relative to `base` when one is given, or `undefined` when it is none. Does not ask `URL.canParse`: on
 * Node 20 and 22, that says no to any address outside ASCII once it has been called some 2,700 times
 * (https://github.com/AikidoSec/firewall-node/pull/1086).
 */
export function parseAddress(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** How many letters have to be added, left out, changed or swapped with their neighbour to make one word of another. */
export function editDistance(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: other.length + 1}, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity
      )
    }
    beforeLast = last
    last = current
  }
  return last[other.length] ?? 0
}

/** The word that was most likely meant; `undefined` when none is like it. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map(one => ({one, distance: one.startsWith(word) ? 1 : editDistance(word, one)}))
    .toSorted((a, b) => a.distance - b.distance)
  const [best] = ranked
  const isLike = best !== undefined && best.distance <= Math.max(2, word.length / 3)
  return isLike ? best.one : undefined
}
