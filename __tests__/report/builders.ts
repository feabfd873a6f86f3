import {stepRecord, type PipelineRecord, type StepRecord} from '../../src/record/record.ts'
import type {
  Artifact,
  FailedTest,
  JobRun,
  LogTail,
  PipelineInfo,
  Result,
  Verdict,
  WorkflowAttempt,
  WorkflowHistory
} from '../../src/record/result.ts'

/** When every built pipeline was created. */
export const START = Date.parse('2026-03-05T09:30:00.000Z')

/** The ISO 8601 time so many seconds after `START`. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString()
}

const PIPELINE_URL = 'https://app.circleci.com/pipelines/github/acme/shop/4217'

export function aPipeline(overrides: Partial<PipelineInfo> = {}): PipelineInfo {
  return {
    id: '5034460f-c7c4-4c43-9457-de07e2029e7b',
    number: 4217,
    url: PIPELINE_URL,
    state: 'created',
    createdAt: at(0),
    branch: 'main',
    tag: undefined,
    revision: '1f6a2b9c3d4e5f60718293a4b5c6d7e8f9012345',
    triggerType: 'api',
    actorLogin: 'octocat',
    ...overrides
  }
}

export function aVerdict(overrides: Partial<Verdict> = {}): Verdict {
  return {
    conclusion: 'success',
    reason: undefined,
    passes: true,
    message: 'Workflow build-test succeeded.',
    ...overrides
  }
}

export function aWorkflow(overrides: Partial<WorkflowAttempt> = {}): WorkflowAttempt {
  const id = overrides.id ?? 'w1'
  return {
    id,
    name: 'build-test',
    pipelineNumber: 4217,
    status: 'success',
    createdAt: at(1),
    stoppedAt: at(252),
    setup: false,
    autoRerunNumber: 0,
    maxAutoReruns: 0,
    url: `${PIPELINE_URL}/workflows/${id}`,
    attempt: 1,
    latest: true,
    deciding: true,
    ...overrides
  }
}

export function aJob(overrides: Partial<JobRun> = {}): JobRun {
  const number = 'number' in overrides ? overrides.number : 101
  const workflowId = overrides.workflowId ?? 'w1'
  return {
    id: `job-${overrides.name ?? 'build'}`,
    name: 'build',
    type: 'build',
    status: 'success',
    number,
    startedAt: at(6),
    stoppedAt: at(66),
    dependencies: [],
    requires: undefined,
    approvalRequestId: undefined,
    workflow: 'build-test',
    workflowId,
    attempt: 1,
    latest: true,
    deciding: true,
    url:
      number === undefined
        ? undefined
        : `${PIPELINE_URL}/workflows/${workflowId}/jobs/${String(number)}`,
    ...overrides
  }
}

export function aTest(overrides: Partial<FailedTest> = {}): FailedTest {
  return {
    workflow: 'build-test',
    job: 'unit',
    jobNumber: 103,
    name: 'adds the tax to every line',
    classname: 'cart/totals',
    file: 'src/cart/totals.test.ts',
    line: 42,
    message: 'AssertionError: expected 119 to equal 118.99',
    flaky: false,
    inRepository: true,
    ...overrides
  }
}

export function aTail(overrides: Partial<LogTail> = {}): LogTail {
  return {
    workflow: 'build-test',
    job: 'unit',
    jobNumber: 103,
    nodeIndex: 0,
    step: 'Run unit tests',
    command: 'npm test',
    exitCode: 1,
    lines: ['FAIL src/cart/totals.test.ts', '  1 failed, 211 passed'],
    cut: true,
    ...overrides
  }
}

export function anArtifact(overrides: Partial<Artifact> = {}): Artifact {
  return {
    workflow: 'build-test',
    job: 'unit',
    jobNumber: 103,
    nodeIndex: 0,
    path: 'coverage/index.html',
    url: 'https://output.circle-artifacts.com/output/job/5f0e/artifacts/0/coverage/index.html',
    ...overrides
  }
}

export function aHistory(overrides: Partial<WorkflowHistory> = {}): WorkflowHistory {
  return {
    workflow: 'build-test',
    branch: 'main',
    runs: 40,
    durations: [200, 228, 240, 361],
    medianSeconds: 228,
    p95Seconds: 361,
    successRate: 0.925,
    ...overrides
  }
}

/** A pipeline of one green workflow with three jobs, unless told otherwise. */
export function aResult(overrides: Partial<Result> = {}): Result {
  return {
    name: undefined,
    slug: 'gh/acme/shop',
    host: 'https://circleci.com',
    ref: {branch: 'main'},
    subject: 'event',
    eventCommit: undefined,
    pipelines: [],
    conclusions: undefined,
    parameters: {},
    triggered: true,
    attached: false,
    pipeline: aPipeline(),
    verdict: aVerdict(),
    startedAt: START - 2000,
    finishedAt: START + 255_000,
    workflows: [aWorkflow()],
    jobs: [
      aJob(),
      aJob({name: 'lint', number: 102, startedAt: at(4), stoppedAt: at(31)}),
      aJob({
        name: 'unit',
        number: 103,
        startedAt: at(78),
        stoppedAt: at(252),
        dependencies: ['job-build']
      })
    ],
    failedTests: [],
    logTails: [],
    artifacts: [],
    artifactsPath: undefined,
    history: [aHistory()],
    omissions: [],
    ...overrides
  }
}

/** The record of a step with one pipeline that this step triggered, as `aResult` has it. */
export function aRecord(overrides: Partial<Result> = {}): StepRecord {
  const {startedAt, eventCommit, verdict, omissions, ...facts} = aResult(overrides)
  const pipeline: PipelineRecord = {
    ...facts,
    verdict,
    slug: {provider: 'gh', organization: 'acme', project: 'shop'},
    omissions: [...omissions],
    owned: true,
    cancelling: false,
    intent: undefined,
    rerunsAsked: []
  }
  return {...stepRecord({startedAt, eventCommit}), pipelines: [pipeline], verdict}
}
