import {AbortedError} from './circleci/faults.ts'
import type {Pipeline} from './circleci/model.ts'
import {linksFor} from './circleci/slug.ts'
import {InputError} from './base/errors.ts'
import {conclude, endOwned, explainCancel} from './ending.ts'
import {
  approvalContext,
  collectApproved,
  collectFor,
  look,
  takeWatched,
  waitContext
} from './follow.ts'
import {pipelineRecord, takePipeline, type PipelineRecord} from './record/record.ts'
import type {PipelineInfo, Verdict} from './record/result.ts'
import type {Ended, RunContext, RunEvent} from './run.ts'
import type {PipelineInputs} from './runner/inputs.ts'
import {refuseDouble} from './obtain.ts'
import type {CommitChoice} from './trigger/commit-match.ts'
import {CommitSearch} from './trigger/commit-search.ts'
import {refsOfCommit, subjectOf} from './trigger/ref.ts'
import {CommitWatch} from './wait/commit-watch.ts'
import {waitForVerdict} from './wait/wait.ts'

/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/i

/**
 * The story of the pipelines that CircleCI itself started for a commit: find them, wait for the one verdict of all of them,
 * collect what a developer needs. The first one found gets the entry's record, each other one a record beside it. Rejects
 * like the search and the wait; what is known by then is in the records.
 */
export async function runCommit(first: PipelineRecord, context: RunContext): Promise<Ended> {
  const {inputs, limit, signal, turn} = context
  const records = new CommitRecords(first, context)
  try {
    const choice = choiceOf(first, context)
    turn.done()
    const search = new CommitSearch(choice, {...context, host: inputs.host, signal: limit})
    const approves = !inputs.wait && inputs.approve.length > 0
    const waits = (inputs.wait || approves) && !inputs.dryRun
    await search.find(waits ? 'found' : 'settled')
    if (signal.aborted) throw new AbortedError('The step')
    if (waits) return await awaitAll(search, choice, records, context)
    records.take(search.taken)
    const looks = records.known.map(([record, pipeline]) =>
      look({...context, signal: limit}, record, pipeline)
    )
    await Promise.all(looks)
    return {verdict: undefined, decidedBy: first}
  } catch (error) {
    const others = records.known.filter(([record]) => record !== first)
    if (signal.aborted) for (const [record] of others) await endOwned(context, record, 'onCancel')
    throw error
  }
}

function choiceOf(record: PipelineRecord, {inputs, event}: RunContext): CommitChoice {
  const {pipeline, branch, tag, definition} = inputs
  const named = pipeline.kind === 'commit' ? pipeline.revision : undefined
  const isNamed = named !== undefined && named !== event.headSha?.toLowerCase()
  const revision = named ?? commitOf(event, inputs)
  const {slug} = record
  const options = {branch, tag, slug, isNamed}
  record.subject = subjectOf(event, options)
  const refs = refsOfCommit(event, options)
  return {slug, revision, refs, definition, ownPipeline: event.ownPipeline}
}

/** The commit that `pipeline: commit` means. What is approved after a review is what was reviewed. */
function commitOf({payload, headSha, eventName}: RunEvent, {approve}: PipelineInputs): string {
  const isApproval = approve.length > 0 && eventName === 'pull_request_review'
  const sha = isApproval ? payload.reviewedSha : headSha
  if (sha !== undefined && SHA.test(sha)) return sha
  throw new InputError(
    'pipeline',
    `is "commit", but the event that started this workflow does not say which commit${isApproval ? ' was reviewed' : ''}: give the commit's full SHA, or the pipeline's id or number.`
  )
}

/** The records of a commit's pipelines, in the order of their numbers, in the step's record. */
class CommitRecords {
  readonly #first: PipelineRecord
  readonly #context: RunContext
  #records: ReadonlyMap<string, PipelineRecord> = new Map()

  constructor(first: PipelineRecord, context: RunContext) {
    this.#first = first
    this.#context = context
  }

  get known(): readonly (readonly [PipelineRecord, PipelineInfo])[] {
    return [...this.#records.values()].flatMap(record =>
      record.pipeline === undefined ? [] : [[record, record.pipeline] as const]
    )
  }

  of(id: string): PipelineRecord {
    return this.#records.get(id) ?? this.#first
  }

