import {formatDuration} from '../base/text.ts'
import type {Clock} from '../base/clock.ts'
import type {Log} from '../base/log.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import {plainLines} from '../report/escape.ts'
import type {ProgressUpdate} from '../report/progress.ts'
import {ProgressLog, renderChange} from '../report/progress-log.ts'

const TICK_MS = 1_000
const SILENT: Log = {
  debug: () => undefined,
  info: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  group: () => undefined
}

/**
 * A block at the end of a terminal that shows how the pipelines are doing, redrawn in place after every poll and every
 * second. Whatever else is printed meanwhile goes above it. Lines are not wrapped while it is drawn: it would lose count.
 */
export class LiveView {
  private readonly write: (text: string) => void
  private readonly clock: Pick<Clock, 'now' | 'alarm'>
  private readonly rows: () => number
  private readonly shown = new Map<string, {readonly update: ProgressUpdate; readonly at: number}>()
  private height = 0
  private stopTick: (() => void) | undefined

  /** `rows`: how many lines the terminal has. */
  constructor(
    write: (text: string) => void,
    clock: Pick<Clock, 'now' | 'alarm'>,
    rows: () => number
  ) {
    this.write = write
    this.clock = clock
    this.rows = rows
  }

  /** The part of the block for one pipeline; `name` where there are several. */
  progress(name = ''): {show(update: ProgressUpdate): boolean} {
    const news = new ProgressLog(SILENT)
    return {
      show: update => {
        this.shown.set(name, {update, at: this.clock.now()})
        this.redraw()
        return news.show(update)
      }
    }
  }

  /** Prints above the block. */
  print(text: string): void {
    this.write(this.erased() + text)
    this.draw()
  }

  /** Leaves the block as it is: what comes now goes below it. */
  end(): void {
    this.stopTick?.()
    this.stopTick = undefined
    this.shown.clear()
    this.height = 0
  }

  private redraw(): void {
    this.write(this.erased())
    this.draw()
    this.stopTick?.()
    this.stopTick = this.clock.alarm(TICK_MS, () => {
      this.redraw()
    })
  }

  private erased(): string {
    const {height} = this
    this.height = 0
    return height === 0 ? '' : `\x1b[${height}A\x1b[0J`
  }

  private draw(): void {
    const lines = [...this.shown].flatMap(([name, {update, at}]) =>
      renderBlock(name, later(update, this.clock.now() - at))
    )
    // What has scrolled off cannot be erased.
    const fitting = lines.slice(-Math.max(1, this.rows() - 1))
    if (fitting.length === 0) return
    this.height = fitting.length
    this.write(`\x1b[?7l${fitting.map(line => `${line}\n`).join('')}\x1b[?7h`)
  }
}

/** The lines for one pipeline: its workflows, what is to be known beside them, and how long it has been. */
function renderBlock(
  name: string,
  {workflows, remarks, state, elapsedMs, eta}: ProgressUpdate
): string[] {
  const waiting =
    state === undefined ? 'waiting for workflows' : `the pipeline's state is "${state}"`
  const lines = [
    ...(workflows.length === 0 ? [`◌ ${waiting}`] : workflows.map(renderChange)),
    ...remarks,
    `… ${formatDuration(elapsedMs)}${eta === undefined ? '' : ` · ${eta}`}`
  ]
  return lines.map(line => plainLines(name === '' ? line : `[${name}] ${line}`).join(' '))
}

function later(update: ProgressUpdate, ms: number): ProgressUpdate {
  return {
    ...update,
    elapsedMs: update.elapsedMs + ms,
    workflows: update.workflows.map(workflow =>
      isUnfinished(workflow.status)
        ? {
            ...workflow,
            elapsedMs: workflow.elapsedMs + ms,
            remainingMs: workflow.remainingMs === undefined ? undefined : workflow.remainingMs - ms
          }
        : workflow
    )
  }
}
