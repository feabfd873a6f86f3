/** Returns a moment as CircleCI writes it, or null for one that has not come. */
export function timestamp(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString()
}

/** Returns a moment that has certainly come as CircleCI writes it. */
export function pastTimestamp(ms: number): string {
  return new Date(ms).toISOString()
}
