/** A shape: the name of a type (`?` also allows null), a list of one shape, or the keys of an object. */
export type Shape = string | readonly [Shape] | {readonly [key: string]: Shape}

const vcs = {
  provider_name: 'string',
  target_repository_url: 'string',
  origin_repository_url: 'string',
  revision: 'string',
  'branch?': 'string',
  'tag?': 'string',
  'review_id?': 'string',
  'review_url?': 'string',
  commit: {subject: 'string', body: 'string'}
}

const pipeline = {
  id: 'uuid',
  number: 'integer',
  project_slug: 'string',
  state: 'string',
  created_at: 'time',
  updated_at: 'time',
  errors: [{type: 'string', message: 'string'}],
  'warnings?': [{type: 'string', message: 'string'}],
  trigger: {type: 'string', received_at: 'time', actor: {login: 'string', avatar_url: 'string'}},
  'vcs?': vcs,
  'trigger_parameters?': 'object'
} as const

const workflow = {
  id: 'uuid',
  name: 'string',
  status: 'string',
  created_at: 'time',
  stopped_at: 'time?',
  pipeline_id: 'uuid',
  pipeline_number: 'integer',
  project_slug: 'string',
  started_by: 'uuid',
  'canceled_by?': 'uuid',
  'errored_by?': 'uuid',
  'tag?': 'string',
  'auto_rerun_number?': 'integer',
  'max_auto_reruns?': 'integer'
}

const job = {
  id: 'uuid',
  name: 'string',
  type: 'string',
  status: 'string',
  'started_at?': 'time',
  stopped_at: 'time?',
  project_slug: 'string',
  dependencies: ['uuid'],
  requires: 'object',
  'job_number?': 'integer',
  'approval_request_id?': 'uuid',
  'approved_by?': 'uuid',
  'canceled_by?': 'uuid'
} as const

const durations = {
  min: 'integer',
  mean: 'integer',
  median: 'integer',
  p95: 'integer',
  max: 'integer',
  standard_deviation: 'number'
}

const metrics = {
  total_runs: 'integer',
  successful_runs: 'integer',
  failed_runs: 'integer',
  success_rate: 'number',
  throughput: 'number',
  total_credits_used: 'integer',
  duration_metrics: durations
}

const testMetric = {
  test_name: 'string',
  classname: 'string?',
  file: 'string?',
  source: 'string?',
  job_name: 'string',
  p95_duration: 'number',
  total_runs: 'integer',
  failed_runs: 'integer',
  flaky: 'boolean'
}

const definition = {
  id: 'uuid',
  name: 'string',
  description: 'string',
  'created_at?': 'time',
  config_source: {
    provider: 'string',
    repo: {full_name: 'string', external_id: 'string'},
    file_path: 'string'
  },
  checkout_source: {provider: 'string', repo: {full_name: 'string', external_id: 'string'}}
}

const triggered = {id: 'uuid', number: 'integer', state: 'string', created_at: 'time'}
const message = {message: 'string'}
const page = (item: Shape) => ({items: [item], next_page_token: 'string?'}) as const
const insights = '/insights/{project-slug}/workflows'
const named = `${insights}/{workflow-name}`
const project = '/project/{project-slug}'

