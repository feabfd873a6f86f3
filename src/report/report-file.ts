import type {Result} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'
import {pipelineDurationMs} from './timeline.ts'

/**
 * Renders the file behind the `report` output: every output under its own name, as JSON values and uncut, with every
 * attempt of workflows and jobs. `docs/report.schema.json` describes it; what is not known is `null`.
 */
export function renderReport(result: Result): string {
  return `${JSON.stringify(reportDocument(result), null, 2)}\n`
}

/** The same as a value, for code that needs single fields (the outputs are rows of it). */
export function reportDocument(result: Result) {
  const {pipeline, verdict} = result
  return {
    'pipeline-id': pipeline?.id ?? null,
    'pipeline-number': pipeline?.number ?? null,
    'pipeline-url': pipeline?.url ?? null,
    'pipeline-state': pipeline?.state ?? null,
    'created-at': pipeline?.createdAt ?? null,
    triggered: result.triggered,
    conclusion: verdict?.conclusion ?? null,
    'failure-reason': verdict?.reason ?? null,
    duration: verdict === undefined ? null : Math.round(pipelineDurationMs(result) / 1000),
    workflows: result.workflows.map(workflowRow),
    jobs: result.jobs.map(jobRow),
    'failed-jobs': failedJobNames(result),
    'failed-tests': result.failedTests.map(testRow),
    artifacts: result.artifacts.map(artifactRow),
    'artifact-urls': result.artifacts.map(({url}) => url),
    'artifacts-path': result.artifactsPath ?? null,
    omissions: result.omissions
  }
}

/** Names of the failed jobs of the latest attempts, each once. */
export function failedJobNames(result: Result): string[] {
  const names = result.jobs.filter(job => job.latest && isFailed(job.status)).map(({name}) => name)
  return [...new Set(names)]
}

function workflowRow(workflow: Result['workflows'][number]) {
  return {
    id: workflow.id,
    name: workflow.name,
    status: workflow.status,
    url: workflow.url,
    attempt: workflow.attempt,
    latest: workflow.latest,
    deciding: workflow.deciding,
    created_at: workflow.createdAt,
    stopped_at: workflow.stoppedAt ?? null
  }
}

function jobRow(job: Result['jobs'][number]) {
  return {
    workflow: job.workflow,
    workflow_id: job.workflowId,
    attempt: job.attempt,
    latest: job.latest,
    name: job.name,
    type: job.type,
    number: job.number ?? null,
    status: job.status,
    url: job.url ?? null,
    started_at: job.startedAt ?? null,
    stopped_at: job.stoppedAt ?? null
  }
}

function testRow(test: Result['failedTests'][number]) {
  return {
    workflow: test.workflow,
    job: test.job,
    job_number: test.jobNumber,
    name: test.name,
    classname: test.classname,
    file: test.file ?? null,
    line: test.line ?? null,
    message: test.message,
    flaky: test.flaky
  }
}

function artifactRow(artifact: Result['artifacts'][number]) {
  return {
    workflow: artifact.workflow,
    job: artifact.job,
    job_number: artifact.jobNumber,
    node_index: artifact.nodeIndex,
    path: artifact.path,
    url: artifact.url
  }
}
