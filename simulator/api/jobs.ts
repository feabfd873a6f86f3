import {type Reply, json} from '../http/reply.ts'
import {cancelJob} from '../world/commands.ts'
import {type PlacedJob, findJob} from '../world/find.ts'
import {type JobNow, workflowNow} from '../world/workflow.ts'
import {type World, behaviourOf} from '../world/world.ts'
import {type Call, numberParam, param} from './call.ts'
import {projectIds, projectOf, requireAccess, vcsUrl} from './project.ts'
import {Refusal, notFound} from './refusal.ts'
import {pastTimestamp, timestamp} from './timestamp.ts'

/** A job with its workflow and how it is now. */
export type FoundJob = PlacedJob & {readonly now: JobNow}

/** https://circleci.com/docs/api/v2/#operation/getJobDetails; approval jobs have none, even those with a number. */
export function getJob(call: Call): Reply {
  const found = jobOf(call)
  const {job, workflow, now} = found
  const {world} = call
  const {project} = world.scenario
  const ids = projectIds(world)
  return json(200, {
    web_url: webUrl(world, found),
    project: {
      id: ids.project,
      slug: project.slug,
      name: project.name,
      external_url: vcsUrl(project)
    },
    parallel_runs: nodeStatuses(now).map((status, index) => ({index, status})),
    ...(isStarted(world, now) ? {started_at: timestamp(now.plan.start)} : {}),
    latest_workflow: {id: workflow.id, name: workflow.spec.name},
    name: job.spec.name,
    executor: {resource_class: job.spec.resourceClass ?? 'medium', type: 'docker'},
    parallelism: job.spec.parallelism ?? 1,
    status: now.status,
    number: job.number,
    pipeline: {id: workflow.pipeline.id},
    duration: durationOf(world, now),
    created_at: pastTimestamp(now.plan.ready),
    messages: job.spec.messages ?? [],
    contexts: (job.spec.contexts ?? []).map(name => ({name})),
    organization: {name: project.organization},
    queued_at: pastTimestamp(now.plan.ready),
    stopped_at: now.plan.stop <= world.now() ? timestamp(now.plan.stop) : null
  })
}

/** https://circleci.com/docs/api/v2/#operation/cancelJobByJobNumber */
export function cancelByNumber(call: Call): Reply {
  return cancelFound(call, jobOf(call))
}

/** https://circleci.com/docs/api/v2/#operation/cancelJobByJobID */
export function cancelById(call: Call): Reply {
  const id = param(call, 'id')
  const found = findJob(call.world, job => job.id === id)
  if (found === undefined) throw notFound('Job not found.')
  requireAccess(call, 'Job not found.')
  return cancelFound(call, found)
}

/** Returns the build job with the number a call gives; one that is still blocked has no number yet. */
export function jobOf(call: Call): FoundJob {
  projectOf(call)
  const number = numberParam(call, 'number')
  const found = findJob(call.world, job => job.number === number)
  const now =
    found && workflowNow(call.world, found.workflow).jobs.find(({job}) => job === found.job)
  const reachable = now !== undefined && now.plan.ready <= call.world.now()
  if (found === undefined || !reachable || found.job.spec.type === 'approval') {
    throw notFound('Job not found.')
  }
  return {...found, now}
}

/** Returns the status of each node of a job: the failed ones are those the scenario names. */
export function nodeStatuses({job, status}: JobNow): string[] {
  const {parallelism = 1, failedNodes = [0], outcome = 'success'} = job.spec
  return Array.from({length: parallelism}, (_, index) =>
    status === outcome && status !== 'success' && !failedNodes.includes(index) ? 'success' : status
  )
}

/** Says whether a machine has taken the job. */
export function isStarted(world: World, {plan}: JobNow): boolean {
  return plan.start <= world.now() && plan.start < plan.stop
}

/** Returns the page of a job for people. */
export function webUrl({scenario}: World, {job, workflow}: PlacedJob): string {
  const slug = scenario.project.slug.replace(/^gh\//, 'github/').replace(/^bb\//, 'bitbucket/')
  return `https://app.circleci.com/pipelines/${slug}/${workflow.pipeline.number}/workflows/${workflow.id}/jobs/${job.number}`
}

function cancelFound({world, user}: Call, {job, workflow}: PlacedJob): Reply {
  const changed = cancelJob(world, workflow, job, user)
  if (!changed && behaviourOf(world).cancelFinished === 'refused') {
    throw new Refusal(400, 'Job is not running.')
  }
  return json(200, {message: 'Job canceled successfully.'})
}

function durationOf(world: World, now: JobNow): number | null {
  return isStarted(world, now) ? Math.min(now.plan.stop, world.now()) - now.plan.start : null
}
