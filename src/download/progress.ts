import type {Clock} from '../base/clock.ts'
import type {Log} from '../base/log.ts'
import {countOf, formatDuration} from '../base/text.ts'

/** Time between two lines of progress, in milliseconds. */
const INTERVAL_MS = 15_000

/** Counts what arrives, and says so in the log every 15 seconds until `stop`. */
export class DownloadProgress {
  /** Files to come in all. */
  readonly total: number
  /** Whole files so far, and their bytes. */
  files = 0
  bytes = 0
  private readonly clock: Clock
  private readonly log: Log
  private readonly startedAt: number
  private received = 0
  private cancel: () => void

  constructor(total: number, {clock, log}: {readonly clock: Clock; readonly log: Log}) {
    this.total = total
    this.clock = clock
    this.log = log
    this.startedAt = clock.now()
    this.cancel = this.sayLater(0)
  }

  addBytes(count: number): void {
    this.received += count
  }

  addFile(length: number): void {
    this.files += 1
    this.bytes += length
  }

  /** Ends the lines; may be called twice. */
  stop(): void {
    this.cancel()
  }

  /**
   * `1,000 files, 12.5 MiB in 3s (4.2 MiB/s)`; of less than a second without time and rate, as that is one of nothing but
   * latency.
   */
  summary(): string {
    const ms = this.clock.now() - this.startedAt
    const what = `${countOf(this.files, 'file')}, ${formatBytes(this.bytes)}`
    return ms < 1000 ? what : `${what} in ${formatDuration(ms)} (${rateOf(this.bytes, ms)})`
  }

  private sayLater(receivedBefore: number): () => void {
    return this.clock.alarm(INTERVAL_MS, () => {
      const {files, total, received} = this
      const rate = rateOf(received - receivedBefore, INTERVAL_MS)
      this.log.info(
        `Downloading artifacts: ${files} of ${total} files, ${formatBytes(received)}, ${rate}`
      )
      this.cancel = this.sayLater(received)
    })
  }
}

function rateOf(bytes: number, ms: number): string {
  return `${formatBytes(Math.round((bytes * 1000) / Math.max(1, ms)))}/s`
}

/** `512 B`, `1.5 KiB`, `12.0 MiB`. */
function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes / 1024
  let unit = 0
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value.toFixed(1)} ${String(units[unit])}`
}
