/** The text as a sentence: with a capital letter and an end mark, so that it can stand between other sentences. */
export function asSentence(text: string): string {
  const started = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(started) ? started : `${started}.`
}

/** `1 file`, `12,345 files`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
}
