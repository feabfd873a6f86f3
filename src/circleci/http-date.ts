/**
 * Parses an HTTP date (RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, and its obsolete forms). Returns epoch
 * milliseconds, or `undefined` for anything that does not begin with a weekday: `Date.parse` makes a year of a `0`.
 */
export function parseHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : date
}
