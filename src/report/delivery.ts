import {randomUUID} from 'node:crypto'
import {accessSync, constants, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import * as core from '@actions/core'

import {ActionError, errorMessage} from '../base/errors.ts'
import type {Environment} from '../runner/context.ts'
import {StateKeeper, type SavedState} from '../runner/state.ts'
import {pipelineOutputs, reportDocument, resultOutputs, type Outputs} from './outputs.ts'
import type {ActionsLog} from './log.ts'
import {ProgressLog, renderEnds, renderVerdict, type Followed} from './progress-log.ts'
import type {Result} from '../record/result.ts'

/** Where a step's results go besides its log and GitHub's API: to GitHub's runner, or to a command's files. */
export interface Delivery {
  /** Keeps what the post step would have to do, were the step to end now. */
  save(state: SavedState): void
  /** Sets the outputs that are known as soon as there is a pipeline. */
  known(result: Result): void
  /** Sets all outputs, and writes the report. */
  result(result: Result): void
  summary(result: Result): Promise<void>
  /** Shows how the step's pipelines go on; they may become more. */
  progress(pipelines: readonly Followed[]): ProgressView
}

/** Shows what is new, and counts what is done. */
export type ProgressView = Pick<ProgressLog, 'show' | 'counts'>

/** To GitHub's runner; `temp` is its folder for temporary files. */
export function toRunner(log: ActionsLog, temp = tmpdir()): Delivery {
  const keeper = new StateKeeper(temp)
  return {
    save: state => {
      keeper.save(state)
    },
    known: result => {
      writeOutputs(pipelineOutputs(result))
    },
    result: result => {
      writeResult(result, log)
    },
    summary: result => writeSummary(result, log),
    progress: pipelines => new ProgressLog(log, pipelines)
  }
}

/** Outputs, summary and error of a step that ended before it could ask CircleCI anything: its inputs may be what is wrong. */
export async function sayProblem(result: Result, log: ActionsLog): Promise<void> {
  try {
    writeResult(result, log)
  } catch (cause) {
    // The file for outputs may be just what is wrong.
    log.debug(errorMessage(cause))
  }
  if (!/^false$/i.test(core.getInput('summary'))) await writeSummary(result, log)
  log.error(result.verdict?.message ?? '')
}

/** Sets every output and writes the report file; what had to be cut off is said in warnings. */
function writeResult(result: Result, log: ActionsLog): void {
  const path = result.verdict === undefined ? undefined : writeReport(result, log)
  const {outputs, cuts} = resultOutputs(result, path)
  writeOutputs(outputs)
  for (const sentence of cuts) log.warning(sentence)
}

/** Sets outputs; each may be set again later, and the last value counts (the runner reads the file when the step ends). */
export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value)
}

/** Writes the report file into the runner's folder for temporary files; the step goes on without when it cannot. */
function writeReport(result: Result, log: ActionsLog): string | undefined {
  const folder = process.env['RUNNER_TEMP'] ?? tmpdir()
  const path = join(folder, `circleci-pipeline-report-${randomUUID()}.json`)
  try {
    writeFileSync(path, `${JSON.stringify(reportDocument(result), null, 2)}\n`, {flag: 'wx'})
    return path
  } catch (error) {
    log.warning(`The report file could not be written to ${folder}: ${errorMessage(error)}.`)
    return undefined
  }
}

/** Writes the job summary; a summary that cannot be written is a warning. */
async function writeSummary(result: Result, log: ActionsLog): Promise<void> {
  // Not set outside a runner, and on old GitHub Enterprise Servers.
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return
  try {
    const {renderSummary} = await import(/* webpackChunkName: "later" */ './summary.ts')
    await core.summary.addRaw(renderSummary(result)).write()
  } catch (error) {
    log.warning(`The job summary could not be written: ${errorMessage(error)}.`)
  }
}

/** The last words of the log: the verdict, the pipeline's address again (of several, how each ended), and the error when the step fails. */
export async function sayVerdict(result: Result, log: ActionsLog): Promise<void> {
  const {verdict, pipeline} = result
  if (verdict === undefined) return
  const ends = renderEnds(result)
  for (const line of ends) log.info(line)
  log.info(renderVerdict(result, verdict))
  if (ends.length === 0 && pipeline !== undefined) log.info(pipeline.url)
  if (verdict.passes) return
  const {renderFailure} = await import(/* webpackChunkName: "later" */ './failures.ts')
  log.error(renderFailure(result, verdict))
}

/**
 * Finds out whether the files that GitHub names for a step's words to it are there and can be written, before the step
 * does anything that it could not report. A variable that is not set is fine: @actions/core then prints commands, as
 * old runners want it. Throws an `ActionError` that names the variable and the file.
 */
export function checkCommandFiles(env: Environment, {summary}: {readonly summary: boolean}): void {
  for (const name of [
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    ...(summary ? ['GITHUB_STEP_SUMMARY'] : [])
  ]) {
    const path = env[name] ?? ''
    const why = path === '' ? undefined : problemOf(path)
    if (why === undefined) continue
    throw new ActionError(
      'input',
      `${name} names ${path}, which this step cannot write to (${why}): nothing was triggered. GitHub's runner creates that file for every step; when the step runs in a container, it must be mounted there${name === 'GITHUB_STEP_SUMMARY' ? ', or set "summary" to "false"' : ''}.`
    )
  }
}

function problemOf(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK)
    return statSync(path).isDirectory() ? 'it is a folder' : undefined
  } catch (error) {
    return errorMessage(error)
  }
}
