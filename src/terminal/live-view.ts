import {formatDuration} from '../base/text.ts'
import type {Clock} from '../base/clock.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import {plainLines} from '../report/escape.ts'
import type {ProgressUpdate} from '../report/progress.ts'
import type {ProgressView} from '../report/delivery.ts'
import {ProgressLog, renderChange, type Followed} from '../report/progress-log.ts'
import {labelOf, prefixOf} from '../report/views.ts'

const TICK_MS = 1_000

/**
 * A block at the end of a terminal that shows how the pipelines are doing, redrawn in place after every poll and every
 * second. Whatever else is printed meanwhile goes above it. Lines are not wrapped while it is drawn: it would lose count.
 */
export class LiveView {
  private readonly write: (text: string) => void
  private readonly clock: Pick<Clock, 'now' | 'alarm'>
  private readonly rows: () => number
  private readonly shown = new Map<Followed, Shown>()
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

  /** The block for these pipelines, which may become more. */
  progress(pipelines: readonly Followed[]): ProgressView {
    const news = new ProgressLog({info: () => undefined}, pipelines)
    return {
      show: (update, pipeline) => {
        this.shown.set(pipeline, {update, at: this.clock.now(), pipelines})
        this.redraw()
        return news.show(update, pipeline)
      },
      counts: () => news.counts()
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
    const lines = [...this.shown].flatMap(([one, {update, at, pipelines}]) =>
      renderBlock(labelOf(one, pipelines), later(update, this.clock.now() - at))
    )
    // What has scrolled off cannot be erased.
    const fitting = lines.slice(-Math.max(1, this.rows() - 1))
    if (fitting.length === 0) return
    this.height = fitting.length
    this.write(`\x1b[?7l${fitting.map(line => `${line}\n`).join('')}\x1b[?7h`)
  }
}

/** What is shown of a pipeline, since when, and among which. */
interface Shown {
  readonly update: ProgressUpdate
  readonly at: number
  readonly pipelines: readonly Followed[]
}

/** The lines for one pipeline: its workflows, what is to be known beside them, and how long it has been. */
function renderBlock(
  label: string | undefined,
  {workflows, remarks, state, elapsedMs, eta}: ProgressUpdate
): string[] {
  const waiting =
    state === undefined ? 'waiting for workflows' : `the pipeline's state is "${state}"`
  const lines = [
    ...(workflows.length === 0 ? [`\u25cc ${waiting}`] : workflows.map(renderChange)),
    ...remarks,
    `\u2026 ${formatDuration(elapsedMs)}${eta === undefined ? '' : ` \u00b7 ${eta}`}`
  ]
  return lines.map(line => plainLines(prefixOf(label) + line).join(' '))
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
