/** Unicode's mandatory breaks (UAX #14, classes BK, CR, LF and NL): at each of them somebody who reads the text goes on to the next line. */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g

/** The lines of a text, split at every kind of line break. */
export function linesOf(text: string): string[] {
  return text.split(LINE_BREAK)
}

/** The text with a space for every line break. */
export function onOneLine(text: string): string {
  return text.replace(LINE_BREAK, ' ')
}
