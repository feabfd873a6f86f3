import {randomUUID} from 'node:crypto'

import * as core from '@actions/core'

import {systemClock, systemRandom, type Clock} from './base/clock.ts'
import {USER_AGENT} from './base/version.ts'
import {CircleCI} from './circleci/client.ts'
import {createTransport, type Timeouts, type Transport} from './circleci/transport.ts'
import type {FileExists} from './collect/test-path.ts'
import type {DownloadFolder} from './download/folder.ts'
import {Mask} from './base/mask.ts'
import type {Slug} from './circleci/slug.ts'
import {createLog, type ActionsLog} from './report/log.ts'
import {Reporter, type ReporterContext} from './report/reporter.ts'
import type {Environment, GitHubContext} from './runner/context.ts'
import {rawToken} from './runner/input-values.ts'
import type {Inputs} from './runner/inputs.ts'
import {runStep} from './step.ts'

/** A step of which everything was checked that can be checked without a request. */
export interface Prepared {
  readonly inputs: Inputs
  /** What it is about. */
  readonly context: GitHubContext
  /** The project of this repository, where an input leaves it at that. */
  readonly ownSlug: Slug | undefined
  readonly token: string
  readonly downloadFolder: DownloadFolder | undefined
}

/** Where a step is played: what shows it, and what ends it. */
export interface Stage extends Pick<
  ReporterContext,
  'step' | 'log' | 'mask' | 'signal' | 'delivery'
> {
  readonly world: World
}

/** Plays a step to its end, and shows it. Rejects with an unexpected error only. */
export async function playStep(prepared: Prepared, stage: Stage): Promise<void> {
  const {inputs, context, ownSlug, token, downloadFolder} = prepared
  const {step, log, signal, world} = stage
  const {clock, random} = world
  for (const {level, text} of inputs.remarks) log[level](text)
  const {circleci, transport} = connect(inputs.host, token, log, world)
  const reporter = new Reporter({...stage, inputs, context, circleci, clock})
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

/** The log on standard output. */
export function openLog(mask: Mask): ActionsLog {
  return createLog({
    mask,
    write: text => {
      process.stdout.write(text)
    },
    random: randomUUID
  })
}

/**
 * Has the runner mask CircleCI's token before anything else is printed: as given, without its surrounding white space, and
 * each of its lines, because the runner masks within lines. Lines too short to be a secret are left, or half the log
 * would be stars. Returns the mask of both tokens for where the runner does not mask; GitHub's it knows by itself.
 */
export function maskTokens(env: Environment): Mask {
  const circleci = spellingsOf(rawToken(core.getInput('token', {trimWhitespace: false}), env))
  for (const secret of circleci) core.setSecret(secret)
  return new Mask([...circleci, ...spellingsOf(core.getInput('github-token'))])
}

/** What a token is to be masked as: as it was given, trimmed, and each of its lines. */
export function spellingsOf(raw = ''): readonly string[] {
  if (raw.trim() === '') return []
  const lines = raw
    .split(/\r?\n|\r/)
    .map(line => line.trim())
    .filter(line => line.length > 3)
  return [...new Set([raw, raw.trim(), ...lines])]
}

/** What a step takes from the machine it runs on; tests drive it. */
export interface World {
  readonly clock: Clock
  readonly random: () => number
  /** The transport's own by default. */
  readonly timeouts?: Timeouts
}

/** The machine's own. */
export const MACHINE: World = {clock: systemClock, random: systemRandom}

/** The client of one host, and the transport to close at the end. */
export function connect(
  host: string,
  token: string,
  log: ActionsLog,
  {clock, random, timeouts}: World = MACHINE
): {circleci: CircleCI; transport: Transport} {
  const transport = createTransport(USER_AGENT, timeouts)
  const circleci = new CircleCI({host, token, transport, clock, random, log})
  return {circleci, transport}
}
