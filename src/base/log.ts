/**
 * What the code may say to the user. The domain never prints: it is handed a `Log`, so that only
 * `report/` knows GitHub's workflow commands and how remote text is made harmless.
 */
export interface Log {
  /** Shown only when step debug logging is on. */
  debug(message: string): void
  info(message: string): void
  notice(message: string): void
  warning(message: string): void
  error(message: string): void
  /** A folded block of lines under a title. The lines may be remote text. */
  group(title: string, lines: readonly string[]): void
}
