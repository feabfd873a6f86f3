import type {CircleCI} from '../../src/circleci/client.ts'
import type {Job, Workflow} from '../../src/circleci/model.ts'
import {rollUp} from '../../src/wait/rollup.ts'
import type {Policies, Situation, WaitContext, WaitSettings} from '../../src/wait/context.ts'
import {circleciWith, recordedLog} from '../collect/builders.ts'
import type {FakeClock} from '../support/fake-clock.ts'

/** A workflow of pipeline #1, finished well unless told otherwise. */
export function aWorkflow(fields: Partial<Workflow> = {}): Workflow {
  const name = fields.name ?? 'build'
  return {
    id: `${name}-id`,
    name,
    pipelineNumber: 1,
    status: 'success',
    createdAt: '2026-03-02T09:00:00Z',
    stoppedAt: undefined,
    setup: false,
    autoRerunNumber: 0,
    maxAutoReruns: 0,
    ...fields
  }
}

/** Facts about a pipeline beside its workflows; by default an old one that is all there. */
export interface Facts extends Partial<Policies> {
  readonly state?: string | undefined
  readonly errors?: Situation['errors']
  readonly patterns?: readonly string[]
  readonly createdForMs?: number
  readonly newestAgeMs?: number
  readonly anonymousForMs?: number
  readonly stoppedForMs?: number
  readonly confirmed?: boolean
  readonly rerunAhead?: boolean
  readonly jobs?: Situation['jobs']
  /** Holds by workflow name. */
  readonly holds?: Readonly<Record<string, readonly string[]>>
}

/** A situation with these workflows. */
export function aSituation(workflows: readonly Workflow[], facts: Facts = {}): Situation {
  return {
    state: 'state' in facts ? facts.state : 'created',
    errors: facts.errors ?? [],
    rollup: rollUp(workflows, facts.patterns ?? []),
    createdForMs: facts.createdForMs ?? 600_000,
    newestAgeMs: facts.newestAgeMs ?? 600_000,
    anonymousForMs: facts.anonymousForMs ?? Infinity,
    confirmed: facts.confirmed ?? true,
    stoppedForMs: () => facts.stoppedForMs ?? 600_000,
    rerunAhead: () => facts.rerunAhead ?? false,
    onlyHolds: ({name}) => facts.holds?.[name],
    jobs: facts.jobs,
    policies: {
      failFast: facts.failFast ?? false,
      onHold: facts.onHold ?? 'wait',
      onNoWorkflows: facts.onNoWorkflows ?? 'fail'
    }
  }
}

/** A job as `name status dependency+dependency`; one that is called `hold…` is an approval. Its id is its name, unless it is told. */
export function aJob(text: string, fields: Partial<Job> = {}): Job {
  const [name = '', status = '', dependencies = ''] = text.split(' ')
  return {
    id: name,
    name,
    type: name.startsWith('hold') ? 'approval' : 'build',
    status,
    number: undefined,
    startedAt: undefined,
    stoppedAt: undefined,
    dependencies: dependencies === '' ? [] : dependencies.split('+'),
    requires: undefined,
    approvalRequestId: undefined,
    ...fields
  }
}

/** What a wait for pipeline #1 needs: with all inputs at their defaults, CircleCI as given, and a log that is kept. */
export function aWaitContext(
  {clock, circleci = {}}: {readonly clock: FakeClock; readonly circleci?: Partial<CircleCI>},
  {isNew = true, ...settings}: Partial<WaitSettings> & {readonly isNew?: boolean} = {}
): WaitContext & {readonly log: ReturnType<typeof recordedLog>} {
  const log = recordedLog()
  const url = 'https://circleci.example.com/1'
  const createdAt = new Date(clock.now()).toISOString()
  return {
    circleci: circleciWith(circleci),
    host: 'https://circleci.example.com',
    clock,
    log,
    signal: new AbortController().signal,
    deadline: clock.now() + 1200_000,
    pipeline: {id: 'p', number: 1, url, createdAt, isNew, workflowUrl: id => `${url}/${id}`},
    settings: {
      failFast: false,
      onHold: 'wait',
      onNoWorkflows: 'fail',
      workflows: [],
      jobs: [],
      approve: [],
      rerunFailed: 0,
      pollIntervalSeconds: undefined,
      timeoutSeconds: 1200,
      goal: 'verdict',
      rerunsAsked: [],
      ...settings
    },
    historyOf: () => Promise.resolve(undefined),
    waits: () => 1,
    matchedElsewhere: () => false,
    onProgress: () => undefined
  }
}
