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
import {EntryReader} from './entry-reader.ts'
import {unknownInputs} from './input-names.ts'
import {InputReader} from './input-reader.ts'
import {idleInputs, remarksOnUnknown, type Remark} from './remarks.ts'
import type {PipelineParameters, Ref} from '../circleci/model.ts'
import {ActionError, InputError} from '../base/errors.ts'
import {isExclusion} from '../base/matcher.ts'
import type {Entry} from '../trigger/entries.ts'

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

/** What may differ from one pipeline of a step to another. */
export type PipelineInputs = Readonly<ReturnType<typeof readPipeline>>

/** An entry of `pipelines`: what it sets, and what it inherits of the step's own inputs. */
export type NamedPipeline = PipelineInputs & {readonly name: string}

const NEW: PipelineChoice = {kind: 'new'}

/** Events that are a comment: by then the pull request may have moved on. */
const SAY_NO_COMMIT = ['issue_comment', 'pull_request_review_comment']

/** Longest `timeout`, in seconds: a timer beyond 2^31 ms would go off at once. */
const MAX_TIMEOUT_SECONDS = 24 * 24 * 3600

/**
 * Reads every input once. Everything that can be checked without a request is checked here, all of it, so that one
 * run shows every mistake. Throws an `ActionError` with reason `input`. Defaults come from action.yml alone.
 */
