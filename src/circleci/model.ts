import {Fields, type Json} from '../base/json.ts'

// CircleCI's objects as this action uses them. Each decoder defines its type: snake_case becomes camelCase, times stay
// ISO 8601 strings, absent and null become `undefined`. Only what a verdict rests on is required, as real replies leave
// out fields that the document calls required. Statuses stay open strings: CircleCI adds values without notice, and one
// we do not know must never end a wait. https://circleci.com/docs/api/v2/

/** What to build: one branch or one tag. */
export type Ref = {readonly branch: string} | {readonly tag: string}
/** A value of a pipeline parameter, in one of CircleCI's three types (enumerations are strings). */
export type ParameterValue = string | number | boolean
/** Pipeline parameters by name. */
export type PipelineParameters = Readonly<Record<string, ParameterValue>>

/** A pipeline. */
export type Pipeline = Readonly<ReturnType<typeof decodePipeline>>

/** Reads a pipeline: `GET /pipeline/{id}`. Throws a `ShapeError` without id, number or state. */
export function decodePipeline(json: Json) {
  const fields = new Fields(json, 'pipeline')
  const trigger = fields.object('trigger')
  return {
    id: fields.requiredString('id'),
    number: fields.requiredNumber('number'),
    projectSlug: fields.string('project_slug') ?? '',
    /** `created`, `errored`, `setup-pending`, `setup`, `pending`, or a value unknown today. */
    state: fields.requiredString('state'),
    createdAt: fields.string('created_at') ?? '',
    errors: fields.objects('errors').map(decodeMessage) as readonly PipelineMessage[],
    /** What CircleCI says of the config without refusing it. */
    warnings: fields.objects('warnings').map(decodeMessage) as readonly PipelineMessage[],
    /** `webhook`, `api`, `explicit`, `scheduled_pipeline`, or another. */
    triggerType: trigger?.string('type') ?? '',
    actorLogin: trigger?.object('actor')?.string('login'),
    ...decodeSource(fields)
  }
}

/**
 * Only pipelines of OAuth and Bitbucket Cloud projects have a `vcs`; for the others, what was built is among the
 * parameters of the trigger, in places that differ by the kind of project. What does not apply may be an empty string.
 * https://circleci.com/docs/outbound-webhooks-reference/
 */
function decodeSource(fields: Fields) {
  const parameters = fields.object('trigger_parameters')
  const places = [
    fields.object('vcs'),
    ...['git', 'github_app', 'gitlab'].map(name => parameters?.object(name))
  ]
  const first = (...names: readonly string[]): string | undefined =>
    places
      .flatMap(place => names.map(name => place?.string(name)))
      .find(value => value !== undefined && value !== '')
  return {
    branch: first('branch'),
    tag: first('tag'),
    defaultBranch: first('default_branch'),
    /** The commit built; may be missing for some integrations. */
    revision: first('revision', 'checkout_sha', 'commit_sha')
  }
}

/**
 * Why a pipeline is errored, or what CircleCI warns about, in its words. A message may have several lines; types are
 * open (`config`, `plan`, `config-deprecated-syntax`, ...).
 * https://circleci.com/changelog/api-change-pipeline-error-response-format-update/
 */
export type PipelineMessage = Readonly<ReturnType<typeof decodeMessage>>

function decodeMessage(fields: Fields) {
  return {type: fields.string('type') ?? 'other', message: fields.string('message') ?? ''}
}

/** The answer of a trigger that made a pipeline. */
export type TriggeredPipeline = Pick<Pipeline, 'id' | 'number' | 'state' | 'createdAt'>

/** A pipeline's config as it was written, and as CircleCI compiled it with the values of its parameters. */
export type PipelineConfig = Readonly<ReturnType<typeof decodeConfig>>

/**
 * Reads `GET /pipeline/{id}/config`. CircleCI's document writes `setup-config`, its replies `setup_config`: both are
 * read. Without a setup workflow the two setup texts are '', and all are while CircleCI is compiling.
 * https://github.com/CircleCI-Labs/circleci-editor (internal/circleci/pipeline_test.go, a recorded reply)
 */
export function decodeConfig(json: Json) {
  const fields = new Fields(json, 'config')
  const text = (name: string): string =>
    fields.string(name) ?? fields.string(name.replaceAll('_', '-')) ?? ''
  return {
    source: text('source'),
    setupSource: text('setup_config'),
    compiled: text('compiled'),
    compiledSetup: text('compiled_setup_config')
  }
}

/** Reads `GET /pipeline/{id}/values`: a flat map; values of other kinds than string, number and boolean are left out. */
export function decodeValues(json: Json): PipelineParameters {
  return new Fields(json, 'pipeline values').scalars()
}

/** One run of a workflow, first runs and reruns alike. */
export type Workflow = Readonly<ReturnType<typeof decodeListedWorkflow>>

/** Reads `GET /workflow/{id}`. Throws a `ShapeError` without id or name. */
export function decodeWorkflow(json: Json): Workflow {
  new Fields(json, 'workflow').requiredString('id')
  return decodeListedWorkflow(json)
}

/**
 * Reads a row of `GET /pipeline/{id}/workflow`. It may lack an id (then ''): that there is a workflow counts all the
 * same. Throws a `ShapeError` without a name.
 */
