import {type Scenario, scenarios} from '../../simulator/index.ts'
import {dynamicSetup} from '../../simulator/scenarios/dynamic-config.ts'
import {type Answer, type Rig, startRig} from './client.ts'

/** An answer, and the operation that gave it. */
export interface Stop {
  readonly method: 'GET' | 'POST'
  /** The path as CircleCI's document writes it. */
  readonly operation: string
  readonly path: string
  readonly answer: Answer
}

type Visit = (
  method: Stop['method'],
  operation: string,
  path: string,
  body?: unknown
) => Promise<Answer>

/**
 * Sends every request the simulator knows at several moments of several scenarios, and some that are refused, and
 * returns every answer.
 */
export async function tour(): Promise<Stop[]> {
  const stops: Stop[] = []
  for (const scenario of [...visited, onRequest]) await visitScenario(scenario, stops)
  return stops
}

const visited: readonly Scenario[] = [
  scenarios.failing,
  scenarios['dynamic-config'],
  scenarios['on-hold'],
  scenarios['auto-rerun'],
  scenarios['config-errors'],
  scenarios.canceled,
  scenarios['workflow-error'],
  scenarios['github-app-definitions'],
  scenarios['skip-ci']
]

/** Dynamic config that continues when it is asked to. */
const onRequest: Scenario = {
  ...scenarios['dynamic-config'],
  pipeline: {
    ...scenarios['dynamic-config'].pipeline,
    setup: {...dynamicSetup, continuation: 'request'}
  }
}

async function visitScenario(scenario: Scenario, stops: Stop[]): Promise<void> {
  const rig = await startRig({scenario, pageSize: 2})
  const visit: Visit = async (method, operation, path, body) => {
    const answer = await (method === 'GET' ? rig.get(path) : rig.post(path, body))
    stops.push({method, operation, path, answer})
    return answer
  }
  await visitProject(rig, visit)
  for (const seconds of [1.3, 1.4, 7]) {
    rig.seconds(seconds)
    await visitPipelines(rig, visit)
    if (seconds > 1.3) await visitJobs(rig, visit)
  }
  await visitCommands(rig, visit)
  await visitInsights(rig, scenario, visit)
  await visitRefusals(rig, visit)
}

async function visitProject({simulator}: Rig, visit: Visit): Promise<void> {
  const {slug} = simulator
  await visit('GET', '/me', '/me')
  await visit('GET', '/me/collaborations', '/me/collaborations')
  const project = await visit('GET', '/project/{project-slug}', `/project/${slug}`)
  const {id} = project.json as {id: string}
  const definitions = `/projects/${id}/pipeline-definitions`
  const list = await visit('GET', '/projects/{project_id}/pipeline-definitions', definitions)
  const {items} = list.json as {items: {id: string}[]}
  const definition = String(items[0]?.id)
  await visit(
    'GET',
    '/projects/{project_id}/pipeline-definitions/{pipeline_definition_id}',
    `${definitions}/${definition}`
  )
  const ref = {branch: 'topic'}
  await visit(
    'POST',
    '/project/{provider}/{organization}/{project}/pipeline/run',
    `/project/${slug}/pipeline/run`,
    {definition_id: definition, config: ref, checkout: ref}
  )
  const classic = '/project/{project-slug}/pipeline'
  await visit('POST', classic, `/project/${slug}/pipeline`, {parameters: {retries: 1}, tag: 'v1'})
  simulator.startPipeline({ref: {branch: 'pull/7/head'}})
}

async function visitPipelines({simulator}: Rig, visit: Visit): Promise<void> {
  const {slug} = simulator
  await visit('GET', '/project/{project-slug}/pipeline', `/project/${slug}/pipeline`)
  await visit('GET', '/project/{project-slug}/pipeline/mine', `/project/${slug}/pipeline/mine`)
  await visit('GET', '/pipeline', '/pipeline?mine=true')
  for (const {id, number, workflows} of simulator.pipelines()) {
    await visit('GET', '/pipeline/{pipeline-id}', `/pipeline/${id}`)
    await visit('GET', '/pipeline/{pipeline-id}/values', `/pipeline/${id}/values`)
    await visit('GET', '/pipeline/{pipeline-id}/config', `/pipeline/${id}/config`)
    await visit('GET', '/pipeline/{pipeline-id}/workflow', `/pipeline/${id}/workflow`)
    const byNumber = '/project/{project-slug}/pipeline/{pipeline-number}'
    await visit('GET', byNumber, `/project/${slug}/pipeline/${number}`)
    for (const workflow of workflows) {
      await visit('GET', '/workflow/{id}', `/workflow/${workflow.id}`)
      await visit('GET', '/workflow/{id}/job', `/workflow/${workflow.id}/job`)
    }
  }
}

