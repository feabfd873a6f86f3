import {timeLimit} from './base/clock.ts'
import {namedLog} from './base/log.ts'
import {formatSlug, type Slug} from './circleci/slug.ts'
import {pipelineRecord, type PipelineRecord} from './record/record.ts'
import {verdictOfAll, type Result, type Verdict} from './record/result.ts'
import {runPipeline, type Ended, type RunContext} from './pipeline/run.ts'
import type {Inputs} from './runner/inputs.ts'
import {turnsOf} from './trigger/turns.ts'

/** What the entries of a step share. */
type Shared = Pick<RunContext, 'deadline' | 'limit' | 'beside' | 'histories' | 'written'>

/** Everything the story of a step is handed; it reads nothing else. */
type StepContext = Omit<RunContext, keyof Shared | 'turn'>

/** An entry of a step: without the input `pipelines` it is the only one, and has no name. */
interface Entry {
  readonly record: PipelineRecord
  readonly inputs: Inputs
}

/**
 * The story of a step: runs its pipelines to their ends within one timeout, and gives its verdict. `ownSlug`: the project of
 * this repository, for those that name none. Always resolves: what goes wrong is a verdict with a reason, and whatever was
 * found by then is in the record.
 */
export async function runStep(context: StepContext, ownSlug: Slug | undefined): Promise<void> {
  const {inputs, step, clock, signal} = context
  const entries = entriesOf(inputs, ownSlug)
  step.pipelines.push(...entries.map(({record}) => record))
  const timeoutMs = inputs.timeoutSeconds * 1000
  const limit = timeLimit(clock, timeoutMs, signal)
  const deadline = clock.now() + timeoutMs
  const over = new AbortController()
  const shared: Shared = {
    deadline,
    limit: limit.signal,
    beside: AbortSignal.any([limit.signal, over.signal]),
    histories: new Map(),
    written: new Set()
  }
  try {
    const ended = await runEntries(entries, {...context, ...shared})
    if (inputs.pipelines !== undefined) step.conclusions = conclusionsOf(ended)
    const worst = verdictOfAll(ended.flatMap(({verdict}) => verdict ?? []))
    step.decidedBy = ended.find(({verdict}) => verdict === worst)?.decidedBy
    step.verdict = entries.length === 0 ? nothingToRun(inputs) : worst && sumUp(worst, ended)
  } finally {
    over.abort()
    limit.end()
  }
}

function entriesOf(inputs: Inputs, ownSlug: Slug | undefined): readonly Entry[] {
  return (inputs.pipelines ?? [inputs]).map(wanted => {
    const slug = wanted.slug ?? ownSlug
    if (slug === undefined) throw new Error('The project is not known.')
    const name = 'name' in wanted ? wanted.name : undefined
    const record = {...pipelineRecord(slug, inputs.host), name}
    return {record, inputs: {...inputs, ...wanted}}
  })
}

/** Runs them side by side. One that fails stops none of the others, but with `fail-fast` nothing more is sent. */
async function runEntries(
  entries: readonly Entry[],
  context: Omit<RunContext, 'turn'>
): Promise<readonly Ended[]> {
  const {failFast} = context.inputs
  const done: Ended[] = []
  // What is wrong with an entry before it has a pipeline keeps all of them from being sent.
  const isWrong = ({verdict, decidedBy}: Ended): boolean =>
    verdict?.reason === 'input' && decidedBy.pipeline === undefined
  const maySend = (): boolean =>
    !done.some(one => isWrong(one) || (failFast && one.verdict?.passes === false))
  const projects = entries.map(({record}) => formatSlug(record.slug).toLowerCase())
  const turns = turnsOf(projects, maySend)
  const run = async ({record, inputs}: Entry, index: number): Promise<Ended> => {
    const turn = turns[index]
    if (turn === undefined) throw new Error('There is a turn for each.')
    const log = namedLog(context.log, record.name)
    const ended = await runPipeline(record, {...context, inputs, log, turn})
    done.push(ended)
    turn.done()
    return ended
  }
  return Promise.all(entries.map(run))
}

function conclusionsOf(ended: readonly Ended[]): Result['conclusions'] {
  return Object.fromEntries(
    ended.map(({decidedBy, verdict}) => [decidedBy.name ?? '', verdict?.conclusion ?? null])
  )
}

function nothingToRun({onNoWorkflows}: Inputs): Verdict {
  return {
    conclusion: 'skipped',
    reason: 'no-pipeline',
    passes: onNoWorkflows === 'succeed',
    message: 'Input "pipelines" is "{}": there is no pipeline to run.'
  }
}

/** The worst verdict in the words of all of them. */
function sumUp(worst: Verdict, ended: readonly Ended[]): Verdict {
  const [first] = ended
  if (first?.decidedBy.name === undefined) return worst
  const failed = ended.filter(({verdict}) => verdict?.passes === false)
  const decided = ended.find(({verdict}) => verdict === worst)
  const count = failed.length === 0 ? 'All' : `${failed.length} of`
  const end = failed.length === 0 ? 'passed' : 'did not pass'
  const why =
    worst.conclusion === 'success' ? '' : ` "${decided?.decidedBy.name}": ${worst.message}`
  return {...worst, message: `${count} ${ended.length} pipelines ${end}.${why}`}
}
