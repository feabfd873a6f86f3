import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'

interface Stretch {
  readonly held: boolean
  readonly since: number
  readonly partial: boolean
}

/**
 * The time of a look in epoch milliseconds: on our clock, on CircleCI's (`undefined`: not told), and of the look before
 * on ours (`-Infinity`: none).
 */
export interface LookTime {
  readonly now: number
  readonly serverNow: number | undefined
  readonly before: number
}

/**
 * Remembers since when each workflow has been in its current stretch: since it was created, came on hold, or went on
 * after a hold. What history says about whole runs holds only for the first of these, and not for a rerun, which
 * repeats a part.
 */
export class Stretches {
  private readonly stretches = new Map<string, Stretch>()

  /** Takes note of what a look saw. How old a new workflow is CircleCI tells, between the look before and this one. */
  update(attempts: readonly Attempt[], {now, serverNow, before}: LookTime): void {
    for (const attempt of attempts) {
      const held = phaseOf(attempt.status) === 'on-hold'
      const known = this.stretches.get(attempt.id)
      if (known?.held === held) continue
      const ageMs = (serverNow ?? NaN) - Date.parse(attempt.createdAt)
      const first = known === undefined && !held && !Number.isNaN(ageMs)
      this.stretches.set(attempt.id, {
        held,
        since: first ? Math.min(now, Math.max(before, now - ageMs)) : now,
        partial: known !== undefined || (attempt.attempt > 1 && attempt.autoRerunNumber === 0)
      })
    }
  }

  /** Milliseconds of the current stretch, and whether it is only a part of a run. `now` is on our clock. */
  of(attempt: Attempt, now: number): {readonly elapsedMs: number; readonly partial: boolean} {
    const stretch = this.stretches.get(attempt.id)
    if (stretch === undefined) return {elapsedMs: 0, partial: false}
    return {elapsedMs: Math.max(0, now - stretch.since), partial: stretch.partial}
  }
}
