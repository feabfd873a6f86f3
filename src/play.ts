import type {FileExists} from './collect/test-path.ts'
import type {DownloadFolder} from './download/folder.ts'
import type {Mask} from './base/mask.ts'
import type {Slug} from './circleci/slug.ts'
import type {StepRecord} from './record/record.ts'
import type {Delivery} from './report/delivery.ts'
import type {ActionsLog} from './report/log.ts'
import {Reporter} from './report/reporter.ts'
import type {GitHubContext} from './runner/context.ts'
import type {Inputs} from './runner/inputs.ts'
import {runStep} from './step.ts'
import {connect, type World} from './setup.ts'

/** A step of which everything was checked that can be checked without a request. */
export interface Prepared {
  readonly inputs: Inputs
  /** The project of this repository, where an input leaves it at that. */
  readonly ownSlug: Slug | undefined
  readonly token: string
  readonly downloadFolder: DownloadFolder | undefined
}

/** Where a step is played: what it is about, who hears of it, and what ends it. */
export interface Stage {
  readonly context: GitHubContext
  readonly step: StepRecord
  readonly log: ActionsLog
  readonly mask: Mask
  readonly signal: AbortSignal
  readonly world: World
  /** GitHub's runner by default. */
  readonly delivery?: Delivery
}

/** Plays a step to its end, whoever started it, and shows it. Rejects with an error that nobody foresaw. */
export async function playStep(prepared: Prepared, stage: Stage): Promise<void> {
  const {inputs, ownSlug, token, downloadFolder} = prepared
  const {context, step, log, signal, world} = stage
  const {clock, random} = world
  for (const {level, text} of inputs.remarks) log[level](text)
  const {circleci, transport} = connect(inputs.host, token, log, world)
  const reporter = new Reporter({...stage, inputs, circleci, clock})
  try {
    await runStep(
      {
        inputs,
        event: context,
        step,
        circleci,
        clock,
        random,
        log,
        signal,
        downloadFolder,
        fileExists: inputs.wait ? await checkout(context) : undefined,
        listener: reporter
      },
      ownSlug
    )
    await reporter.finish()
  } finally {
    transport.close()
  }
}

/** Where `artifacts-path` leads. */
export async function folderFor(
  {artifactsPath}: Inputs,
  {workspace = process.cwd(), runnerTemp: temp}: GitHubContext
): Promise<DownloadFolder | undefined> {
  if (artifactsPath === undefined) return undefined
  const {checkDownloadFolder} = await import(/* webpackChunkName: "later" */ './download/folder.ts')
  return checkDownloadFolder(artifactsPath, {workspace, temp})
}

async function checkout({workspace}: GitHubContext): Promise<FileExists | undefined> {
  const {filesOfCheckout} = await import(/* webpackChunkName: "later" */ './collect/test-path.ts')
  return filesOfCheckout(workspace)
}
