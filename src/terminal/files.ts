import {writeFileSync} from 'node:fs'

import {ActionError, errorMessage} from '../base/errors.ts'
import type {Log} from '../base/log.ts'
import type {Result} from '../record/result.ts'
import {plainLines} from '../report/escape.ts'
import type {Delivery} from '../report/delivery.ts'
import {ProgressLog} from '../report/progress-log.ts'
import type {LiveView} from './live-view.ts'
import {
  pipelineOutputs,
  reportDocument,
  resultOutputs,
  type Outputs,
  type Report
} from '../report/outputs.ts'
import type {Command} from './flags.ts'

/** GitLab's limits for a dotenv report: https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
const ENV_BYTES = 5_000
const ENV_LINES = 20

/** Paths of the files a command writes. */
export type Files = Pick<Command, 'outputs' | 'summary' | 'report'>

/**
 * Empties the files that were asked for, before anything is triggered: what an earlier run left there is not taken for
 * this one's. Throws an `ActionError` about one it cannot write.
 */
export function prepareFiles(files: Files): void {
  for (const flag of ['outputs', 'summary', 'report'] as const) {
    const path = files[flag]
    try {
      if (path !== undefined) writeFileSync(path, path.endsWith('.json') ? '{}\n' : '')
    } catch (error) {
      throw new ActionError(
        'input',
        `--${flag} names ${path ?? ''}, which cannot be written (${errorMessage(error)}): nothing was triggered.`
      )
    }
  }
}

/** Where a command's results go: its files, and the lines or the live view that show how it goes on. */
export function toFiles(files: Files, log: Log, view: LiveView | undefined): Delivery {
  return {
    // What is left to do is done by the process itself.
    save: () => undefined,
    known: result => {
      writeOutputFile(files, pipelineOutputs(result), result, log)
    },
    result: result => {
      view?.end()
      const report = writeReport(files, result, log)
      writeOutputFile(files, resultOutputs(result, report, Infinity).outputs, result, log)
    },
    summary: async result => {
      if (files.summary === undefined) return
      const {renderSummary} = await import(/* webpackChunkName: "later" */ '../report/summary.ts')
      writeOr(log, 'summary', files.summary, renderSummary(result))
    },
    progress: name => view?.progress(name) ?? new ProgressLog(log, name)
  }
}

/** Writes the report; returns its path, `undefined` when none was asked for or it cannot be written, which is a warning. */
function writeReport({report}: Files, result: Result, log: Log): string | undefined {
  const text = `${JSON.stringify(reportDocument(result), null, 2)}\n`
  return writeOr(log, 'report', report, text) ? report : undefined
}

/** Writes the outputs as they are known by now; what a `.env` file cannot hold is said in a warning. */
export function writeOutputFile(
  {outputs: path}: Files,
  outputs: Outputs,
  result: Result,
  log: Log
): void {
  if (path === undefined) return
  if (path.endsWith('.json')) {
    writeOr(log, 'outputs', path, renderJson(outputs, reportDocument(result)))
    return
  }
  const {text, left} = renderEnv(outputs, reportDocument(result))
  writeOr(log, 'outputs', path, text)
  if (left.length > 0) {
    log.warning(
      `${path} leaves out ${left.join(', ')}: GitLab takes at most ${ENV_BYTES} bytes and ${ENV_LINES} variables. A file that ends in ".json" holds them.`
    )
  }
}

/** Writes a file that was asked for; one that cannot be written is a warning. */
function writeOr(log: Log, flag: string, path: string | undefined, text: string): boolean {
  if (path === undefined) return false
  try {
    writeFileSync(path, text)
    return true
  } catch (error) {
    log.warning(`--${flag}: ${path} could not be written: ${errorMessage(error)}.`)
    return false
  }
}

/** The outputs under their own names: JSON as JSON, lines as a list, and none of them cut. */
export function renderJson(outputs: Outputs, report: Report): string {
  const values: Readonly<Record<string, unknown>> = report
  const entries = Object.entries(outputs).map(([name, text]) => [name, values[name] ?? text])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

/**
 * `CIRCLECI_PIPELINE_ID=value` lines, one for each output: plain ones always, lists and objects while they fit into what
 * GitLab takes. `left` names those left out.
 */
export function renderEnv(
  outputs: Outputs,
  report: Report
): {readonly text: string; readonly left: readonly string[]} {
  const values: Readonly<Record<string, unknown>> = report
  const isPlain = (name: string): boolean =>
    typeof values[name] !== 'object' || values[name] === null
  const names = Object.keys(outputs) as (keyof Outputs)[]
  const lines: string[] = []
  const left: string[] = []
  for (const name of [...names.filter(isPlain), ...names.filter(name => !isPlain(name))]) {
    const value = plainLines(outputs[name] ?? '').join(' ')
    const line = `CIRCLECI_${name.toUpperCase().replaceAll('-', '_')}=${value}\n`
    const bytes = Buffer.byteLength([...lines, line].join(''))
    if (isPlain(name) || (bytes < ENV_BYTES && lines.length < ENV_LINES)) lines.push(line)
    else left.push(name)
  }
  return {text: lines.join(''), left}
}