export async function readInputs(
  env: Readonly<Record<string, string | undefined>>
): Promise<Inputs> {
  const read = new InputReader(env)
  const notices = new Set<string>()
  const parseParameters = await parametersParser(read, notices)
  const own = {...readPipeline(read, parseParameters), ...readStep(read, env)}
  const pipelines = await readEntries({read, parseParameters, env})
  const inputs = {...own, pipelines}
  const {mistakes, ignored} = unknownInputs(env)
  for (const mistake of mistakes) read.fail(mistake)
  read.check(() => contradictions(inputs, env['GITHUB_EVENT_NAME']))
  read.finish()
  const told = [...notices].map((text): Remark => ({level: 'notice', text}))
  const remarks = [...remarksOnUnknown(ignored), ...told]
  return {...inputs, remarks, idle: idleInputs(inputs, read)}
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

function readStep(read: InputReader, env: Readonly<Record<string, string | undefined>>) {
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
async function parametersParser(read: InputReader, notices: Set<string>): Promise<ParseParameters> {
  if (read.text('parameters') === undefined && !hasEntries(read)) return () => ({})
  const {parseParameters} = await import(/* webpackChunkName: "yaml" */ '../trigger/parameters.ts')
  return given => parseParameters(given, text => notices.add(text))
}

function hasEntries(read: InputReader): boolean {
  return read.text('pipelines') !== 'none'
}

interface EntryContext {
  readonly read: InputReader
  readonly parseParameters: ParseParameters
  readonly env: Readonly<Record<string, string | undefined>>
}

async function readEntries(context: EntryContext): Promise<readonly NamedPipeline[] | undefined> {
  const {read} = context
  read.value('pipelines', () => undefined, {blank: BLANK_PIPELINES})
  if (!hasEntries(read)) return undefined
  const {parseEntries} = await import(/* webpackChunkName: "yaml" */ '../trigger/entries.ts')
  const entries = read.value('pipelines', text => {
    const parsed = parseEntries(text ?? '')
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

/** Inputs that contradict each other: doing only one of two things asked for would be a guess. */
function* contradictions(
  inputs: Omit<Inputs, 'remarks' | 'idle'>,
  eventName: string | undefined
): Generator<InputError> {
  const {artifacts, artifactsPath, commitStatuses} = inputs
  if (artifactsPath !== undefined && artifacts.length === 0) {
    yield new InputError(
      'artifacts-path',
      'needs artifacts to download, and "artifacts" is empty: name some, or leave "artifacts-path" out.'
    )
  }
  const linked = commitStatuses.find(({artifactGlob}) => artifactGlob !== undefined)
  if (linked !== undefined && artifacts.length === 0) {
    yield new InputError(
      'commit-status',
      `links "${linked.context}" to an artifact, and "artifacts" is empty: name some.`
    )
  }
  yield* emptyExclusions('artifacts', artifacts)
  yield* wrongLists(inputs)
  // With entries it is theirs to be usable.
  if (inputs.pipelines === undefined) yield* unusable(inputs, eventName)
}

function* emptyExclusions(name: string, lines: readonly string[]): Generator<InputError> {
  if (!lines.includes('!')) return
  yield new InputError(name, 'has a line "!" that excludes nothing: put a name or a glob after it.')
}

function* wrongLists(inputs: PipelineInputs): Generator<InputError> {
  const {workflows, jobs, approve, branch, tag} = inputs
  yield* emptyExclusions('workflows', workflows)
  yield* emptyExclusions('jobs', jobs)
  yield* emptyExclusions('approve', approve)
  if (approve.length > 0 && approve.every(isExclusion)) {
    yield new InputError(
      'approve',
      'only says what not to approve: name the approval jobs to approve, one a line, besides the lines that begin with "!".'
    )
  }
  if (branch !== undefined && tag !== undefined) {
    yield new InputError('tag', 'cannot be used together with "branch": set one of them.')
  }
}

/** What was asked for and cannot be had with the rest of what was. */
function* unusable(inputs: PipelineInputs, eventName: string | undefined): Generator<InputError> {
  const {pipeline, configRef: config, definition, slug, approve} = inputs
  if (approve.length > 0) yield* approvedUnseen(pipeline, eventName)
  if (pipeline.kind !== 'new') {
    yield* uselessWhenAttached(inputs)
  } else if (config !== undefined && definition === undefined && slug?.provider !== 'circleci') {
    yield new InputError(
      nameOfConfigRef(config),
      'needs "definition", or a "project-slug" that starts with "circleci/": only pipelines triggered through a definition can read their config from another ref.'
    )
  }
}

/** What is approved must be what was looked at: a branch may have moved since, and a comment names no commit. */
function* approvedUnseen(
  pipeline: PipelineChoice,
  eventName: string | undefined
): Generator<InputError> {
  const isReview = eventName === 'pull_request_review'
  if (!isReview && !SAY_NO_COMMIT.includes(eventName ?? '')) return
  const isOwn = pipeline.kind === 'commit' && pipeline.revision === undefined
  if (pipeline.kind !== 'new' && (isReview || !isOwn)) return
  const why = isReview
    ? 'is "new", and the new pipeline would build the branch as it is now, not as it was reviewed. Set "pipeline" to "commit", which takes the reviewed commit'
    : `is "${pipeline.kind}", and a comment does not say which commit its author looked at. Set "pipeline" to that commit's full SHA`
  yield new InputError(
    'pipeline',
    `${why}, or to the id or number of the pipeline: with "approve", what is approved must be what was looked at.`
  )
}

function* uselessWhenAttached(inputs: PipelineInputs): Generator<InputError> {
  const {pipeline, parameters, definition, configRef: config, branch, tag} = inputs
  // The pipelines of a commit are looked for on a ref, and `definition` narrows them.
  const refCounts = pipeline.kind === 'commit'
  const names = [
    Object.keys(parameters).length > 0 ? 'parameters' : undefined,
    definition === undefined || refCounts ? undefined : 'definition',
    config === undefined ? undefined : nameOfConfigRef(config),
    branch === undefined || refCounts ? undefined : 'branch',
    tag === undefined || refCounts ? undefined : 'tag'
  ]
  for (const name of names) {
    if (name === undefined) continue
    yield new InputError(
      name,
      'cannot be used when "pipeline" takes a pipeline that already exists: leave it out, or set "pipeline" to "new".'
    )
  }
}

function nameOfConfigRef(ref: Ref): 'config-branch' | 'config-tag' {
  return 'branch' in ref ? 'config-branch' : 'config-tag'
}