export function decodeListedWorkflow(json: Json) {
  const fields = new Fields(json, 'workflow')
  return {
    id: fields.string('id') ?? '',
    name: fields.requiredString('name'),
    pipelineNumber: fields.number('pipeline_number') ?? 0,
    /** A status CircleCI left out (seen as null) is one we do not know: it ends nothing. */
    status: fields.string('status') ?? 'unknown',
    createdAt: fields.string('created_at') ?? '',
    stoppedAt: fields.string('stopped_at'),
    /** True for a setup workflow, whose success continues the pipeline. */
    setup: fields.string('tag') === 'setup',
    /** Which automatic rerun this is; 0 for a first run. */
    autoRerunNumber: fields.number('auto_rerun_number') ?? 0,
    /** How many automatic reruns the config allows; 0 for none. */
    maxAutoReruns: fields.number('max_auto_reruns') ?? 0
  }
}

/** A job of a workflow. */
export type Job = Readonly<ReturnType<typeof decodeJob>>

/** Reads a row of `GET /workflow/{id}/job`. Throws a `ShapeError` without id or name. */
export function decodeJob(json: Json) {
  const fields = new Fields(json, 'job')
  return {
    id: fields.requiredString('id'),
    name: fields.requiredString('name'),
    /** `build`, `approval`, or another; only `build` has logs, tests and artifacts. */
    type: fields.string('type') ?? 'build',
    status: fields.string('status') ?? 'unknown',
    number: fields.number('job_number'),
    startedAt: fields.string('started_at'),
    stoppedAt: fields.string('stopped_at'),
    /** Ids of the jobs this one waits for. */
    dependencies: fields.strings('dependencies'),
    /** Statuses that satisfy a dependency, by its id; where there are none it is `success`. */
    requires: fields.object('requires')?.lists(),
    approvalRequestId: fields.string('approval_request_id')
  }
}

/** A project. */
export type Project = Readonly<ReturnType<typeof decodeProject>>

/** Reads `GET /project/{slug}`. Throws a `ShapeError` without an id. */
export function decodeProject(json: Json) {
  const fields = new Fields(json, 'project')
  return {
    id: fields.requiredString('id'),
    name: fields.string('name') ?? '',
    /** `GitHub`, `Bitbucket` or `CircleCI` (the last: GitHub App, GitLab and the like). */
    provider: fields.object('vcs_info')?.string('provider') ?? ''
  }
}

/** A pipeline definition of a project (run endpoint only). */
export type PipelineDefinition = Readonly<ReturnType<typeof decodeDefinition>>

/** Reads a pipeline definition. Throws a `ShapeError` without an id. */
export function decodeDefinition(json: Json) {
  const fields = new Fields(json, 'pipeline definition')
  return {
    id: fields.requiredString('id'),
    name: fields.string('name') ?? '',
    configRepository: fields.object('config_source')?.object('repo')?.string('full_name'),
    checkoutRepository: fields.object('checkout_source')?.object('repo')?.string('full_name')
  }
}

/** Who a token belongs to. */
export type User = Readonly<ReturnType<typeof decodeUser>>

/** Reads `GET /me`. Throws a `ShapeError` without an id. */
export function decodeUser(json: Json) {
  const fields = new Fields(json, 'user')
  return {
    id: fields.requiredString('id'),
    login: fields.string('login') ?? '',
    name: fields.string('name') ?? ''
  }
}

/** An artifact of a job. */
export type JobArtifact = Readonly<ReturnType<typeof decodeArtifact>>

/** Reads a row of `GET /project/{slug}/{job-number}/artifacts`. Throws a `ShapeError` without a path or an address. */
export function decodeArtifact(json: Json) {
  const fields = new Fields(json, 'artifact')
  return {
    path: fields.requiredString('path'),
    nodeIndex: fields.number('node_index') ?? 0,
    url: fields.requiredString('url')
  }
}

/** A test's result as the job stored it. */
export type TestResult = Readonly<ReturnType<typeof decodeTest>>

/** Reads a row of `GET /project/{slug}/{job-number}/tests`. */
export function decodeTest(json: Json) {
  const fields = new Fields(json, 'test')
  return {
    name: fields.string('name') ?? '',
    classname: fields.string('classname') ?? '',
    file: fields.string('file'),
    /** `success`, `skipped`, `failure`, `error`, or another; anything but the first two is a failure. */
    result: fields.string('result') ?? 'unknown',
    message: fields.string('message')
  }
}

/** One past run of a workflow, from Insights. */
export type WorkflowRun = Readonly<ReturnType<typeof decodeRun>>

/** Reads a row of `GET /insights/{slug}/workflows/{name}`. */
export function decodeRun(json: Json) {
  const fields = new Fields(json, 'workflow run')
  return {
    id: fields.string('id') ?? '',
    branch: fields.string('branch'),
    /** Seconds. */
    duration: fields.number('duration'),
    status: fields.string('status'),
    createdAt: fields.string('created_at') ?? ''
  }
}

/** A test that Insights knows to be flaky. */
export type FlakyTest = Readonly<ReturnType<typeof decodeFlakyTests>[number]>

/** Reads `GET /insights/{slug}/flaky-tests`. CircleCI's document writes `flaky-tests`, its replies `flaky_tests`: both are read. */
export function decodeFlakyTests(json: Json) {
  const fields = new Fields(json, 'flaky tests')
  const either = (test: Fields, name: string): string | undefined =>
    test.string(name) ?? test.string(name.replaceAll('_', '-'))
  return [...fields.objects('flaky_tests'), ...fields.objects('flaky-tests')].map(test => ({
    testName: either(test, 'test_name') ?? '',
    classname: either(test, 'classname'),
    file: either(test, 'file'),
    jobName: either(test, 'job_name') ?? ''
  }))
}
