import {isAlias, isCollection, isMap, isScalar} from 'yaml'

/** Names a YAML node for a sentence: "a list", "the YAML alias *x", or a scalar as it was written, quoted. */
export function describe(node: unknown): string {
  if (isAlias(node)) return `the YAML alias *${excerpt(node.source)}`
  if (isMap(node)) return 'a nested mapping'
  if (isCollection(node)) return 'a list'
  if (isScalar(node) && node.value !== null) return quote(node.source ?? '')
  return 'null'
}

/** The beginning of a text in double quotes, on one line whatever it holds. */
export function quote(text: string): string {
  return JSON.stringify(excerpt(text))
}

/** The first 40 characters of a text, the last of them an ellipsis when there are more. */
export function excerpt(text: string): string {
  const characters = Array.from(text)
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : text
}

/** The number of Unicode characters in a text, which for emoji is less than JavaScript's own length. */
export function lengthOf(text: string): number {
  return Array.from(text).length
}

/** Where in the text a node begins; 0 for one that is not written there. */
export function offsetOf(node: unknown): number {
  const range = (node as {range?: readonly number[] | null} | null | undefined)?.range
  return range?.[0] ?? 0
}
