/** The text as a sentence: with a capital letter and an end mark, so that it can stand between other sentences. */
export function asSentence(text: string): string {
  return withStop(text.charAt(0).toUpperCase() + text.slice(1))
}

/** The text with an end mark, to end a sentence with. */
export function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** `1 file`, `12,345 files`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
}

/** A name or path as a sentence shows it: its beginning, when it is long. */
export function shortened(text: string, max = 100): string {
  return text.length > max ? `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…` : text
}
