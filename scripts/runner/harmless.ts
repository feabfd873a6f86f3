/** Returns text without anything a terminal would obey, such as cursor moves, titles and links; tabs and line feeds stay. */
export function harmless(text: string): string {
  return text.replace(SEQUENCE, '').replace(CONTROL, '')
}

/** The same, but colours stay, as on GitHub's page, and end with the text. */
export function harmlessInColour(text: string): string {
  const parts = text.split(COLOUR)
  const kept = parts.map((part, index) => (index % 2 === 1 ? part : harmless(part))).join('')
  return parts.length > 1 ? `${kept}\u001B[0m` : kept
}

// The brackets make `split` keep the colours, at odd places.
const COLOUR = /(\u001B\[[\d;]*m)/
// ECMA-48's control sequences and control strings. Node's stripVTControlCharacters also eats text after some of them.
const SEQUENCE =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[\]PX^_][^\u0007\u001B\n]*(?:\u0007|\u001B\\)?/g
// Every control character but tab and line feed.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g
