import type {CallOptions} from '../circleci/client.ts'
import type {Artifact, JobRun, WorkflowAttempt} from '../record/result.ts'
import {mapBounded} from '../base/concurrency.ts'
import {
  anyOf,
  matcherOf,
  MAX_MATCHED,
  oneALine,
  textTest,
  type Match,
  type Matcher
} from '../base/matcher.ts'
import type {ArtifactJob} from '../download/places.ts'
import {finishedBuildJobs, type BuildJob} from './jobs.ts'
import {countOf, cut} from '../base/text.ts'
import {breathe, SideChannel, type CollectContext} from './side-channel.ts'

/** Listing requests in flight at once: as many as downloads, so that most pipelines take a single round trip. */
const LISTINGS_AT_ONCE = 16

/** What `listArtifacts` found. */
export interface ArtifactListing {
  /** Ordered by workflow, job, node and path. */
  readonly artifacts: readonly Artifact[]
  /** Every job that was looked at, with artifacts or without. */
  readonly jobs: readonly ArtifactJob[]
  /** What could not be listed, as `job "test"`: a download of "all" would be incomplete. */
  readonly unlisted: readonly string[]
  /** What could not be read, in sentences. */
  readonly omissions: readonly string[]
}

/**
 * Lists the artifacts of all finished build jobs (failed ones too) of the deciding workflows' latest attempts: all
 * pages, a bounded number of requests in flight. A job that cannot be listed becomes an omission and one warning;
 * rejects only with an `AbortedError`.
 */
export async function listArtifacts(
  run: {readonly workflows: readonly WorkflowAttempt[]; readonly jobs: readonly JobRun[]},
  context: CollectContext
): Promise<ArtifactListing> {
  const deciding = new Set(
    run.workflows.filter(workflow => workflow.deciding && workflow.latest).map(({id}) => id)
  )
  const jobs = finishedBuildJobs(run.jobs).filter(job => deciding.has(job.workflowId))
  const channel = new SideChannel('Some artifact listings', context)
  const unlisted: string[] = []
  const found = await mapBounded(jobs, LISTINGS_AT_ONCE, async job => {
    const artifacts: Artifact[] = []
    const complete = await channel.attempt(`the artifact list of job "${job.name}"`, options =>
      readArtifacts(job, artifacts, context, options)
    )
    if (complete === undefined) unlisted.push(`job "${job.name}"`)
    return artifacts
  })
  return {
    artifacts: sortArtifacts(found.flat()),
    jobs: jobs.map(({workflow, name, number}, index) => {
      const parallel = found[index]?.some(({nodeIndex}) => nodeIndex > 0) === true
      return {workflow, job: name, jobNumber: number, parallel}
    }),
    unlisted: unlisted.sort(),
    omissions: channel.finish()
  }
}

async function readArtifacts(
  job: BuildJob,
  into: Artifact[],
  {circleci, slug}: CollectContext,
  options: CallOptions
): Promise<true> {
  const seen = new Set<string>()
  for await (const page of circleci.artifacts(slug, job.number, options)) {
    for (const {path, nodeIndex, url} of page) {
      // Pages can overlap when something is uploaded in between.
      const key = JSON.stringify([nodeIndex, path, url])
      if (seen.has(key)) continue
      seen.add(key)
      const {workflow, name, number} = job
      into.push({workflow, job: name, jobNumber: number, nodeIndex, path, url})
    }
  }
  return true
}

