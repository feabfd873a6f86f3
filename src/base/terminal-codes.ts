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
