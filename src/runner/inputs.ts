import {
  BLANK_PIPELINE,
  BLANK_PIPELINES,
  parseBranch,
  parseComment,
  parseCommitStatuses,
  parseHost,
  parsePipelineChoice,
  parseProjectSlug,
  tokenFrom
} from './input-values.ts'
import {contradictions, idleInputs, unknownInputs, unusable, wrongLists} from './input-checks.ts'
import {EntryReader, InputReader} from './input-reader.ts'
import type {PipelineParameters, Ref} from '../circleci/model.ts'
import {ActionError, InputError} from '../base/errors.ts'
import type {Entry} from '../trigger/entries.ts'
import type {Notice} from '../trigger/parameters.ts'
import type {Environment} from './context.ts'

/** Which pipeline the step is about. */
export type PipelineChoice =
  | {readonly kind: 'new'}
  /** Without a revision: the event's commit. */
  | {readonly kind: 'commit'; readonly revision?: string}
  | {readonly kind: 'id'; readonly id: string}
  | {readonly kind: 'number'; readonly number: number}

/** Every input of action.yml, parsed and validated. Durations in seconds; an input left empty is `undefined` or []. */
export type Inputs = Readonly<ReturnType<typeof readStep>> &
  PipelineInputs & {
    /** `undefined`: one pipeline, as the other inputs say. */
    readonly pipelines: readonly NamedPipeline[] | undefined
    readonly remarks: readonly Remark[]
    /** Names of those that were set and do nothing, because the step does not wait. */
    readonly idle: readonly string[]
  }

/** A line for the log about inputs that are no mistake. */
interface Remark {
  readonly level: 'notice' | 'warning'
  readonly text: string
}

/** What may differ from one pipeline of a step to another. */
export type PipelineInputs = Readonly<ReturnType<typeof readPipeline>>

/** An entry of `pipelines`: what it sets, and what it inherits of the step's own inputs. */
export type NamedPipeline = PipelineInputs & {readonly name: string}

const NEW: PipelineChoice = {kind: 'new'}

/** Longest `timeout`, in seconds: a timer beyond 2^31 ms would go off at once. */
const MAX_TIMEOUT_SECONDS = 24 * 24 * 3600

/**
 * Reads every input once. Everything that can be checked without a request is checked here, all of it, so that one
 * run shows every mistake. Throws an `ActionError` with reason `input`. Defaults come from action.yml alone.
 */
export async function readInputs(env: Environment): Promise<Inputs> {
  const read = new InputReader(env)
  const notices = new Set<string>()
  const notice = (text: string): unknown => notices.add(text)
  const parseParameters = await parametersParser(read, notice)
  const own = {...readPipeline(read, parseParameters), ...readStep(read, env)}
  const pipelines = await readEntries({read, parseParameters, notice, env})
  const inputs = {...own, pipelines}
  const {mistakes, ignored} = unknownInputs(env)
  for (const mistake of mistakes) read.fail(mistake)
  read.check(() => contradictions(inputs, env['GITHUB_EVENT_NAME']))
  read.finish()
  const remarks = [
    ...remarkOnIgnored(ignored),
    ...[...notices].map((text): Remark => ({level: 'notice', text}))
  ]
  return {...inputs, remarks, idle: idleInputs(inputs, read)}
}

/** One warning for all names that are no inputs. */
function remarkOnIgnored(names: readonly string[]): readonly Remark[] {
  if (names.length === 0) return []
  const [are, have] = names.length === 1 ? ['is no input', 'has'] : ['are no inputs', 'have']
  const list = names.map(name => `"${name}"`).join(', ')
  return [{level: 'warning', text: `${list} ${are} of this action and ${have} no effect.`}]
}

type ParseParameters = (text: string) => PipelineParameters

function readPipeline(read: InputReader, parseParameters: ParseParameters) {
  return {
    /** `undefined`: this repository's. */
    slug: read.value('project-slug', parseProjectSlug),
    branch: read.value('branch', text => parseBranch('branch', text)),
    tag: read.text('tag'),
    definition: read.text('definition'),
    configRef: configRef(read),
    parameters: read.value('parameters', text => parseParameters(text ?? '')) ?? {},
    pipeline: read.value('pipeline', parsePipelineChoice, {blank: BLANK_PIPELINE}) ?? NEW,
    workflows: read.lines('workflows'),
    jobs: read.lines('jobs'),
    approve: read.lines('approve')
  }
}

