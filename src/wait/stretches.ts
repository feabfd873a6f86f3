import {phaseOf, type Attempt} from './rollup.ts'

interface Stretch {
  readonly held: boolean
  readonly since: number
  readonly partial: boolean
}

/**
 * Remembers since when each workflow has been in its current stretch: since it was created, came on hold, or went on
 * after a hold. What history says about whole runs holds only for the first of these, and not for a rerun, which
 * repeats a part.
 */
export class Stretches {
  private readonly stretches = new Map<string, Stretch>()

  /** Takes note of what a poll saw at a time (epoch milliseconds, CircleCI's clock). */
  update(attempts: readonly Attempt[], now: number): void {
    for (const attempt of attempts) {
      const held = phaseOf(attempt.status) === 'on-hold'
      const known = this.stretches.get(attempt.id)
      if (known?.held === held) continue
      const created = Date.parse(attempt.createdAt)
      const first = known === undefined && !held && !Number.isNaN(created)
      this.stretches.set(attempt.id, {
        held,
        since: first ? Math.min(created, now) : now,
        partial: known !== undefined || (attempt.attempt > 1 && attempt.autoRerunNumber === 0)
      })
    }
  }

  /** Milliseconds of the current stretch, and whether it is only a part of a run. */
  of(attempt: Attempt, now: number): {readonly elapsedMs: number; readonly partial: boolean} {
    const stretch = this.stretches.get(attempt.id)
    if (stretch === undefined) return {elapsedMs: 0, partial: false}
    return {elapsedMs: Math.max(0, now - stretch.since), partial: stretch.partial}
  }
}
