import {renderChange, renderHeartbeat, type WorkflowProgress} from './progress.ts'
import type {Log} from '../base/log.ts'

/** The log says what is still running after this long without news, in milliseconds … */
const HEARTBEAT_MS = 2 * 60_000
/** … and the longer the wait, the more seldom: after a fifth of it, but every ten minutes. */
const HEARTBEAT_SHARE = 1 / 5
const LONGEST_HEARTBEAT_MS = 10 * 60_000

/** A workflow that a poll saw. */
export interface SightedWorkflow extends WorkflowProgress {
  readonly id: string
}

/** One poll, as the log tells it. */
export interface Sighting {
  /** Latest attempts, those that decide and those that do not. */
  readonly workflows: readonly SightedWorkflow[]
  /** What is waited for before there are workflows, such as the pipeline's state. */
  readonly state: string | undefined
  /** Workflows still waited for. */
  readonly open: readonly WorkflowProgress[]
  /** Lines that are said once, however often they are passed. */
  readonly remarks: readonly string[]
  /** When it is likely to end, in words; `undefined` without history. */
  readonly eta: string | undefined
  /** Milliseconds since the wait began. */
  readonly elapsedMs: number
}

/** Turns polls into log lines: what changed, and a sign of life when nothing does. */
export class Narrator {
  private readonly log: Log
  private readonly seen = new Map<string, string>()
  private readonly remarked = new Set<string>()
  private state: string | undefined
  private lastSaid = 0

  constructor(log: Log) {
    this.log = log
  }

  /** Says what is new. Returns whether there was anything. */
  tell(sighting: Sighting): boolean {
    const lines = [
      ...this.stateLine(sighting),
      ...this.changes(sighting),
      ...this.remarks(sighting)
    ]
    const share = Math.max(HEARTBEAT_MS, sighting.elapsedMs * HEARTBEAT_SHARE)
    const quiet = sighting.elapsedMs - this.lastSaid >= Math.min(share, LONGEST_HEARTBEAT_MS)
    if (lines.length === 0 && quiet) {
      const {elapsedMs, open: workflows, eta} = sighting
      const line = renderHeartbeat({elapsedMs, workflows})
      this.log.info(eta === undefined ? line : `${line} · ${eta}`)
      this.lastSaid = elapsedMs
    }
    for (const line of lines) this.log.info(line)
    if (lines.length > 0) this.lastSaid = sighting.elapsedMs
    return lines.length > 0
  }

  private stateLine({state, workflows}: Sighting): string[] {
    if (state === undefined || state === this.state || workflows.length > 0) return []
    this.state = state
    return state === 'created' ? [] : [`◌ The pipeline is ${state}`]
  }

  private changes({workflows}: Sighting): string[] {
    const lines: string[] = []
    for (const workflow of workflows) {
      const {id, status} = workflow
      if (this.seen.get(id) === status) continue
      this.seen.set(id, status)
      lines.push(renderChange(workflow))
    }
    return lines
  }

  private remarks({remarks}: Sighting): string[] {
    return remarks.filter(remark => {
      if (this.remarked.has(remark)) return false
      this.remarked.add(remark)
      return true
    })
  }
}
