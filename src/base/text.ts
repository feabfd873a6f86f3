/** `1 file`, `12,345 files`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
}

/** Shortens text to at most `max` UTF-16 units, the last one an ellipsis; never splits a surrogate pair. */
export function cut(text: string, max = 100): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The text as a sentence: with a capital letter and an end mark, so that it can stand between other sentences. */
export function asSentence(text: string): string {
  return withStop(text.charAt(0).toUpperCase() + text.slice(1))
}

/** The text with an end mark, to end a sentence with. */
export function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
