import {setMaxListeners} from 'node:events'

import {formatSlug, linksFor} from './circleci/slug.ts'
import {ActionError, errorMessage, InputError, unexpected} from './base/errors.ts'
import {Mask} from './base/mask.ts'
import {VERSION} from './base/version.ts'
import {folderFor, playStep, type Prepared, MACHINE, spellingsOf, type World} from './play.ts'
import {finishStep} from './post.ts'
import {resultOf, stepRecord, type StepRecord} from './record/record.ts'
import {failed} from './record/result.ts'
import type {Delivery} from './report/delivery.ts'
import type {ActionsLog} from './report/log.ts'
import type {Environment} from './runner/context.ts'
import {rawToken} from './runner/input-values.ts'
import {readInputs} from './runner/inputs.ts'
import {isNothingLeft, stateOf} from './runner/state.ts'
import {slugOfIntent} from './trigger/intent.ts'
import {checkoutOf, contextOf} from './terminal/context.ts'
import {exitCodeOf, type ExitCode} from './terminal/exit-codes.ts'
import {prepareFiles, toFiles} from './terminal/files.ts'
import {parseCommandLine, type Command, type CommandLine} from './terminal/flags.ts'
import {renderHelp} from './terminal/help.ts'
import {LiveView} from './terminal/live-view.ts'
import {createTerminalLog, sectionsOf, wantsColour} from './terminal/log.ts'
import {surroundingsOf} from './terminal/surroundings.ts'

/** What a command takes from the process it runs in; tests drive it. */
interface Process {
  readonly env: Environment
  readonly stdout: {
    write(text: string): unknown
    readonly isTTY?: boolean
    readonly rows?: number
  }
  readonly stderr: {write(text: string): unknown}
  cwd(): string
}

/** What a signal does to a command. */
interface Interruption {
  /** Aborted by the first one. */
  readonly signal: AbortSignal
  /** Sets what a second signal prints before it ends the process. */
  readonly lastWords: (words: () => string) => void
}

/** The step as a command, outside of GitHub: `args` are its flags. Returns its exit code; never rejects. */
export async function command(
  args: readonly string[],
  interruption: Interruption,
  process: Process,
  world: World = MACHINE
): Promise<ExitCode> {
  let line: CommandLine
  try {
    line = parseCommandLine(args)
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`)
    return 2
  }
  if (line === 'help' || line === 'version') {
    process.stdout.write(line === 'help' ? renderHelp() : `${VERSION}\n`)
    return 0
  }
  const {env} = process
  const mask = new Mask([...spellingsOf(rawToken('', env)), ...spellingsOf(env['GITHUB_TOKEN'])])
  const {log, delivery} = outputOf(line, mask, process, world)
  try {
    return await run({line, log, mask, delivery, process, world}, interruption)
  } catch (error) {
    log.error(unexpected(error))
    log.debug(error instanceof Error ? (error.stack ?? '') : String(error))
    return 1
  }
}

interface Run {
  readonly line: Command
  readonly log: ActionsLog
  readonly mask: Mask
  readonly delivery: Delivery
  readonly process: Process
  readonly world: World
}

/** The log, and where results go: on a terminal with a live view in between. */
function outputOf(
  line: Command,
  mask: Mask,
  {env, stdout}: Process,
  {clock}: World
): {readonly log: ActionsLog; readonly delivery: Delivery} {
  const print = (text: string): void => {
    stdout.write(text)
  }
  const sections = sectionsOf(env)
  const isTerminal = stdout.isTTY === true && sections === undefined
  const view = isTerminal ? new LiveView(print, clock, () => stdout.rows ?? 24) : undefined
  const log = createTerminalLog({
    write: text => {
      if (view === undefined) print(text)
      else view.print(text)
    },
    mask,
    sections,
    colour: wantsColour(env, stdout.isTTY === true),
    isDebug: env['RUNNER_DEBUG'] === '1',
    now: () => clock.now()
  })
  return {log, delivery: toFiles(line, log, view)}
}

async function run(one: Run, {signal, lastWords}: Interruption): Promise<ExitCode> {
  const {log, mask, delivery, world} = one
  setMaxListeners(0)
  setMaxListeners(0, signal)
  const startedAt = world.clock.now()
  let prepared: Prepared
  try {
    prepared = await prepare(one)
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const step = stepRecord({startedAt, eventCommit: undefined})
    step.verdict = failed(error)
    const result = mask.data(resultOf(step, world.clock.now()))
    delivery.result(result)
    await delivery.summary(result)
    log.error(error.message)
    return exitCodeOf(step.verdict)
  }
  const step = stepRecord({startedAt, eventCommit: prepared.context.headSha})
  lastWords(() => mask.text(whatMayRun(step, prepared.inputs.host)))
  await playStep(prepared, {step, log, mask, signal, world, delivery})
  if (signal.aborted) await finish(step, prepared, one)
  return exitCodeOf(step.verdict)
}

/** There is no post step: after a cancel the command itself does its work. */
async function finish(
  step: StepRecord,
  {inputs, token, context}: Prepared,
  {log, mask, world}: Run
): Promise<void> {
  const state = stateOf(step)
  if (isNothingLeft(state)) return
  log.info(
    'Interrupted: this command goes on for at most a minute to cancel what it started. A second signal ends it at once.'
  )
  await finishStep(state, inputs, token, {context, log, mask, world})
}

/** What is said when a second signal leaves no time to cancel. */
function whatMayRun(step: StepRecord, host: string): string {
  const {intents, pipelines} = stateOf(step)
  const links = linksFor(host)
  return [
    ...pipelines.map(
      ({number, slug}) => `Pipeline #${number} may run on: ${links.pipeline(slug, number)}\n`
    ),
    ...intents.map(intent => {
      const slug = slugOfIntent(intent)
      return `A pipeline of ${formatSlug(slug)} may have been triggered: look at ${links.project(slug)}\n`
    })
  ].join('')
}

/** Everything that can be checked without a request. Throws an `ActionError`. */
async function prepare({line, log, process}: Run): Promise<Prepared> {
  const {env} = process
  prepareFiles(line)
  const place = line.here ? await checkoutOf(process.cwd()) : surroundingsOf(env)
  const {CIRCLE_TOKEN, CIRCLECI_TOKEN, CCI_TOKEN, GITHUB_TOKEN} = env
  const github = line.githubRepository === undefined ? {} : {'INPUT_GITHUB-TOKEN': GITHUB_TOKEN}
  const inputs = await readInputs({
    ...line.inputs,
    ...github,
    CIRCLE_TOKEN,
    CIRCLECI_TOKEN,
    CCI_TOKEN
  })
  if (inputs.token === undefined) {
    throw new InputError(
      'token',
      'is missing: set CIRCLE_TOKEN in the environment to a personal API token of CircleCI (User Settings > Personal API Tokens).'
    )
  }
  const wantsGitHub = inputs.commitStatuses.length > 0 || inputs.comment !== false
  if (wantsGitHub && inputs.githubToken === undefined) {
    throw new InputError(
      inputs.comment === false ? 'commit-status' : 'comment',
      'needs a token of GitHub: set GITHUB_TOKEN in the environment.'
    )
  }
  const {context, ownSlug} = contextOf(place, line, inputs, {env, folder: process.cwd()})
  const idle = inputs.idle.map(name => `--${name}`)
  if (idle.length > 0) log.warning(`Without --wait there is no effect of ${idle.join(', ')}.`)
  const downloadFolder = await folderFor(inputs, context)
  return {inputs, context, ownSlug, token: inputs.token, downloadFolder}
}
