import {CircleCI} from '../../src/circleci/client.ts'
import {parseSlug} from '../../src/circleci/slug.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {readInputs, type Inputs} from '../../src/runner/inputs.ts'
import type {PipelineInfo, Result} from '../../src/record/result.ts'
import type {Log} from '../../src/base/log.ts'
import {resultOf, stepRecord, type StepRecord} from '../../src/record/record.ts'
import type {StepListener} from '../../src/report/reporter.ts'
import type {RunEvent} from '../../src/pipeline/run.ts'
import {runStep} from '../../src/step.ts'
import type {Intent} from '../../src/trigger/intent.ts'
import type {Progress} from '../../src/wait/context.ts'
import {startSimulator, type Simulator, type SimulatorOptions} from '../../simulator/index.ts'
import {fakeClock, type FakeClock} from './fake-clock.ts'

const DEFAULTS = await readInputs({})

/** The inputs as action.yml's defaults make them, with `wait: true`. */
export function someInputs({url, token, slug}: Pick<Simulator, 'url' | 'token' | 'slug'>): Inputs {
  return {...DEFAULTS, host: url, token, slug: parseSlug(slug), wait: true}
}

/** A push to main of the commit that the simulator's main stands at. */
export function aPush(fields: Partial<RunEvent> = {}): RunEvent {
  return {
    eventName: 'push',
    repository: 'acme/shop',
    ref: 'refs/heads/main',
    payload: {
      repository: 'acme/shop',
      ref: 'refs/heads/main',
      refType: undefined,
      deleted: false,
      releaseTag: undefined,
      pullRequest: undefined,
      reviewedSha: undefined,
      issue: undefined,
      workflowRun: undefined,
      mergeGroup: undefined,
      deployment: undefined,
      checkedSha: undefined
    },
    payloadProblem: undefined,
    headSha: undefined,
    runId: '4711',
    runAttempt: 1,
    ownPipeline: undefined,
    ...fields
  }
}

/** What can be told about a story before it begins. */
export interface StoryOptions {
  readonly inputs?: Partial<Inputs>
  readonly event?: RunEvent
  readonly downloadFolder?: string
  /** Called after every poll; may abort, cancel, approve, change faults. */
  readonly onPoll?: (progress: Progress, story: Story) => void
  /** Called before an earlier pipeline is rerun. */
  readonly onClaim?: (story: Story) => void
  readonly onPipeline?: (info: PipelineInfo, story: Story) => void
  /** Where everything is said; the story's `lines` by default. */
  readonly log?: Log
  /** Hears what the story's own listener hears. */
  readonly listener?: (parts: StoryParts) => StepListener
}

/** What a listener is made of. */
export interface StoryParts {
  readonly inputs: Inputs
  readonly step: StepRecord
  readonly clock: FakeClock
  readonly circleci: CircleCI
  readonly signal: AbortSignal
}

/** A run against a simulator in virtual time, and everything it left behind. */
export interface Story {
  readonly simulator: Simulator
  readonly clock: FakeClock
  readonly cancel: AbortController
  /** `level: text` in order. */
  readonly lines: string[]
  readonly intents: (Intent | undefined)[]
  /** Numbers of the pipelines claimed for reruns; `undefined` where a claim was given up. */
  readonly claims: (number | undefined)[]
  polls: number
  cancelled: boolean
}

/** A story that has come to its end. */
export interface Told extends Story {
  readonly result: Result
  /** Sleeps and alarms that the run had left when it ended. */
  readonly left: number
}

/** Tells a whole story: `runStep` against a simulator over real HTTP, time driven by a fake clock. */
export async function tell(
  simulator: SimulatorOptions | ((clock: FakeClock) => Promise<Simulator>),
  options: StoryOptions = {},
  /** Called before the run begins; may set alarms. */
  begin: (story: Story) => void = () => undefined,
  clock = fakeClock()
): Promise<Told> {
  const started =
    typeof simulator === 'function'
      ? await simulator(clock)
      : await startSimulator({clock, ...simulator})
  const transport = createTransport('story')
  const lines: string[] = []
  const log = Object.fromEntries(
    ['debug', 'info', 'notice', 'warning', 'error'].map(level => [
      level,
      (text: string) => lines.push(`${level}: ${text}`)
    ])
  )
  const story: Story = {
    simulator: started,
    clock,
    cancel: new AbortController(),
    lines,
    intents: [],
    claims: [],
    polls: 0,
    cancelled: false
  }
  begin(story)
  const inputs = {...someInputs(started), ...options.inputs}
  const sink =
    options.log ??
    ({
      ...log,
      group: (title: string, body: readonly string[]) => lines.push(`group: ${title}`, ...body)
    } as unknown as Log)
  const circleci = new CircleCI({
    host: inputs.host,
    token: inputs.token ?? '',
    transport,
    clock,
    random: () => 0.5,
    log: sink
  })
  const {signal} = story.cancel
  const event = options.event ?? aPush()
  const step = stepRecord({startedAt: clock.now(), eventCommit: event.headSha})
  const heard = options.listener?.({inputs, step, clock, circleci, signal})
  let before: {intent?: Intent | undefined; claimed?: number | undefined} = {}
  const listener: StepListener = {
    save: () => {
      const [{intent, owned, pipeline} = {}] = step.pipelines
      const claimed = owned === true ? pipeline?.number : undefined
      if (intent !== before.intent) story.intents.push(intent)
      if (claimed !== before.claimed) story.claims.push(claimed)
      if (claimed !== before.claimed && claimed !== undefined) options.onClaim?.(story)
      before = {intent, claimed}
      story.cancelled = step.pipelines.some(one => one.cancelling)
      heard?.save()
    },
    known: pipeline => {
      before = {claimed: pipeline.owned ? pipeline.pipeline?.number : undefined}
      if (pipeline.pipeline !== undefined) options.onPipeline?.(pipeline.pipeline, story)
      heard?.known(pipeline)
    },
    progress: (progress, pipeline) => {
      story.polls += 1
      options.onPoll?.(progress, story)
      heard?.progress(progress, pipeline)
    }
  }
  try {
    const {downloadFolder: folder} = options
    await runStep(
      {
        inputs,
        event,
        step,
        circleci,
        clock,
        random: () => 0.5,
        log: sink,
        signal,
        downloadFolder: folder === undefined ? undefined : {folder, isWorkspace: false},
        fileExists: () => Promise.resolve(false),
        listener
      },
      inputs.slug ?? {provider: 'gh', organization: 'acme', project: 'shop'}
    )
    const result = resultOf(step, clock.now())
    return Object.assign(story, {result, left: clock.pending()})
  } finally {
    transport.close()
    await started.stop()
  }
}

/** `conclusion reason passes` of a result, for tables. */
export function verdictOf({verdict}: Result): string {
  if (verdict === undefined) return 'none'
  return `${verdict.conclusion} ${verdict.reason ?? '-'} ${verdict.passes ? 'passes' : 'fails'}`
}
