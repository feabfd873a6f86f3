/**
 * Parses an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110, section 5.6.7). Returns epoch milliseconds, or
 * `undefined` for anything without weekday and zone: `Date.parse` makes a year of a `0`, and takes a missing zone for ours.
 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*(mon|tue|wed|thu|fri|sat|sun).*gmt\s*$/i.test(text)) {
    return undefined
  }
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}
