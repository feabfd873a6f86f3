import {spawn} from 'node:child_process'
import {mkdirSync} from 'node:fs'
import path from 'node:path'
import {watchCancellation, type Cancellation, type SignalPlan} from './cancellation.ts'
import type {Annotation, LogEvent} from './command-reader.ts'
import type {RunnerFolders} from './environment.ts'
import {createCommandFiles} from './file-commands.ts'
import {lineSplitter} from './lines.ts'
import {stepLog, type StepLog} from './step-log.ts'

/** What the caller may do while a step runs. */
export interface StepControl {
  /** Cancels, or kills, the step. */
  readonly signalPlan?: SignalPlan | undefined
  /** Called with what each line means, as soon as it is there, secrets masked. */
  readonly onLine?: ((event: LogEvent) => void) | undefined
  /**
   * Keeps a Ctrl-C in this process's terminal from reaching the step by itself, so that only the plan's signals do.
   */
  readonly detached?: boolean | undefined
  /** Kills the process and rejects when it takes longer; without it the step has all the time there is. */
  readonly timeoutMs?: number | undefined
  /** Runs it in another way than as a process of its own, and hands its lines to the log. */
  readonly runner?: Runner | undefined
}

/** Runs a step to its end, with the variables of its command files on top of its own. */
export type Runner = (
  step: Step,
  fileEnv: Readonly<Record<string, string>>,
  log: StepLog
) => Promise<StepEnd>

/** One process to run as a step. */
export interface Step extends StepControl {
  readonly command: readonly [program: string, ...rest: string[]]
  readonly stage: 'main' | 'post'
  readonly folders: RunnerFolders
  readonly env: Readonly<Record<string, string>>
  /** Masked from the first line on. */
  readonly secrets: readonly string[]
  /** What the runner itself warns about before the step starts. */
  readonly warnings: readonly string[]
}

/** How a step ended and everything it left behind. */
export interface StepResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The runner's verdict: a cancelled step is cancelled whatever its exit code. */
  readonly conclusion: 'success' | 'failure' | 'cancelled'
  readonly stdout: string
  readonly stderr: string
  /** What was printed, secrets not masked, without the `add-mask` commands: the place to look for a leak. */
  readonly printed: string
  /** What each line meant, secrets masked. */
  readonly events: readonly LogEvent[]
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Variables the step exported for later steps. */
  readonly env: Readonly<Record<string, string>>
  readonly summary: string
  /** The annotations GitHub keeps; more than ten of a level are dropped. */
  readonly annotations: readonly Annotation[]
  readonly annotationsDropped: number
  /** The secrets the step had masked. */
  readonly masks: readonly string[]
  /** Commands and files that the runner would refuse; any of them fails the step. */
  readonly problems: readonly string[]
  readonly durationMs: number
}

/** Runs one step to its end and reads what it left. Rejects when it cannot start or outlives its limit. */
export async function runStep(step: Step): Promise<StepResult> {
  const commandFolder = path.join(step.folders.temp, '_runner_file_commands')
  mkdirSync(commandFolder, {recursive: true})
  const files = createCommandFiles(commandFolder)
  const log = stepLog(step.secrets, step.onLine)
  for (const message of step.warnings) {
    log.add({type: 'annotation', annotation: {level: 'warning', message, properties: {}}})
  }
  const started = performance.now()
  const end = await (step.runner ?? runProcess)(step, files.env, log)
  const durationMs = performance.now() - started
  const written = files.read()
  const problems = [...log.problems, ...written.problems]
  const failed = end.exitCode !== 0 || problems.length > 0
  return {
    ...end,
    conclusion: end.cancelled ? 'cancelled' : failed ? 'failure' : 'success',
    printed: log.printed.join('\n'),
    events: log.events,
    // What a file says is applied after what a printed command said, and wins.
    outputs: {...log.outputs, ...written.outputs},
    state: {...log.state, ...written.state},
    env: written.env,
    summary: log.masks.apply(written.summary),
    annotations: log.annotations.kept,
    annotationsDropped: log.annotations.dropped,
    masks: log.secrets,
    problems,
    durationMs
  }
}

/** How a step ended, and what it wrote. */
export interface StepEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly cancelled: boolean
}

async function runProcess(
  step: Step,
  fileEnv: Readonly<Record<string, string>>,
  log: StepLog
): Promise<StepEnd> {
  const [program, ...rest] = step.command
  const child = spawn(program, rest, {
    cwd: step.folders.workspace,
    env: {...step.env, ...fileEnv},
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows a detached process would open a window of its own.
    detached: step.detached === true && process.platform !== 'win32'
  })
  const cancellation = watchCancellation(child, step.signalPlan)
  const out = capture(child.stdout, log, cancellation)
  const err = capture(child.stderr, log, cancellation)
  const safety = {passed: false}
  const timer =
    step.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          safety.passed = true
          child.kill('SIGKILL')
        }, step.timeoutMs)
  try {
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code, name) => {
          resolve([code, name])
        })
      }
    )
    const end = {exitCode, signal, stdout: out(), stderr: err(), cancelled: cancellation.cancelled}
    if (safety.passed)
      throw new Error(
        `The step was still running after ${step.timeoutMs} ms. ${end.stdout}${end.stderr}`
      )
    return end
  } finally {
    clearTimeout(timer)
    cancellation.stop()
  }
}

function capture(
  stream: NodeJS.ReadableStream,
  log: StepLog,
  cancellation: Cancellation
): () => string {
  const chunks: Buffer[] = []
  const splitter = lineSplitter(line => {
    log.read(line)
    cancellation.onLine(line)
  })
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    splitter.write(chunk)
  })
  stream.on('end', () => {
    splitter.end()
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