  /** From now on these are the commit's pipelines. */
  take(taken: readonly Pipeline[]): void {
    const {step, log, listener} = this.#context
    for (const pipeline of taken) refuseDouble(pipeline, this.#first, this.#context)
    const before = this.#records
    const fresh = taken.filter(({id}) => !before.has(id))
    const isFree = !taken.some(({id}) => before.get(id) === this.#first)
    const recordOf = (id: string): PipelineRecord =>
      before.get(id) ?? (isFree && id === fresh[0]?.id ? this.#blank() : this.#another())
    this.#records = new Map(taken.map(({id}) => [id, recordOf(id)]))
    const own = new Set([this.#first, ...before.values()])
    const index = step.pipelines.findIndex(record => own.has(record))
    const all = step.pipelines.filter(record => !own.has(record))
    all.splice(index, 0, ...(taken.length > 0 ? this.#records.values() : [this.#blank()]))
    step.pipelines.splice(0, Infinity, ...all)
    for (const pipeline of fresh) {
      const record = this.of(pipeline.id)
      record.attached = true
      const {number, url} = takePipeline(record, pipeline)
      log.info(`Attached to pipeline #${number}: ${url}`)
      listener.known(record)
    }
  }

  #another(): PipelineRecord {
    const {slug, host, name, subject} = this.#first
    return {...pipelineRecord(slug, host, name), subject}
  }

  /** The entry's own record, as it was before there was a pipeline. */
  #blank(): PipelineRecord {
    return Object.assign(this.#first, this.#another())
  }
}

/** Waits for the verdict of all of them and collects their results. Rejects like the wait. */
async function awaitAll(
  search: CommitSearch,
  choice: CommitChoice,
  records: CommitRecords,
  context: RunContext
): Promise<Ended> {
  const {inputs, clock} = context
  const approves = !inputs.wait
  const contextOf = (pipeline: Pipeline) => {
    const record = records.of(pipeline.id)
    const waiting = waitContext(context, record, takePipeline(record, pipeline))
    return approves ? approvalContext(waiting) : waiting
  }
  const watch = new CommitWatch({
    clock,
    // An approval that can no longer come ends the step at once.
    failFast: approves || inputs.failFast,
    pipelines: search,
    contextOf,
    onChange: taken => {
      records.take(taken)
    }
  })
  const takeAll = (): void => {
    for (const [record, {id}] of records.known) {
      const one = watch.watchOf(id)
      if (one !== undefined) takeWatched(record, one)
    }
  }
  try {
    const newest = search.taken.at(-1)
    if (newest === undefined) throw new Error('There is a pipeline to wait for.')
    const verdict = await waitForVerdict(contextOf(newest), watch)
    takeAll()
    const decided = await settle(verdict, watch, records, context)
    if (approves) return await endApproval(decided, records, context)
    return await collectAll(nameBranch(decided, search, choice), records, context)
  } finally {
    takeAll()
  }
}

/** What was approved goes on without a verdict. */
async function endApproval(
  ended: Ended,
  records: CommitRecords,
  context: RunContext
): Promise<Ended> {
  const isDone = ended.verdict?.passes === true
  if (isDone) context.log.info('Everything that "approve" lists is approved.')
  for (const [record] of records.known) {
    if (isDone || record.verdict?.passes === true) record.verdict = undefined
    await collectApproved(context, record)
  }
  return isDone ? {...ended, verdict: undefined} : ended
}

/** Gives each pipeline what became of it. */
async function settle(
  verdict: Verdict,
  watch: CommitWatch,
  records: CommitRecords,
  context: RunContext
): Promise<Ended> {
  const {known} = records
  for (const [record, {id}] of known) {
    const decision = watch.watchOf(id)?.decide(true)
    if (decision?.kind === 'verdict') record.verdict = decision.verdict
    else if (verdict.reason === 'timeout') {
      record.verdict = verdict
      await endOwned(context, record, 'onTimeout')
    }
  }
  const isOpen = (record: PipelineRecord): boolean => record.verdict === verdict
  const [decidedBy] = known.find(([record, {id}]) => isOpen(record) || id === watch.decidedBy) ?? []
  if (decidedBy === undefined) throw new Error('A verdict is that of a pipeline.')
  const own = watch.watchOf(decidedBy.pipeline?.id ?? '')
  if (verdict.reason !== 'canceled' || own === undefined) return {verdict, decidedBy}
  const explained = await explainCancel(verdict, context, decidedBy, own.rollup)
  decidedBy.verdict = explained
  return {verdict: explained, decidedBy}
}

/** A tag often runs nothing where the branch has run everything. */
function nameBranch(ended: Ended, search: CommitSearch, {refs}: CommitChoice): Ended {
  const {verdict, decidedBy} = ended
  const branchs = search.ofBranches.at(-1)
  const isTag = refs?.[0]?.startsWith('tag ') === true
  if (verdict?.conclusion !== 'skipped' || branchs === undefined || !isTag) return ended
  const {branch = '', number} = branchs
  const url = linksFor(decidedBy.host).pipeline(decidedBy.slug, number)
  const message = `${verdict.message} Branch "${branch}" has pipeline #${number} of this commit: ${url}. Set "branch", or "pipeline: ${number}", to wait for that one.`
  decidedBy.verdict = {...verdict, message}
  return {verdict: decidedBy.verdict, decidedBy}
}

/** One after another where files are written: of two jobs of one name, the later pipeline's gets a folder of its own. */
async function collectAll(
  ended: Ended,
  records: CommitRecords,
  context: RunContext
): Promise<Ended> {
  const collect = async (record: PipelineRecord): Promise<void> => {
    try {
      await collectFor(context, record)
    } catch (error) {
      record.verdict = await conclude(error, context, record)
    }
  }
  const all = records.known.map(([record]) => record)
  const before = new Map(all.map(record => [record, record.verdict]))
  if (context.downloadFolder === undefined) await Promise.all(all.map(collect))
  else for (const record of all) await collect(record)
  const worse = all.find(
    record => record.verdict !== before.get(record) && record.verdict?.passes === false
  )
  const isWorse = worse !== undefined && (ended.verdict?.passes === true || context.signal.aborted)
  return isWorse ? {verdict: worse.verdict, decidedBy: worse} : ended
}
