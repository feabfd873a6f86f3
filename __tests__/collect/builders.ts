import type {CircleCI, Pages} from '../../src/circleci/client.ts'
import type {TestResult, WorkflowRun} from '../../src/circleci/model.ts'
import type {StepAction} from '../../src/circleci/steps.ts'
import type {CollectContext} from '../../src/collect/side-channel.ts'
import type {Log} from '../../src/base/log.ts'
import type {Artifact, JobRun, WorkflowAttempt} from '../../src/record/result.ts'

/** A log that keeps what it is told, as `level: message`. */
export interface RecordedLog extends Log {
  readonly lines: readonly string[]
  /** Messages of one level. */
  of(level: string): readonly string[]
}

export function recordedLog(): RecordedLog {
  const lines: string[] = []
  const keep = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`)
  }
  return {
    lines,
    of: level =>
      lines.filter(line => line.startsWith(`${level}: `)).map(line => line.slice(level.length + 2)),
    debug: keep('debug'),
    info: keep('info'),
    notice: keep('notice'),
    warning: keep('warning'),
    error: keep('error'),
    group: (title, body) => {
      lines.push(`group: ${title}`, ...body)
    }
  }
}

/** A client of which only the given methods work; the others fail the test that calls them. */
export function circleciWith(methods: Partial<CircleCI>): CircleCI {
  return new Proxy(methods, {
    get: (target, name: string) =>
      (target as Record<string, unknown>)[name] ??
      (() => {
        throw new Error(`unexpected call of ${name}`)
      })
  }) as CircleCI
}

/** A listing of the given pages; an `Error` among them is where it breaks off. */
export async function* pagesOf<T>(pages: readonly (readonly T[] | Error)[]): Pages<T> {
  for (const page of pages) {
    if (page instanceof Error) await Promise.reject(page)
    else yield page
  }
}

export function contextWith(
  methods: Partial<CircleCI>,
  signal?: AbortSignal
): CollectContext & {readonly log: RecordedLog} {
  return {
    circleci: circleciWith(methods),
    slug: {provider: 'gh', organization: 'acme', project: 'shop'},
    log: recordedLog(),
    signal
  }
}

export function aJob(overrides: Partial<JobRun> = {}): JobRun {
  const name = overrides.name ?? 'test'
  return {
    id: `job-${name}`,
    name,
    type: 'build',
    status: 'failed',
    number: 11,
    startedAt: '2026-03-02T09:00:00Z',
    stoppedAt: '2026-03-02T09:01:00Z',
    dependencies: [],
    requires: undefined,
    approvalRequestId: undefined,
    workflow: 'build',
    workflowId: 'w1',
    attempt: 1,
    latest: true,
    deciding: true,
    url: undefined,
    ...overrides
  }
}

export function aWorkflow(overrides: Partial<WorkflowAttempt> = {}): WorkflowAttempt {
  return {
    id: 'w1',
    name: 'build',
    pipelineNumber: 1,
    status: 'success',
    createdAt: '2026-03-02T09:00:00Z',
    stoppedAt: '2026-03-02T09:01:00Z',
    setup: false,
    autoRerunNumber: 0,
    maxAutoReruns: 0,
    url: 'https://app.circleci.com/w1',
    attempt: 1,
    latest: true,
    deciding: true,
    ...overrides
  }
}

export function anArtifact(overrides: Partial<Artifact> = {}): Artifact {
  const path = overrides.path ?? 'coverage/index.html'
  return {
    workflow: 'build',
    job: 'test',
    jobNumber: 11,
    nodeIndex: 0,
    path,
    url: `https://output.circle-artifacts.com/output/job/1/artifacts/0/${path}`,
    ...overrides
  }
}

export function anAction(overrides: Partial<StepAction> = {}): StepAction {
  return {
    stepName: 'npm test',
    nodeIndex: 0,
    status: 'failed',
    failed: true,
    exitCode: 1,
    command: 'npm test',
    outputUrl: 'https://storage.example/output',
    hasOutput: true,
    ...overrides
  }
}

export function aTest(overrides: Partial<TestResult> = {}): TestResult {
  return {
    name: 'adds items',
    classname: 'cart',
    file: 'src/cart.test.ts',
    result: 'failure',
    message: 'expected 1 to be 2',
    ...overrides
  }
}

export function aRun(overrides: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: 'r1',
    branch: 'main',
    duration: 60,
    status: 'success',
    createdAt: '2026-03-01T09:00:00Z',
    ...overrides
  }
}
