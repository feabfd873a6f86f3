import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

import {ActionError, errorMessage, InputError} from '../base/errors.ts'
import {parseSlug, type Slug} from '../circleci/slug.ts'
import {apiUrlOf, type Environment, type GitHubContext} from '../runner/context.ts'
import type {Inputs} from '../runner/inputs.ts'
import {EMPTY_PAYLOAD} from '../trigger/event.ts'
import type {Command} from './flags.ts'
import {placeOf, type Surroundings} from './surroundings.ts'

const run = promisify(execFile)

/**
 * Reads the Git checkout in a folder: its branch, its commit, and the repository it was cloned from. Throws an
 * `ActionError` when there is none, when no branch is checked out, and when its commits were not pushed: CircleCI would
 * build something else than what is here.
 */
export async function checkoutOf(folder: string): Promise<Surroundings> {
  const git = async (...args: string[]): Promise<string> => {
    const {stdout} = await run('git', args, {cwd: folder, timeout: 30_000})
    return stdout.trim()
  }
  const ask = async (problem: string, ...args: string[]): Promise<string> => {
    try {
      return await git(...args)
    } catch (error) {
      throw new ActionError(
        'input',
        `--here ${problem} (${errorMessage(error).split('\n')[0] ?? ''}).`
      )
    }
  }
  const commit = await ask('finds no commit of a Git checkout', 'rev-parse', 'HEAD')
  const branch = await ask('finds no branch checked out', 'symbolic-ref', '--short', 'HEAD')
  const upstream = await ask(
    `cannot tell whether "${branch}" was pushed, as it follows no remote branch: push it with "git push -u"`,
    ...['rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}']
  )
  const ahead = await ask('cannot compare with it', 'rev-list', '--count', `${upstream}..HEAD`)
  if (ahead !== '0') {
    throw new ActionError(
      'input',
      `--here is refused: "${branch}" has ${ahead === '1' ? 'a commit that was' : `${ahead} commits that were`} not pushed to ${upstream}. Push first.`
    )
  }
  const remote = await git('config', '--get', `branch.${branch}.remote`)
  const merge = await git('config', '--get', `branch.${branch}.merge`)
  const place = placeOf(await git('config', '--get', `remote.${remote}.url`).catch(() => undefined))
  return {
    name: undefined,
    repository: place?.repository,
    provider: place?.provider,
    ref: {branch: merge.replace(/^refs\/heads\//, '')},
    commit,
    pullRequest: undefined
  }
}

/**
 * What is to be built, as an event of which only the ref, the commit and the pull request are known, and the project of
 * this repository, where an input leaves it at that. Throws an `InputError` when it is not known what to build.
 */
export function contextOf(
  found: Surroundings,
  {githubRepository}: Pick<Command, 'githubRepository'>,
  inputs: Inputs,
  {env, folder}: {readonly env: Environment; readonly folder: string}
): {readonly context: GitHubContext; readonly ownSlug: Slug | undefined} {
  const place: Surroundings =
    githubRepository === undefined
      ? found
      : {...found, repository: githubRepository, provider: 'gh'}
  const targets = inputs.pipelines ?? [inputs]
  const ownSlug = targets.some(({slug}) => slug === undefined) ? slugOf(place) : undefined
  // Without a repository of its own every project is another one, and would be built without a ref.
  const isRefless = targets.some(
    ({branch, tag, pipeline}) => (branch ?? tag) === undefined && pipeline.kind === 'new'
  )
  if (isRefless && found.ref === undefined && found.repository === undefined) {
    throw new InputError(
      'branch',
      `is required, or "tag": ${nowhere(place)}. Give --branch or --tag, or --here to take the branch of the Git checkout in this folder.`
    )
  }
  const {name = 'the checkout', ref, commit, pullRequest} = place
  const source =
    pullRequest === undefined ? `what ${name} builds` : `the head of pull request #${pullRequest}`
  const context: GitHubContext = {
    eventName: '',
    ...repositoryOf(place, ownSlug ?? inputs.slug),
    own: ref === undefined ? nowhere(place) : [ref, source],
    ref: undefined,
    payload: EMPTY_PAYLOAD,
    payloadProblem: undefined,
    headSha: commit,
    pullRequest: pullRequest === undefined ? undefined : {number: pullRequest, fork: undefined},
    actor: undefined,
    workflow: undefined,
    job: undefined,
    runId: undefined,
    runAttempt: 1,
    ownPipeline: env['CIRCLE_PIPELINE_ID'],
    workspace: folder,
    runnerTemp: undefined,
    apiUrl: apiUrlOf(env['GITHUB_API_URL'])
  }
  return {context, ownSlug}
}

function slugOf({repository, provider}: Surroundings): Slug {
  const slug = parseSlug(provider === undefined ? '' : `${provider}/${repository ?? ''}`)
  if (slug !== undefined) return slug
  throw new InputError(
    'project-slug',
    'is required: give --project-slug, as no repository on GitHub or Bitbucket was found here.'
  )
}

function nowhere({name}: Surroundings): string {
  return name === undefined
    ? 'no variables of a CI say what to build'
    : `the variables of ${name} name neither a branch nor a tag`
}

/** Where no repository was found, it is the project's own: another one would be built without the ref that was given. */
function repositoryOf(
  {repository, provider}: Surroundings,
  slug: Slug | undefined
): Pick<GitHubContext, 'repository' | 'provider'> {
  if (repository !== undefined || slug === undefined || slug.provider === 'circleci') {
    return {repository, provider}
  }
  return {repository: `${slug.organization}/${slug.project}`, provider: slug.provider}
}
