/** Headers of an answer, by lower-case name. */
type Headers = Readonly<Record<string, string>>

/** The length a whole answer (200) announces; `undefined` when it comes in chunks. */
export function contentLength(headers: Headers): number | undefined {
  const length = headers['content-length']
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined
}

/**
 * Whether a part (206) begins at `from` and is a part of `total` bytes (when that is known and told):
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
export function isRangeFrom(headers: Headers, from: number, total: number | undefined): boolean {
  const [, start, told] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
  const same = told === '*' || total === undefined || Number(told) === total
  return start !== undefined && Number(start) === from && same
}

/**
 * Whether an answer to `If-Range` can be of the file that `validator` stands for: a host that sends a part of another
 * file, with that one's tag or date, has not looked at the header.
 */
export function isSameFile(headers: Headers, validator: string | undefined): boolean {
  const told = validator?.startsWith('"') === true ? headers['etag'] : headers['last-modified']
  return validator === undefined || told === undefined || told === validator
}

/**
 * What proves, sent as `If-Range`, that a part belongs to what is here already: a strong `ETag`, or the date when there
 * is no tag at all; a weak tag must not be used (RFC 9110, section 13.1.5).
 */
export function validatorOf(headers: Headers): string | undefined {
  const etag = headers['etag']
  if (etag?.startsWith('"') === true) return etag
  return etag === undefined ? headers['last-modified'] : undefined
}

/** Whether parts of the file can be asked for at the same time and be trusted to fit together. */
export function isDivisible(headers: Headers): boolean {
  return headers['accept-ranges'] === 'bytes' && headers['etag']?.startsWith('"') === true
}
