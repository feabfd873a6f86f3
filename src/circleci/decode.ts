import type {
  FlakyTest,
  Job,
  JobArtifact,
  Pipeline,
  PipelineConfig,
  PipelineDefinition,
  PipelineMessage,
  PipelineParameters,
  Project,
  StepAction,
  TestResult,
  User,
  Workflow,
  WorkflowRun
} from './model.ts'
import {Fields, type Json} from './fields.ts'

// CircleCI's JSON turned into the objects of `model.ts`. Only what a verdict rests on is required; everything else may be
// missing, as real replies leave out fields the document calls required. https://circleci.com/docs/api/v2/

/** Reads a pipeline. Throws a `ShapeError` without id, number or state. */
export function decodePipeline(json: Json): Pipeline {
  const fields = new Fields(json, 'pipeline')
  const trigger = fields.object('trigger')
  return {
    id: fields.requiredString('id'),
    number: fields.requiredNumber('number'),
    projectSlug: fields.string('project_slug') ?? '',
    state: fields.requiredString('state'),
    createdAt: fields.string('created_at') ?? '',
    errors: fields.objects('errors').map(decodeMessage),
    warnings: fields.objects('warnings').map(decodeMessage),
    triggerType: trigger?.string('type') ?? '',
    actorLogin: trigger?.object('actor')?.string('login'),
    ...whatWasBuilt(fields)
  }
}

/**
 * Only pipelines of OAuth and Bitbucket Cloud projects have a `vcs`; the others tell what was built among the parameters
 * of their trigger, in places that differ by the kind of project. What does not apply may be an empty string.
 * https://circleci.com/docs/outbound-webhooks-reference/
 */
function whatWasBuilt(
  fields: Fields
): Pick<Pipeline, 'branch' | 'tag' | 'revision' | 'defaultBranch'> {
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
    revision: first('revision', 'checkout_sha', 'commit_sha')
  }
}

function decodeMessage(fields: Fields): PipelineMessage {
  return {type: fields.string('type') ?? 'other', message: fields.string('message') ?? ''}
}

/** Reads a workflow. Throws a `ShapeError` without id or name. */
export function decodeWorkflow(json: Json): Workflow {
  new Fields(json, 'workflow').requiredString('id')
  return decodeListedWorkflow(json)
}

/** Reads a row of a listing, which may lack an id (then ''): that there is a workflow is told all the same. Throws a `ShapeError` without a name. */
export function decodeListedWorkflow(json: Json): Workflow {
  const fields = new Fields(json, 'workflow')
  return {
    id: fields.string('id') ?? '',
    name: fields.requiredString('name'),
    pipelineId: fields.string('pipeline_id') ?? '',
    pipelineNumber: fields.number('pipeline_number') ?? 0,
    projectSlug: fields.string('project_slug') ?? '',
    // A status CircleCI left out (seen as null) is one we do not know: it ends nothing.
    status: fields.string('status') ?? 'unknown',
    createdAt: fields.string('created_at') ?? '',
    stoppedAt: fields.string('stopped_at'),
    setup: fields.string('tag') === 'setup',
    autoRerunNumber: fields.number('auto_rerun_number') ?? 0,
    maxAutoReruns: fields.number('max_auto_reruns') ?? 0
  }
}

/** Reads a job. Throws a `ShapeError` without id or name. */
export function decodeJob(json: Json): Job {
  const fields = new Fields(json, 'job')
  return {
    id: fields.requiredString('id'),
    name: fields.requiredString('name'),
    type: fields.string('type') ?? 'build',
    status: fields.string('status') ?? 'unknown',
    number: fields.number('job_number'),
    startedAt: fields.string('started_at'),
    stoppedAt: fields.string('stopped_at'),
    dependencies: fields.strings('dependencies'),
    requires: fields.object('requires')?.lists(),
    approvalRequestId: fields.string('approval_request_id')
  }
}

/** Reads a project. Throws a `ShapeError` without an id. */
export function decodeProject(json: Json): Project {
  const fields = new Fields(json, 'project')
  const vcs = fields.object('vcs_info')
  return {
    id: fields.requiredString('id'),
    slug: fields.string('slug') ?? '',
    name: fields.string('name') ?? '',
    provider: vcs?.string('provider') ?? ''
  }
}

/** Reads a pipeline definition. Throws a `ShapeError` without an id. */
export function decodeDefinition(json: Json): PipelineDefinition {
  const fields = new Fields(json, 'pipeline definition')
  const config = fields.object('config_source')
  return {
    id: fields.requiredString('id'),
    name: fields.string('name') ?? '',
    description: fields.string('description'),
    configRepository: config?.object('repo')?.string('full_name'),
    checkoutRepository: fields.object('checkout_source')?.object('repo')?.string('full_name')
  }
}

/** Reads a user. Throws a `ShapeError` without an id. */
export function decodeUser(json: Json): User {
  const fields = new Fields(json, 'user')
  return {
    id: fields.requiredString('id'),
    login: fields.string('login') ?? '',
    name: fields.string('name') ?? ''
  }
}

/** Reads an artifact. Throws a `ShapeError` without a path or an address. */
export function decodeArtifact(json: Json): JobArtifact {
  const fields = new Fields(json, 'artifact')
  return {
    path: fields.requiredString('path'),
    nodeIndex: fields.number('node_index') ?? 0,
    url: fields.requiredString('url')
  }
}

/** Reads a test result; a result that is missing is `unknown`, which counts as a failure. */
export function decodeTest(json: Json): TestResult {
  const fields = new Fields(json, 'test')
  return {
    name: fields.string('name') ?? '',
    classname: fields.string('classname') ?? '',
    file: fields.string('file'),
    source: fields.string('source'),
    result: fields.string('result') ?? 'unknown',
    message: fields.string('message')
  }
}

/** Reads a past run of a workflow. */
export function decodeRun(json: Json): WorkflowRun {
  const fields = new Fields(json, 'workflow run')
  return {
    id: fields.string('id') ?? '',
    branch: fields.string('branch'),
    duration: fields.number('duration'),
    status: fields.string('status'),
    createdAt: fields.string('created_at') ?? ''
  }
}

/** CircleCI's document writes `flaky-tests`, its replies `flaky_tests`: both are read. */
export function decodeFlakyTests(json: Json): FlakyTest[] {
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

/** Steps of a v1.1 build page. https://circleci.com/docs/api/v1/#single-job */
export function decodeSteps(json: Json): StepAction[] {
  const fields = new Fields(json, 'job page')
  return fields.objects('steps').flatMap(step =>
    step.objects('actions').map(action => ({
      stepName: step.string('name') ?? '',
      nodeIndex: action.number('index') ?? 0,
      status: action.string('status') ?? '',
      failed: action.boolean('failed'),
      exitCode: action.number('exit_code'),
      command: action.string('bash_command'),
      outputUrl: action.string('output_url'),
      hasOutput: action.boolean('has_output') ?? action.string('output_url') !== undefined
    }))
  )
}

/**
 * CircleCI's document writes `setup-config`, its replies `setup_config`: both are read. Without a setup workflow the
 * two setup texts are empty, and all are while CircleCI is compiling.
 * https://github.com/CircleCI-Labs/circleci-editor (internal/circleci/pipeline_test.go, a recorded reply)
 */
export function decodeConfig(json: Json): PipelineConfig {
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

/** A flat map; values of other kinds than string, number and boolean are left out. */
export function decodeValues(json: Json): PipelineParameters {
  return new Fields(json, 'pipeline values').scalars()
}