function readStep(read: InputReader, env: Environment) {
  return {
    /** `undefined` when none was given: the caller knows the event and can say why. */
    token: read.value('token', text => tokenFrom(text, env)),
    /** An origin without a trailing slash. */
    host: read.value('host', parseHost) ?? '',
    dryRun: read.boolean('dry-run'),
    wait: read.boolean('wait'),
    timeoutSeconds: read.duration('timeout', 1, MAX_TIMEOUT_SECONDS),
    /** `undefined` for `auto`. */
    pollIntervalSeconds: read.durationOr('poll-interval', 'auto', 1, MAX_TIMEOUT_SECONDS),
    failFast: read.boolean('fail-fast'),
    rerunFailed: read.integer('rerun-failed', 0, 100),
    onHold: read.choice('on-hold', ['wait', 'fail', 'succeed']),
    onTimeout: read.choice('on-timeout', ['cancel', 'leave']),
    onCancel: read.choice('on-cancel', ['cancel', 'leave']),
    onNoWorkflows: read.choice('on-no-workflows', ['fail', 'succeed']),
    onRerun: read.choice('on-rerun', ['new', 'from-failed']),
    artifacts: read.lines('artifacts', {keepEmpty: true}),
    artifactsPath: read.text('artifacts-path'),
    summary: read.boolean('summary'),
    annotations: read.boolean('annotations'),
    logLines: read.integer('log-lines', 0, 10_000),
    githubToken: read.text('github-token'),
    commitStatuses: read.value('commit-status', parseCommitStatuses) ?? [],
    /** A name makes a comment of its own. */
    comment: read.value('comment', parseComment) ?? false
  }
}

/** YAML is read only where there is some: few steps set parameters, and loading what reads them takes its time. */
async function parametersParser(read: InputReader, notice: Notice): Promise<ParseParameters> {
  if (read.text('parameters') === undefined && !hasEntries(read)) return () => ({})
  const {parseParameters} = await import(/* webpackChunkName: "yaml" */ '../trigger/parameters.ts')
  return given => parseParameters(given, notice)
}

function hasEntries(read: InputReader): boolean {
  return read.text('pipelines') !== 'none'
}

interface EntryContext {
  readonly read: InputReader
  readonly notice: Notice
  readonly parseParameters: ParseParameters
  readonly env: Environment
}

async function readEntries(context: EntryContext): Promise<readonly NamedPipeline[] | undefined> {
  const {read} = context
  read.value('pipelines', () => undefined, {blank: BLANK_PIPELINES})
  if (!hasEntries(read)) return undefined
  const {parseEntries} = await import(/* webpackChunkName: "yaml" */ '../trigger/entries.ts')
  const entries = read.value('pipelines', text => {
    const parsed = parseEntries(text ?? '', context.notice)
    if (parsed === undefined) throw new InputError('pipelines', BLANK_PIPELINES)
    return parsed
  })
  const pipelines = (entries ?? []).map(entry => {
    const {pipeline, problems} = readEntry(entry, [], context)
    for (const problem of problems) read.fail(problem.inEntry(entry.name))
    return {name: entry.name, ...pipeline}
  })
  for (const problem of doubles(pipelines)) read.fail(problem)
  return pipelines
}

/** What an entry inherits and cannot use is ignored, and comes into `dropped`; what it sets and cannot use is a problem. */
function readEntry(
  entry: Entry,
  dropped: readonly string[],
  context: EntryContext
): {readonly pipeline: PipelineInputs; readonly problems: readonly InputError[]} {
  const read = new EntryReader(entry, context.read, context.env['GITHUB_REPOSITORY'])
  read.drop(dropped)
  const pipeline = readPipeline(read, context.parseParameters)
  const problems = [
    ...wrongLists(pipeline),
    ...unusable(pipeline, context.env['GITHUB_EVENT_NAME'])
  ]
  const useless = problems
    .map(({input}) => input)
    .filter(input => !read.sets(input) && !dropped.includes(input))
  if (useless.length > 0) return readEntry(entry, [...dropped, ...useless], context)
  return {pipeline, problems: [...read.ownProblems(), ...problems]}
}

/** Entries that are one pipeline, as far as that is seen without a request. */
function* doubles(pipelines: readonly NamedPipeline[]): Generator<ActionError> {
  const seen = new Map<string, string>()
  for (const {name, slug, branch, tag, definition, pipeline} of pipelines) {
    if (pipeline.kind === 'new') continue
    const facts = pipeline.kind === 'commit' ? [slug, branch, tag, definition] : [slug]
    const key = JSON.stringify(pipeline.kind === 'id' ? pipeline : [pipeline, ...facts])
    const other = seen.get(key)
    if (other !== undefined) yield onePipeline(other, name)
    seen.set(key, name)
  }
}

/** Says that two entries turned out to be one pipeline. */
export function onePipeline(one: string, other: string): ActionError {
  return new ActionError(
    'input',
    `Input "pipelines" has two entries, "${one}" and "${other}", that are one and the same pipeline: leave one of them out.`
  )
}

function configRef(read: InputReader): Ref | undefined {
  const branch = read.value('config-branch', text => parseBranch('config-branch', text))
  const tag = read.text('config-tag')
  if (branch !== undefined && tag !== undefined) {
    read.fail(
      new InputError('config-tag', 'cannot be used together with "config-branch": set one of them.')
    )
  }
  return branch === undefined ? (tag === undefined ? undefined : {tag}) : {branch}
}
