import {InputError} from '../base/errors.ts'
import {isExclusion} from '../base/matcher.ts'
import {editDistance} from '../base/text.ts'
import type {Ref} from '../circleci/model.ts'
import {DEFAULTS} from './action-defaults.ts'
import type {InputReader} from './input-reader.ts'
import type {Inputs, PipelineChoice, PipelineInputs} from './inputs.ts'
import type {Environment} from './context.ts'

/** Events that are a comment: by then the pull request may have moved on. */
const SAY_NO_COMMIT = ['issue_comment', 'pull_request_review_comment']
/** At most so many letters of a name may be wrong for it to count as a typing mistake. */
const MAX_DISTANCE = 2

/** Inputs that contradict each other: doing only one of two things asked for would be a guess. */
export function* contradictions(
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

/** What is wrong with the lists and refs of one pipeline, whether the step's only one or an entry. */
export function* wrongLists(inputs: PipelineInputs): Generator<InputError> {
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
export function* unusable(
  inputs: PipelineInputs,
  eventName: string | undefined
): Generator<InputError> {
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

/**
 * Looks through the variables of a step for inputs that do not exist. GitHub's runner passes on all that stands under
 * `with:` (`AddInputsToEnvironment` in `Handler.cs` of actions/runner), for that step alone. In a composite action other
 * runners leave there what that one was given: of those what an input of a like name says as well is passed over.
 */
export function unknownInputs(env: Environment): {
  /** Those that one of its inputs was meant by. */
  readonly mistakes: readonly InputError[]
  /** The names of the others. */
  readonly ignored: readonly string[]
} {
  const isInComposite = (env['GITHUB_ACTION_PATH'] ?? '') !== ''
  const mistakes: InputError[] = []
  const ignored: string[] = []
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase()
    if (name === undefined || DEFAULTS.has(name)) continue
    const meant = meantBy(name)
    if (meant === undefined) ignored.push(name)
    else if (!isInComposite || value.trim() !== env[`INPUT_${meant.toUpperCase()}`]?.trim()) {
      mistakes.push(new InputError(name, `does not exist: write "${meant}" instead.`))
    }
  }
  return {mistakes, ignored}
}

function meantBy(name: string): string | undefined {
  const [best] = [...DEFAULTS.keys()]
    .map(input => ({
      input,
      distance: bare(input) === bare(name) ? 0 : editDistance(name, input)
    }))
    .toSorted((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= MAX_DISTANCE ? best.input : undefined
}

function bare(name: string): string {
  return name.replaceAll(/[-_ ]/g, '')
}

/** Names of the inputs that were set and do nothing, because the step does not wait. */
export function idleInputs(
  inputs: Omit<Inputs, 'remarks' | 'idle'>,
  read: InputReader
): readonly string[] {
  const {wait, dryRun, onRerun} = inputs
  if (wait || dryRun) return []
  const pipelines = inputs.pipelines ?? [inputs]
  const isNew = pipelines.every(({pipeline}) => pipeline.kind === 'new')
  const approves = pipelines.some(({approve}) => approve.length > 0)
  const names = [
    // It also ends the search for a pipeline, and of an earlier pipeline only what decides is rerun.
    ...(isNew && !approves ? ['timeout'] : []),
    ...(onRerun === 'new' && !approves ? ['workflows'] : []),
    ...['jobs', 'fail-fast', 'rerun-failed', 'on-timeout'],
    // A step that only approves waits for that, and reports why when it fails.
    ...(approves ? [] : ['poll-interval', 'on-hold', 'on-no-workflows']),
    ...(approves ? [] : ['artifacts', 'annotations', 'log-lines']),
    ...['artifacts-path', 'commit-status', 'comment']
  ]
  return names.filter(name => read.text(name) !== DEFAULTS.get(name) || isInEntry(name, inputs))
}

/** Whether an entry of `pipelines` sets one of the lists that only a wait reads. */
function isInEntry(name: string, {pipelines = []}: Pick<Inputs, 'pipelines'>): boolean {
  if (name !== 'workflows' && name !== 'jobs') return false
  return pipelines.some(pipeline => pipeline[name].length > 0)
}
