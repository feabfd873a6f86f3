import {randomUUID} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import * as core from '@actions/core'

import type {CircleCI} from './circleci/client.ts'
import {systemClock} from './clock.ts'
import {selectArtifacts} from './collect/selection.ts'
import {errorMessage, type ActionError} from './errors.ts'
import {connectGitHub, type GitHub} from './github/client.ts'
import {pullRequestComment} from './github/comment.ts'
import {commitStatuses, statusState, type CommitStatuses} from './github/commit-status.ts'
import type {GitHubContext} from './github/context.ts'
import type {Inputs} from './inputs.ts'
import {pipelineOutputs, resultOutputs, writeOutputs} from './outputs.ts'
import {ANNOTATION_LIMIT, pickAnnotations} from './report/annotations.ts'
import {hasSomethingToSay, renderComment} from './report/comment.ts'
import {renderFailure} from './report/failure-message.ts'
import {failureGroups} from './report/failures.ts'
import type {ActionsLog} from './report/log.ts'
import {Narrator} from './report/narrator.ts'
import {renderVerdict} from './report/progress.ts'
import {renderReport} from './report/report-file.ts'
import {sightingOf} from './report/sighting.ts'
import {renderSummary} from './report/summary.ts'
import type {PipelineInfo, Result} from './result.ts'
import type {ClaimedPipeline, PipelineFacts, RunListener} from './run-context.ts'
import {USER_AGENT} from './setup.ts'
import {markCancelling, saveIntent, savePipeline} from './state.ts'
import type {Intent} from './trigger/intent.ts'
import type {Progress} from './wait/context.ts'

/** How long GitHub's side channels may take when the step is being cancelled, in milliseconds. */
const CANCELLED_BUDGET_MS = 1_000

/** What a reporter needs. */
export interface ReporterContext {
  readonly inputs: Inputs
  readonly context: GitHubContext
  readonly log: ActionsLog
  readonly signal: AbortSignal
  readonly circleci: CircleCI
}

/** Shows a run while it goes on and when it has ended: log, state, outputs, summary, annotations, commit status, comment. */
export class Reporter implements RunListener {
  private readonly context: ReporterContext
  private readonly narrator: Narrator
  private readonly statuses: CommitStatuses | undefined
  private readonly github: GitHub | undefined
  private waitingSince: number | undefined

  constructor(context: ReporterContext) {
    this.context = context
    this.narrator = new Narrator(context.log)
    const {inputs, log} = context
    const {headSha, pullRequest, repository, apiUrl} = context.context
    const wanted = inputs.commitStatuses.length > 0 || inputs.comment
    this.github =
      wanted && inputs.githubToken !== undefined && repository !== undefined
        ? connectGitHub({
            token: inputs.githubToken,
            apiUrl,
            repository,
            userAgent: USER_AGENT,
            clock: systemClock,
            cancelled: context.signal
          })
        : undefined
    if (inputs.wait && inputs.commitStatuses.length > 0) {
      this.statuses = commitStatuses({
        github: this.github,
        lines: inputs.commitStatuses,
        sha: headSha,
        pullRequest: pullRequest?.number,
        log
      })
    }
  }

  intent(intent: Intent | undefined): void {
    saveIntent(intent)
  }

  claim(pipeline: ClaimedPipeline | undefined): void {
    savePipeline(pipeline)
  }

  pipeline(info: PipelineInfo, {slug, owned, triggered}: PipelineFacts): void {
    if (owned) savePipeline({id: info.id, number: info.number, slug})
    saveIntent(undefined)
    writeOutputs(pipelineOutputs(info, triggered))
    void this.statuses?.pending(`Pipeline #${info.number} is running`, info.url)
  }

  progress(progress: Progress, info: PipelineInfo): void {
    const {circleci} = this.context
    this.waitingSince ??= systemClock.now()
    const elapsedMs = systemClock.now() - this.waitingSince
    const facts = {now: circleci.serverNow(), elapsedMs, pipelineUrl: info.url}
    const sighting = sightingOf(progress, facts)
    if (this.narrator.tell(sighting) && sighting.workflows.length > 0) {
      const words = sighting.workflows.map(({name, status}) => `${name}: ${status}`).join(', ')
      void this.statuses?.pending(words, info.url)
    }
  }

