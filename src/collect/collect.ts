import {AbortedError} from '../circleci/faults.ts'
import {timeLimit} from '../base/clock.ts'
import {formatDuration} from '../base/text.ts'
import type {PipelineRecord} from '../record/record.ts'
import {downloadArtifacts, type DownloadContext, type DownloadTarget} from '../download/download.ts'
import {
  listArtifacts,
  selectArtifacts,
  selectionRemarks,
  type ArtifactListing
} from './artifacts.ts'
import {collectJobs, type JobsRequest} from './jobs.ts'
import {collectLogTails} from './logs.ts'
import type {CollectContext} from './side-channel.ts'
import type {FileExists} from './test-path.ts'
import {collectFailedTests} from './tests.ts'

/** Longest time spent on what only informs, in milliseconds: a verdict is not kept waiting by a slow report. */
const REPORT_BUDGET_MS = 3 * 60_000

/** What is to be collected of one pipeline once there is a verdict. */
interface CollectRequest extends JobsRequest {
  /** Lines of each failed step's log; 0 for none. */
  readonly logLines: number
  /** Globs of artifacts; empty for none. */
  readonly artifacts: readonly string[]
  /** Where to download artifacts to; `undefined` for nowhere. */
  readonly target: DownloadTarget | undefined
  /** `undefined`: there is no checkout. */
  readonly fileExists: FileExists | undefined
}

/** What was collected, filled in as it comes: what is there when something fails is kept. */
type Collected = Pick<
  PipelineRecord,
  'jobs' | 'logTails' | 'failedTests' | 'artifacts' | 'artifactsPath' | 'omissions'
>

/** What collecting needs from outside. */
type CollectorContext = CollectContext & DownloadContext

/**
 * Reads jobs, failed tests, logs and artifacts into `found`, then downloads what was asked for. Everything but the
 * download is a side channel: it warns and goes on. Rejects with `download` when a file cannot be fetched, and with an
 * `AbortedError` when GitHub cancels the step.
 */
export async function collectAll(
  request: CollectRequest,
  found: Collected,
  context: CollectorContext
): Promise<void> {
  const listing = await collectReport(request, found, context)
  const {target} = request
  if (target === undefined) return
  found.artifactsPath = target.folder
  await downloadArtifacts(
    {
      ...target,
      artifacts: found.artifacts,
      jobs: listing?.jobs ?? [],
      unlisted: listing?.unlisted ?? ['the pipeline'],
      onRenamed: ({artifact, savedAs}) => {
        found.omissions.push(
          `Artifact "${artifact.path}" of "${artifact.job}" was saved as ${savedAs}.`
        )
      }
    },
    context
  )
}

/** Collects for three minutes at most; what was collected by then stays. */
async function collectReport(
  request: CollectRequest,
  found: Collected,
  context: CollectorContext
): Promise<ArtifactListing | undefined> {
  const {clock, signal, log} = context
  const limit = timeLimit(clock, REPORT_BUDGET_MS, signal)
  try {
    return await collectInto(found, request, {...context, signal: limit.signal})
  } catch (error) {
    if (!(error instanceof AbortedError) || signal?.aborted === true) throw error
    const sentence = `Reading jobs, tests, logs and artifacts was stopped after ${formatDuration(REPORT_BUDGET_MS)}; the report is incomplete.`
    log.warning(`${sentence} This does not change the verdict.`)
    found.omissions.push(sentence)
    return undefined
  } finally {
    limit.end()
  }
}

async function collectInto(
  found: Collected,
  request: CollectRequest,
  context: CollectContext
): Promise<ArtifactListing | undefined> {
  const {jobs, unread, omissions} = await collectJobs(request, context)
  found.jobs = jobs
  found.omissions.push(...omissions)
  const workspace = {repository: context.slug.project, fileExists: request.fileExists}
  const [tests, logs, listing] = await Promise.all([
    collectFailedTests(jobs, workspace, context),
    collectLogTails(jobs, request.logLines, context),
    request.artifacts.length === 0
      ? undefined
      : listArtifacts({workflows: request.workflows, jobs}, context)
  ])
  found.failedTests = tests.failedTests
  found.logTails = logs.logTails
  found.omissions.push(...tests.omissions, ...logs.omissions)
  if (listing === undefined) return undefined
  const {artifacts} = listing
  found.artifacts = await selectArtifacts(artifacts, request.artifacts, context.signal)
  const remarks = await selectionRemarks(artifacts, request.artifacts, context.signal)
  for (const remark of remarks) context.log.warning(remark)
  found.omissions.push(...listing.omissions, ...remarks)
  const unlisted = unread.map(name => `workflow "${name}"`)
  return {...listing, unlisted: [...unlisted, ...listing.unlisted]}
}