async function visitJobs({simulator}: Rig, visit: Visit): Promise<void> {
  const workflows = simulator.pipelines().flatMap(pipeline => pipeline.workflows)
  const jobs = workflows.flatMap(workflow => workflow.jobs)
  for (const {number} of jobs) await visitJob(simulator.slug, number, visit)
}

async function visitJob(slug: string, number: number, visit: Visit): Promise<void> {
  const project = `/project/${slug}`
  await visit('GET', '/project/{project-slug}/job/{job-number}', `${project}/job/${number}`)
  await visit('GET', '/project/{project-slug}/{job-number}/tests', `${project}/${number}/tests`)
  const artifacts = '/project/{project-slug}/{job-number}/artifacts'
  await visit('GET', artifacts, `${project}/${number}/artifacts`)
  await visit('GET', 'v1.1 build', `/api/v1.1/project/${slug}/${number}`)
}

async function visitCommands({simulator}: Rig, visit: Visit): Promise<void> {
  const {slug} = simulator
  for (const {id, jobs} of simulator.pipelines().flatMap(({workflows}) => workflows)) {
    await visit('POST', '/workflow/{id}/rerun', `/workflow/${id}/rerun`, {from_failed: true})
    for (const job of jobs) {
      const approval = '/workflow/{id}/approve/{approval_request_id}'
      await visit('POST', approval, `/workflow/${id}/approve/${job.id}`)
      await visit('POST', '/jobs/{job-id}/cancel', `/jobs/${job.id}/cancel`)
      const cancel = '/project/{project-slug}/job/{job-number}/cancel'
      await visit('POST', cancel, `/project/${slug}/job/${job.number}/cancel`)
    }
    await visit('POST', '/workflow/{id}/cancel', `/workflow/${id}/cancel`)
  }
  for (const {continuationKey} of simulator.pipelines()) {
    const body = {'continuation-key': continuationKey, configuration: 'version: 2.1'}
    await visit('POST', '/pipeline/continue', '/pipeline/continue', body)
  }
}

async function visitInsights({simulator}: Rig, {insights}: Scenario, visit: Visit): Promise<void> {
  const base = `/insights/${simulator.slug}`
  await visit('GET', '/insights/{project-slug}/flaky-tests', `${base}/flaky-tests`)
  await visit('GET', '/insights/{project-slug}/branches', `${base}/branches`)
  await visit('GET', '/insights/{project-slug}/workflows', `${base}/workflows`)
  for (const name of Object.keys(insights?.workflows ?? {})) {
    const path = `${base}/workflows/${encodeURIComponent(name)}`
    const operation = '/insights/{project-slug}/workflows/{workflow-name}'
    await visit('GET', operation, path)
    await visit('GET', `${operation}/jobs`, `${path}/jobs`)
    await visit('GET', `${operation}/summary`, `${path}/summary`)
    await visit('GET', `${operation}/test-metrics`, `${path}/test-metrics`)
  }
}

async function visitRefusals({simulator}: Rig, visit: Visit): Promise<void> {
  const nobody = '00000000-0000-4000-8000-000000000000'
  await visit('GET', '/pipeline/{pipeline-id}', `/pipeline/${nobody}`)
  await visit('GET', '/workflow/{id}', `/workflow/${nobody}`)
  await visit('GET', '/me', '/me?circle-token=x')
  await visit('GET', '/project/{project-slug}', '/project/gh/acme/nothing')
  await visit('GET', '/pipeline', '/pipeline?page-token=bad')
  const run = '/project/{provider}/{organization}/{project}/pipeline/run'
  await visit('POST', run, `/project/${simulator.slug}/pipeline/run`, {nope: 1})
  const classic = '/project/{project-slug}/pipeline'
  await visit('POST', classic, `/project/${simulator.slug}/pipeline`, {branch: ''})
}