  cancelled(): void {
    markCancelling()
  }
  /** Everything there is to show at the end. Nothing in here changes the verdict. */
  async finish(result: Result): Promise<void> {
    const {log, signal, inputs} = this.context
    const {verdict} = result
    writeResult(result, log)
    if (verdict === undefined) return
    if (inputs.summary) await writeSummary(result, log)
    this.showFailures(result)
    const outside = this.tellGitHub(result)
    await (signal.aborted
      ? Promise.race([outside, systemClock.sleep(CANCELLED_BUDGET_MS)])
      : outside)
    sayVerdict(result, log)
  }

  private showFailures(result: Result): void {
    const {inputs, log} = this.context
    for (const {title, lines} of failureGroups(result)) log.group(title, lines)
    if (!inputs.annotations) return
    const {annotations, rest} = pickAnnotations(result, ANNOTATION_LIMIT)
    for (const annotation of annotations) log.annotate(annotation)
    if (rest !== undefined) log.info(rest)
  }

  private async tellGitHub(result: Result): Promise<void> {
    const {inputs, context, log} = this.context
    const {verdict, pipeline, artifacts} = result
    if (verdict === undefined) return
    const comment = inputs.comment
      ? pullRequestComment({
          github: this.github,
          pullRequest: context.pullRequest?.number,
          key: result.slug,
          log
        })
      : undefined
    await Promise.all([
      this.statuses?.finish(
        {
          state: statusState(verdict),
          description: verdict.message,
          pipelineUrl: pipeline?.url
        },
        glob => selectArtifacts(artifacts, [glob])[0]?.url
      ),
      comment?.update(renderComment(result, '').trimStart(), {create: hasSomethingToSay(result)})
    ])
  }
}

/** Outputs, summary and error of a step that ended before it could ask CircleCI anything. */
export async function failedBeforeRun(
  error: ActionError,
  {log, summary}: {readonly log: ActionsLog; readonly summary: boolean}
): Promise<Result> {
  const now = systemClock.now()
  const result: Result = {
    slug: '',
    host: '',
    ref: undefined,
    parameters: {},
    triggered: false,
    attached: false,
    pipeline: undefined,
    verdict: {
      conclusion: error.conclusion,
      reason: error.reason,
      passes: false,
      message: error.message
    },
    startedAt: now,
    finishedAt: now,
    workflows: [],
    jobs: [],
    failedTests: [],
    logTails: [],
    artifacts: [],
    artifactsPath: undefined,
    history: [],
    omissions: []
  }
  writeResult(result, log)
  if (summary) await writeSummary(result, log)
  log.error(error.message)
  return result
}

function writeResult(result: Result, log: ActionsLog): void {
  const path = result.verdict === undefined ? undefined : writeReport(result, log)
  const {outputs, cuts} = resultOutputs(result, path)
  writeOutputs(outputs)
  for (const sentence of cuts) log.warning(sentence)
}

/** Writes the report file into the runner's folder for temporary files; the step goes on without when it cannot. */
function writeReport(result: Result, log: ActionsLog): string | undefined {
  const folder = process.env['RUNNER_TEMP'] ?? tmpdir()
  const path = join(folder, `circleci-pipeline-report-${randomUUID()}.json`)
  try {
    writeFileSync(path, renderReport(result), {flag: 'wx'})
    return path
  } catch (error) {
    log.warning(`The report file could not be written to ${folder}: ${errorMessage(error)}.`)
    return undefined
  }
}

async function writeSummary(result: Result, log: ActionsLog): Promise<void> {
  // Not set outside a runner, and on old GitHub Enterprise Servers.
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '') return
  try {
    await core.summary.addRaw(renderSummary(result)).write()
  } catch (error) {
    log.warning(`The job summary could not be written: ${errorMessage(error)}.`)
  }
}

function sayVerdict(result: Result, log: ActionsLog): void {
  const {verdict, pipeline} = result
  if (verdict === undefined) return
  log.info(renderVerdict(verdict, result.finishedAt - result.startedAt))
  if (pipeline !== undefined) log.info(pipeline.url)
  if (!verdict.passes) log.error(renderFailure(result, verdict))
}
