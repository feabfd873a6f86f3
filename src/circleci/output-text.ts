/** A string of JSON after its opening quote, as far as it goes. */
const STRING = String.raw`[^"\\]*(?:\\.[^"\\]*)*`
const MESSAGE = new RegExp(String.raw`"message"\s*:\s*"(${STRING})`, 'gs')
/** An escaped line end, or return of a progress bar, that surely is one: in a piece cut anywhere, the `\n` of a `\\n` is not. */
const LINE_END = /[^\\]\\[nr]/
const ESCAPES: Readonly<Record<string, string>> = {b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'}

/**
 * The text of a step's output: CircleCI keeps it as JSON (`[{"type","time","message"}]`), of which the messages are
 * joined. Anything else is returned as it is, like the raw logs some servers keep.
 */
export function decodeOutput(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text)
    if (Array.isArray(parsed)) return wellFormed(parsed.map(messageOf).join(''))
    return typeof parsed === 'string' ? wellFormed(parsed) : text
  } catch {
    return text
  }
}

/**
 * The text of an output whose beginning is missing, cut anywhere: in a message, an escape, between two messages. Begins
 * with the first whole line; when no line is whole, with what is left of one. The end may be missing as well.
 */
export function decodeOutputEnd(text: string): string {
  const messages = messagesFrom(text)
  if (messages.trim() !== '') return messages
  return isEndOfJson(text) ? onlyLine(text) : fromFirstLine(text)
}

function messagesFrom(text: string): string {
  const lineEnd = LINE_END.exec(text)
  const message = text.search(MESSAGE)
  const pieces: string[] = []
  let rest = text
  // Only messages hold line ends: one before the first message is in the message that was cut.
  if (lineEnd !== null && (message === -1 || lineEnd.index < message)) {
    rest = text.slice(lineEnd.index + lineEnd[0].length)
    pieces.push(new RegExp(`^${STRING}`, 's').exec(rest)?.[0] ?? '')
  }
  for (const [, piece = ''] of rest.matchAll(MESSAGE)) pieces.push(piece)
  return wellFormed(pieces.map(unescape).join(''))
}

function messageOf(item: unknown): string {
  if (typeof item !== 'object' || item === null || !('message' in item)) return ''
  return typeof item.message === 'string' ? item.message : ''
}

/** What is left of one very long line. */
function onlyLine(text: string): string {
  const piece = new RegExp(`^(${STRING})"\\s*[,}]`, 's').exec(text)?.[1] ?? ''
  return wellFormed(unescape(piece))
}

function isEndOfJson(text: string): boolean {
  return /\}\s*\]\s*$/.test(text)
}

function fromFirstLine(text: string): string {
  return wellFormed(text.slice(text.indexOf('\n') + 1))
}

/** Resolves JSON's escapes; one that is broken off at the end is dropped, one that JSON does not know is its letter. */
function unescape(piece: string): string {
  return piece.replaceAll(
    /\\(?:u([0-9a-f]{4})|u[0-9a-f]{0,3}$|(.)|$)/gis,
    (_, hex: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
      return letter === undefined ? '' : (ESCAPES[letter] ?? letter)
    }
  )
}

/** Half a surrogate pair is no text: it would be mangled differently by everyone who writes it. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd')
}
