import type {Clock} from '../base/clock.ts'
import {countOf, formatDuration} from '../base/text.ts'
import type {Log} from '../base/log.ts'

/** Time between two lines of progress, in milliseconds. */
const INTERVAL_MS = 15_000

/** Counts what arrives, and says so in the log every 15 seconds for as long as it goes on. */
export interface DownloadProgress {
  readonly addBytes: (count: number) => void
  /** A file is whole. */
  readonly addFile: (length: number) => void
  /** Bytes of whole files. */
  readonly bytes: number
  readonly files: number
  /** Ends the lines; resolves nothing and may be called twice. */
  stop(): void
  /** `1,000 files, 12.5 MiB in 3s (4.2 MiB/s)`; of less than a second without time and rate. */
  summary(): string
}

/** Starts counting towards `total` files. */
export function startProgress(total: number, clock: Clock, log: Log): DownloadProgress {
  const started = clock.now()
  let files = 0
  let bytes = 0
  let received = 0
  let receivedThen = 0
  let cancel: () => void
  const rate = (count: number, ms: number): string =>
    `${formatBytes(Math.round((count * 1000) / Math.max(1, ms)))}/s`
  const tick = (): void => {
    const now = rate(received - receivedThen, INTERVAL_MS)
    log.info(`Downloading artifacts: ${files} of ${total} files, ${formatBytes(received)}, ${now}`)
    receivedThen = received
    cancel = clock.alarm(INTERVAL_MS, tick)
  }
  cancel = clock.alarm(INTERVAL_MS, tick)
  return {
    addBytes: count => {
      received += count
    },
    addFile: length => {
      files += 1
      bytes += length
    },
    get bytes() {
      return bytes
    },
    get files() {
      return files
    },
    stop: () => {
      cancel()
    },
    summary: () => {
      const ms = clock.now() - started
      const what = `${countOf(files, 'file')}, ${formatBytes(bytes)}`
      // A rate of less than a second is one of nothing but latency.
      return ms < 1000 ? what : `${what} in ${formatDuration(ms)} (${rate(bytes, ms)})`
    }
  }
}

/** Renders bytes for people: `512 B`, `1.5 KiB`, `12.0 MiB`. */
export function formatBytes(bytes: number): string {
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