/** Orders artifacts by workflow, job, node and path, by code units: the same on every machine and in every locale. */
export function sortArtifacts(artifacts: readonly Artifact[]): readonly Artifact[] {
  return [...artifacts].sort(
    (a, b) =>
      compare(a.workflow, b.workflow) ||
      compare(a.job, b.job) ||
      a.jobNumber - b.jobNumber ||
      a.nodeIndex - b.nodeIndex ||
      compare(a.path, b.path) ||
      compare(a.url, b.url)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The part of an artifact that lines are matched with. */
type Selectable = Pick<Artifact, 'job' | 'path'>

/** So many of the paths there are stand beside a line that matches none of them. */
const EXAMPLES = 5

/** Artifacts that are matched without a pause for anything else. */
const AT_ONCE = 20

/**
 * Matches artifacts with a list of lines: a line is a glob for the whole path (`coverage/**`) or for job and path
 * (`test-*:coverage/**`); `*` stays within a folder, `**` does not, a trailing `/` means everything below.
 */
export function artifactMatcher(lines: readonly string[]): Matcher<Selectable> {
  return matcherOf(lines, compile)
}

/**
 * The artifacts that are on the list, in the order given; no line at all selects nothing. One whose path is too long to
 * be matched is left out. Rejects only with an `AbortedError`.
 */
export async function selectArtifacts<T extends Selectable>(
  artifacts: readonly T[],
  lines: readonly string[],
  signal?: AbortSignal
): Promise<readonly T[]> {
  if (lines.length === 0) return []
  const {matches} = artifactMatcher(lines)
  return inTurns(artifacts, signal, some => some.filter(one => matches(one) === 'yes'))
}

/**
 * What selecting by the lines leaves to be said: one sentence for each line without `!` that matches none of the
 * artifacts, with some of the paths there are and the line that would have matched when a missing globstar explains it;
 * and how many paths were too long. Empty when there are no artifacts: then no line is to blame.
 */
export async function selectionRemarks(
  artifacts: readonly Selectable[],
  lines: readonly string[],
  signal?: AbortSignal
): Promise<readonly string[]> {
  if (artifacts.length === 0) return []
  const unmatched = await unmatchedLines(artifacts, lines, signal)
  const failing = await unmatchedLines(artifacts, unmatched.flatMap(betterLines), signal)
  const remarks = unmatched.map(line => {
    const better = betterLines(line).find(one => !failing.includes(one))
    const meaning = better === below(line) ? ', everything below it' : ''
    const hint = better === undefined ? hintFor(line) : ` Did you mean "${better}"${meaning}?`
    return `Line "${line}" of input "artifacts" matches none of ${describePaths(artifacts)}.${hint}`
  })
  const {matches} = artifactMatcher(lines)
  const tooLong = await inTurns(artifacts, signal, some =>
    some.filter(one => matches(one) === 'too-long')
  )
  return tooLong.length === 0 ? remarks : [...remarks, describeTooLong(tooLong.length)]
}

/** Lines that may have been meant: everything below a folder of that name, the same in any folder, or both. */
function betterLines(line: string): readonly string[] {
  const anywhere = `**/${line.replace(/^\/+/, '')}`
  return isPlain(line) ? [below(line), anywhere, below(anywhere)] : [anywhere]
}

/** Said where nothing better is known: a comma, or a name that may be a folder's and has no ending of a file's. */
function hintFor(line: string): string {
  const comma = oneALine([line])
  if (comma !== '' || !isPlain(line) || /\.[^/]*$/.test(line)) return comma
  return ` For everything below a folder write "${below(line)}".`
}

function isPlain(line: string): boolean {
  return !/[*?[\]{}]|\/$/.test(line)
}

function below(folder: string): string {
  return `${folder}/**`
}

async function unmatchedLines(
  artifacts: readonly Selectable[],
  lines: readonly string[],
  signal: AbortSignal | undefined
): Promise<readonly string[]> {
  let left = artifactMatcher(lines).unmatched([])
  await inTurns(artifacts, signal, some => {
    left = artifactMatcher(left).unmatched(some)
    return []
  })
  return left
}

/** Does some of a long list at a time, so that it can be stopped in between. */
async function inTurns<T, R>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  task: (some: readonly T[]) => readonly R[]
): Promise<readonly R[]> {
  const results: (readonly R[])[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await breathe(signal)
    results.push(task(items.slice(start, start + AT_ONCE)))
  }
  return results.flat()
}

function describeTooLong(count: number): string {
  return `${countOf(count, 'artifact was', 'artifacts were')} left out: a path or job name of more than ${MAX_MATCHED} characters is not matched against input "artifacts".`
}

function describePaths(artifacts: readonly Selectable[]): string {
  const paths = artifacts.slice(0, EXAMPLES).map(({path}) => `"${cut(path)}"`)
  const which = artifacts.length > EXAMPLES ? ', among them' : ':'
  return `the ${countOf(artifacts.length, 'artifact')}${which} ${paths.join(', ')}`
}

function compile(line: string): (artifact: Selectable) => Match {
  // Paths are data of CircleCI's, never this machine's.
  const whole = textTest(cleanPattern(line), 'path')
  const pairs = [...line.matchAll(/:/g)].map(({index}) => ({
    job: textTest(line.slice(0, index), 'name'),
    path: textTest(cleanPattern(line.slice(index + 1)), 'path')
  }))
  return artifact => {
    const path = cleanPath(artifact.path)
    const answers = pairs.map(pair => bothOf(pair.job(artifact.job), pair.path(path)))
    return anyOf([whole(path), ...answers])
  }
}

function bothOf(first: Match, second: Match): Match {
  if (first === 'no' || second === 'no') return 'no'
  return first === 'yes' ? second : first
}

function cleanPattern(pattern: string): string {
  return pattern.replace(/^(?:\.?\/+)+/, '').replace(/\/$/, '/**')
}

/** A path without empty and `.` segments; `..`, which no glob matches, becomes a name that globs can match. */
function cleanPath(path: string): string {
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path
  return path
    .split('/')
    .filter(segment => segment !== '' && segment !== '.')
    .map(segment => (segment === '..' ? '__' : segment))
    .join('/')
}
