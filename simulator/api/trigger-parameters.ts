import type {PipelineRecord, Ref} from '../world/records.ts'
import type {World} from '../world/world.ts'
import type {Provider} from '../scenario.ts'

/**
 * Returns a pipeline's `trigger_parameters`, the only place with its ref and commit where there is no `vcs`. The shape
 * of the GitHub App's is that of a recorded run (PipedreamHQ/pipedream, a webhook of 2024-12-18), GitLab's that of
 * https://circleci.com/docs/reference/outbound-webhooks-reference/: all values are strings, many of them empty.
 */
export function triggerParameters(
  world: World,
  provider: Provider,
  pipeline: PipelineRecord
): object {
  return provider === 'gitlab' ? ofGitLab(world, pipeline) : ofGitHubApp(world, pipeline)
}

function ofGitHubApp(
  world: World,
  {ref, revision, actor, trigger, createdAt}: PipelineRecord
): object {
  const {project} = world.scenario
  const names = namesOf(world, ref)
  const url = `https://github.com/${project.organization}/${project.name}`
  const title = project.commitSubject ?? 'Round totals half to even'
  return {
    git: {
      branch: names.branch,
      ref: names.full,
      checkout_sha: revision,
      checkout_url: `${url}.git`,
      commit_message: title,
      default_branch: project.defaultBranch,
      repo_name: project.name,
      repo_owner: project.organization,
      repo_url: url,
      author_login: actor.login,
      // No branch build has the key; what a tag build has is not known.
      ...(ref.tag === undefined ? {} : {tag: ref.tag})
    },
    github_app: {
      branch: names.branch,
      ref: names.short,
      full_ref: names.full,
      checkout_sha: revision,
      commit_sha: revision,
      commit_title: title,
      forced: 'false',
      pull_request_number: '',
      repo_name: project.name
    },
    circleci: {
      actor_id: actor.id,
      provider_actor_id: '',
      event_type: trigger === 'api' ? 'create pipeline run api' : 'push',
      trigger_type: 'github_app',
      event_time: goTime(createdAt)
    },
    webhook: {body: '{}'}
  }
}

function ofGitLab(world: World, {ref, revision, actor, createdAt}: PipelineRecord): object {
  const {project} = world.scenario
  const names = namesOf(world, ref)
  const url = `https://gitlab.com/${project.organization}/${project.name}`
  return {
    gitlab: {
      type: ref.tag === undefined ? 'push' : 'tag_push',
      branch: names.branch,
      ref: names.full,
      checkout_sha: revision,
      commit_sha: revision,
      commit_title: project.commitSubject ?? 'Round totals half to even',
      default_branch: project.defaultBranch,
      repo_name: project.name,
      user_username: actor.login,
      web_url: url
    },
    git: {
      branch: names.branch,
      tag: ref.tag ?? '',
      ref: names.full,
      checkout_sha: revision,
      checkout_url: `${url}.git`
    },
    circleci: {
      actor_id: actor.id,
      event_type: 'push',
      trigger_type: 'gitlab',
      event_time: new Date(createdAt).toISOString()
    }
  }
}

function namesOf({scenario}: World, {branch, tag}: Ref) {
  const {defaultBranch} = scenario.project
  const name = branch ?? defaultBranch
  return tag === undefined
    ? {branch: name, short: name, full: `refs/heads/${name}`}
    : {branch: '', short: tag, full: `refs/tags/${tag}`}
}

/** As recorded: Go's way to print a time, not ISO 8601. */
function goTime(ms: number): string {
  return `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '000000')} +0000 UTC`
}
