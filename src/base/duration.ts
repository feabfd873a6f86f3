const UNITS = {h: 3600, m: 60, s: 1} as const

/**
 * Parses a duration: whole seconds (`90`), or hours, minutes and seconds in that order (`1h30m`,
 * `30m`, `90s`). Returns seconds, or `undefined` when the text is anything else.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed)
  const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(trimmed)
  if (match === null || trimmed === '') return undefined
  const [, hours, minutes, seconds] = match
  return (
    Number(hours ?? 0) * UNITS.h + Number(minutes ?? 0) * UNITS.m + Number(seconds ?? 0) * UNITS.s
  )
}

/** Renders milliseconds for people: `0.4s`, `12s`, `3m 05s`, `1h 02m`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 0.95) return `${seconds.toFixed(1)}s`
  const whole = Math.round(seconds)
  if (whole < UNITS.m) return `${whole}s`
  const minutes = Math.floor(whole / UNITS.m)
  if (minutes < 60) return `${minutes}m ${String(whole % UNITS.m).padStart(2, '0')}s`
  return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`
}
