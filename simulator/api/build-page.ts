import {type Reply, json} from '../http/reply.ts'
import {outputUrl} from '../hosts/output.ts'
import type {StepSpec} from '../scenario.ts'
import type {JobNow} from '../world/workflow.ts'
import {type World, behaviourOf} from '../world/world.ts'
import type {Call} from './call.ts'
import {type FoundJob, isStarted, jobOf} from './jobs.ts'
import {projectOf, vcsUrl} from './project.ts'
import {stepsOf} from './steps.ts'
import {timestamp} from './timestamp.ts'
import {avatarUrl} from './user.ts'

/**
 * Answers `GET /api/v1.1/project/{vcs}/{org}/{project}/{number}`, the only public place with the steps of a job and
 * the addresses of their output: https://circleci.com/docs/api/v1/#single-job
 */
export function getBuild(call: Call): Reply {
  projectOf(call)
  const found = jobOf(call)
  return json(200, {...identity(call, found), ...progress(call, found), steps: steps(call, found)})
}

function identity({world}: Call, {job, workflow}: FoundJob): object {
  const {project} = world.scenario
  const {pipeline} = workflow
  const [vcs = 'gh', username, reponame] = project.slug.split('/')
  return {
    vcs_type: {gh: 'github', bb: 'bitbucket'}[vcs] ?? vcs,
    username,
    reponame,
    vcs_url: vcsUrl(project),
    vcs_revision: pipeline.revision,
    vcs_tag: pipeline.ref.tag ?? null,
    branch: pipeline.ref.branch ?? null,
    subject: project.commitSubject ?? 'Round totals half to even',
    build_num: job.number,
    build_url: `https://circleci.com/${project.slug}/${job.number}`,
    build_parameters: {},
    parallel: job.spec.parallelism ?? 1,
    platform: '2.0',
    why: pipeline.trigger === 'api' ? 'api' : 'github',
    user: {is_user: true, login: pipeline.actor.login, avatar_url: avatarUrl(pipeline.actor.login)},
    workflows: {
      job_name: job.spec.name,
      job_id: job.id,
      workflow_id: workflow.id,
      workspace_id: workflow.id,
      upstream_job_ids: upstream({job, workflow}),
      upstream_concurrency_map: {},
      workflow_name: workflow.spec.name
    }
  }
}

function progress({world}: Call, {job, now}: FoundJob): object {
  const finished = now.plan.stop <= world.now()
  const started = isStarted(world, now)
  return {
    status: now.status,
    lifecycle: finished ? 'finished' : started ? 'running' : 'queued',
    outcome: finished ? now.status : null,
    failed: finished ? now.status !== 'success' : null,
    canceled: now.status === 'canceled',
    timedout: now.status === 'timedout',
    infrastructure_fail: now.status === 'infrastructure_fail',
    queued_at: timestamp(now.plan.ready),
    usage_queued_at: timestamp(now.plan.ready),
    start_time: started ? timestamp(now.plan.start) : null,
    stop_time: finished ? timestamp(now.plan.stop) : null,
    build_time_millis: finished && started ? now.plan.stop - now.plan.start : null,
    has_artifacts: finished && (job.spec.artifacts ?? []).length > 0,
    messages: job.spec.messages ?? [],
    retry_of: null,
    retries: null,
    ssh_disabled: true
  }
}

function upstream({job, workflow}: Pick<FoundJob, 'job' | 'workflow'>): string[] {
  const names = (job.spec.requires ?? []).map(entry =>
    typeof entry === 'string' ? entry : entry.job
  )
  return workflow.jobs.filter(({spec}) => names.includes(spec.name)).map(({id}) => id)
}

function steps({world}: Call, {now}: FoundJob): object[] {
  const layout = behaviourOf(world).tries
  return stepsOf(world, now).map(({step, nodes, ...at}) => ({
    name: step.name,
    actions: nodes.flatMap(({index, status}) => {
      const {tries = []} = step
      const earlier = layout === 'each' ? tries : []
      return [
        ...earlier.map((its, attempt) => ({...its, status: 'failed', attempt})),
        {...step, status, attempt: tries.length}
      ].map(its => action(world, now, {...at, ...its, step, index}))
    })
  }))
}

interface ActionNow {
  readonly step: StepSpec
  readonly position: number
  readonly index: number
  readonly status: string
  /** How many tries came before. */
  readonly attempt: number
  readonly exitCode?: number
  readonly output?: string
  readonly error?: string
  readonly startedAt: number
  readonly stoppedAt: number | null
}

function action(world: World, {job}: JobNow, its: ActionNow): object {
  const {step, position, index, status, attempt, startedAt, stoppedAt} = its
  const {tries = []} = step
  return {
    index,
    step: position,
    name: step.name,
    type: 'test',
    allocation_id: `${job.id}-${index}-build`,
    bash_command: step.command ?? null,
    status,
    failed: status !== 'failed' || step.failedUnknown === true ? null : true,
    exit_code: status === 'running' ? null : status === 'failed' ? (its.exitCode ?? 1) : 0,
    start_time: timestamp(startedAt),
    end_time: timestamp(stoppedAt),
    run_time_millis: stoppedAt === null ? null : stoppedAt - startedAt,
    has_output: (its.output ?? its.error ?? '') !== '',
    output_url: outputUrl(world, job, {node: index, step: position, attempt}),
    parallel: (job.spec.parallelism ?? 1) > 1,
    truncated: false,
    background: false,
    canceled: status === 'canceled' ? true : null,
    timedout: status === 'timedout' ? true : null,
    infrastructure_fail: status === 'infrastructure_fail' ? true : null,
    insignificant: false,
    continue: null,
    ...(tries.length === 0 ? {} : {auto_rerun_number: attempt, max_auto_reruns: tries.length})
  }
}
