import type {PipelineRecord} from '../world/records.ts'
import {providerOfPipeline} from '../world/definitions.ts'
import {pipelineState} from '../world/pipeline.ts'
import {type World, behaviourOf} from '../world/world.ts'
import {providerOf, vcsUrl} from './project.ts'
import {pastTimestamp} from './timestamp.ts'
import {triggerParameters} from './trigger-parameters.ts'
import {avatarUrl} from './user.ts'

/** Returns a pipeline as `GET /pipeline/{id}` and the lists show it. */
export function pipelineView(world: World, pipeline: PipelineRecord): object {
  const {project} = world.scenario
  const state = pipelineState(world, pipeline)
  const provider = providerOfPipeline(world, pipeline)
  const login = behaviourOf(world).actorLogins[pipeline.actor.login] ?? pipeline.actor.login
  return {
    id: pipeline.id,
    errors: state === 'errored' ? pipeline.errors : [],
    ...(pipeline.spec.warnings === undefined ? {} : {warnings: pipeline.spec.warnings}),
    project_slug: project.slug,
    updated_at: createdAt(world, pipeline),
    number: pipeline.number,
    state,
    created_at: createdAt(world, pipeline),
    trigger: {
      type: pipeline.trigger,
      received_at: createdAt(world, pipeline),
      actor: {login, avatar_url: avatarUrl(login)}
    },
    // Pipelines of the GitHub App and GitLab have no `vcs`; their ref and commit are in the trigger's parameters.
    ...(provider.endsWith('_oauth')
      ? {vcs: vcs(world, pipeline)}
      : {trigger_parameters: triggerParameters(world, provider, pipeline)}),
    ...pipeline.fields
  }
}

/** Returns a pipeline as the trigger endpoints answer. */
export function triggeredView(world: World, pipeline: PipelineRecord): object {
  return {
    number: pipeline.number,
    state: pipelineState(world, pipeline),
    id: pipeline.id,
    created_at: createdAt(world, pipeline)
  }
}

function createdAt(world: World, pipeline: PipelineRecord): string {
  return pastTimestamp(pipeline.createdAt + behaviourOf(world).createdAtSkew * 1000)
}

function vcs(world: World, {ref, revision}: PipelineRecord): object {
  const {project} = world.scenario
  const url = vcsUrl(project)
  const review = /^pull\/(\d+)\//.exec(ref.branch ?? '')?.[1]
  return {
    origin_repository_url: url,
    target_repository_url: url,
    revision,
    provider_name: providerOf(project),
    ...(ref.tag === undefined ? {branch: ref.branch ?? project.defaultBranch} : {tag: ref.tag}),
    ...(review === undefined ? {} : {review_id: review, review_url: `${url}/pull/${review}`}),
    commit: {subject: project.commitSubject ?? 'Round totals half to even', body: ''}
  }
}