/** What each operation answers when all is well. */
export const shapes: Readonly<Record<string, Shape>> = {
  'GET /me 200': {id: 'uuid', login: 'string', name: 'string', avatar_url: 'string'},
  // The document has `vcs-type`; the real key, which CircleCI's own CLI reads, is `vcs_type`.
  'GET /me/collaborations 200': [
    {id: 'uuid', vcs_type: 'string', name: 'string', avatar_url: 'string', slug: 'string'}
  ],
  [`GET ${project} 200`]: {
    id: 'uuid',
    slug: 'string',
    name: 'string',
    organization_id: 'uuid',
    organization_name: 'string',
    organization_slug: 'string',
    vcs_info: {vcs_url: 'string', provider: 'string', default_branch: 'string'}
  },
  [`POST ${project}/pipeline 201`]: triggered,
  // What becomes of a commit that says to skip CI is not in the document for this endpoint.
  [`POST ${project}/pipeline 200`]: message,
  'POST /project/{provider}/{organization}/{project}/pipeline/run 201': triggered,
  'POST /project/{provider}/{organization}/{project}/pipeline/run 200': message,
  'GET /projects/{project_id}/pipeline-definitions 200': {items: [definition]},
  'GET /projects/{project_id}/pipeline-definitions/{pipeline_definition_id} 200': definition,
  'GET /pipeline 200': page(pipeline),
  'GET /pipeline/{pipeline-id} 200': pipeline,
  'GET /pipeline/{pipeline-id}/values 200': 'object',
  'GET /pipeline/{pipeline-id}/config 200': {
    source: 'string',
    compiled: 'string',
    // The document has hyphens; a live reply had underscores, and both keys without a setup config.
    setup_config: 'string',
    compiled_setup_config: 'string'
  },
  'GET /pipeline/{pipeline-id}/workflow 200': page(workflow),
  'POST /pipeline/continue 200': message,
  [`GET ${project}/pipeline 200`]: page(pipeline),
  [`GET ${project}/pipeline/mine 200`]: page(pipeline),
  [`GET ${project}/pipeline/{pipeline-number} 200`]: pipeline,
  'GET /workflow/{id} 200': workflow,
  'GET /workflow/{id}/job 200': page(job),
  'POST /workflow/{id}/approve/{approval_request_id} 202': message,
  'POST /workflow/{id}/cancel 202': message,
  'POST /workflow/{id}/rerun 202': {workflow_id: 'uuid'},
  [`GET ${project}/job/{job-number} 200`]: {
    web_url: 'string',
    number: 'integer',
    name: 'string',
    status: 'string',
    created_at: 'time',
    queued_at: 'time',
    'started_at?': 'time',
    stopped_at: 'time?',
    duration: 'integer?',
    parallelism: 'integer',
    parallel_runs: [{index: 'integer', status: 'string'}],
    executor: {resource_class: 'string', type: 'string'},
    latest_workflow: {id: 'uuid', name: 'string'},
    pipeline: {id: 'uuid'},
    project: {id: 'uuid', slug: 'string', name: 'string', external_url: 'string'},
    organization: {name: 'string'},
    contexts: [{name: 'string'}],
    messages: [{type: 'string', message: 'string'}]
  },
  [`POST ${project}/job/{job-number}/cancel 200`]: message,
  'POST /jobs/{job-id}/cancel 200': message,
  [`GET ${project}/{job-number}/artifacts 200`]: page({
    path: 'string',
    node_index: 'integer',
    url: 'string'
  }),
  [`GET ${project}/{job-number}/tests 200`]: page({
    name: 'string',
    classname: 'string',
    file: 'string',
    source: 'string',
    result: 'string',
    run_time: 'number',
    message: 'string?'
  }),
  [`GET ${insights} 200`]: page({
    name: 'string',
    project_id: 'uuid',
    window_start: 'time',
    window_end: 'time',
    metrics: {...metrics, mttr: 'integer', total_recoveries: 'integer'}
  }),
  [`GET ${named} 200`]: page({
    id: 'uuid',
    branch: 'string',
    duration: 'integer',
    created_at: 'time',
    stopped_at: 'time',
    credits_used: 'integer',
    status: 'string',
    is_approval: 'boolean'
  }),
  [`GET ${named}/jobs 200`]: page({
    name: 'string',
    window_start: 'time',
    window_end: 'time',
    metrics
  }),
  [`GET ${named}/summary 200`]: {
    metrics: {
      ...metrics,
      mttr: 'integer',
      completed_runs: 'integer',
      window_start: 'time',
      window_end: 'time'
    },
    trends: {
      total_runs: 'number',
      failed_runs: 'number',
      success_rate: 'number',
      p95_duration_secs: 'number',
      median_duration_secs: 'number',
      total_credits_used: 'number',
      mttr: 'number',
      throughput: 'number'
    },
    workflow_names: ['string']
  },
  [`GET ${named}/test-metrics 200`]: {
    average_test_count: 'integer',
    most_failed_tests: [testMetric],
    most_failed_tests_extra: 'integer',
    slowest_tests: [testMetric],
    slowest_tests_extra: 'integer',
    total_test_runs: 'integer',
    test_runs: [
      {
        pipeline_number: 'integer',
        workflow_id: 'uuid',
        success_rate: 'number',
        test_counts: {
          error: 'integer',
          failure: 'integer',
          skipped: 'integer',
          success: 'integer',
          total: 'integer'
        }
      }
    ]
  },
  'GET /insights/{project-slug}/branches 200': {
    org_id: 'uuid',
    project_id: 'uuid',
    branches: ['string']
  },
  // The document has hyphens in all of these keys; the real replies have underscores.
  'GET /insights/{project-slug}/flaky-tests 200': {
    total_flaky_tests: 'integer',
    flaky_tests: [
      {
        test_name: 'string',
        classname: 'string?',
        file: 'string?',
        source: 'string?',
        job_name: 'string',
        job_number: 'integer',
        pipeline_number: 'integer',
        workflow_id: 'uuid',
        workflow_name: 'string',
        workflow_created_at: 'time',
        times_flaked: 'integer',
        time_wasted: 'integer'
      }
    ]
  }
}

/** Returns a shape as JSON Schema; objects have the keys named and no others. */
export function schemaOf(shape: Shape): object {
  if (typeof shape === 'string') return typeSchema(shape)
  if (Array.isArray(shape)) return {type: 'array', items: schemaOf((shape as readonly [Shape])[0])}
  const entries = Object.entries(shape as Readonly<Record<string, Shape>>)
  const properties = entries.map(([key, value]) => [key.replace(/\?$/, ''), schemaOf(value)])
  return {
    type: 'object',
    properties: Object.fromEntries(properties) as object,
    required: entries.map(([key]) => key).filter(key => !key.endsWith('?')),
    additionalProperties: false
  }
}

function typeSchema(name: string): object {
  if (name.endsWith('?')) return {anyOf: [typeSchema(name.slice(0, -1)), {type: 'null'}]}
  if (name === 'uuid') return {type: 'string', format: 'uuid'}
  return name === 'time' ? {type: 'string', format: 'date-time'} : {type: name}
}
