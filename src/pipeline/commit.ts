import {AbortedError} from '../circleci/faults.ts'
import type {Pipeline} from '../circleci/model.ts'
import {linksFor} from '../circleci/slug.ts'
import {InputError} from '../base/errors.ts'
import {conclude, endOwned, explainCancel} from './ending.ts'
import {
  approvalContext,
  collectApproved,
  collectFor,
  look,
  takeWatched,
  waitContext
} from './follow.ts'
import {pipelineRecord, takePipeline, type PipelineRecord} from '../record/record.ts'
import type {PipelineInfo, Verdict} from '../record/result.ts'
import type {Ended, RunContext, RunEvent} from './run.ts'
import type {PipelineInputs} from '../runner/inputs.ts'
import {refuseDouble} from './obtain.ts'
import type {CommitChoice} from '../trigger/commit-match.ts'
import {CommitSearch} from '../trigger/commit-search.ts'
import {refsOfCommit, subjectOf} from '../trigger/ref.ts'
import {CommitWatch} from '../wait/commit-watch.ts'
import {waitForVerdict} from '../wait/wait.ts'

/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/i

/**
 * The story of the pipelines that CircleCI itself started for a commit: find them, wait for the one verdict of all of them,
 * collect what a developer needs. The first one found gets the entry's record, each other one a record beside it. Rejects
 * like the search and the wait; what is known by then is in the records.
 */
export async function runCommit(first: PipelineRecord, context: RunContext): Promise<Ended> {
  const choice = choiceOf(first, context)
  context.turn.done()
  return new CommitRun(first, choice, context).run()
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

class CommitRun {
  readonly #first: PipelineRecord
  readonly #choice: CommitChoice
  readonly #context: RunContext
  readonly #search: CommitSearch
  /** By the ids of the pipelines, in the order of their numbers. */
  #records: ReadonlyMap<string, PipelineRecord> = new Map()

  constructor(first: PipelineRecord, choice: CommitChoice, context: RunContext) {
    const {inputs, limit} = context
    this.#first = first
    this.#choice = choice
    this.#context = context
    this.#search = new CommitSearch(choice, {...context, host: inputs.host, signal: limit})
  }

  async run(): Promise<Ended> {
    const {inputs, limit, signal} = this.#context
    const approves = !inputs.wait && inputs.approve.length > 0
    const waits = (inputs.wait || approves) && !inputs.dryRun
    try {
      await this.#search.find(waits ? 'found' : 'settled')
      if (signal.aborted) throw new AbortedError('The step')
      if (waits) return await this.#await()
      this.#take(this.#search.taken)
      const bounded = {...this.#context, signal: limit}
      await Promise.all(this.#known().map(([record, info]) => look(bounded, record, info)))
      return {verdict: undefined, decidedBy: this.#first}
    } catch (error) {
      const others = this.#known().filter(([record]) => record !== this.#first)
      if (signal.aborted) {
        for (const [record] of others) await endOwned(this.#context, record, 'onCancel')
      }
      throw error
    }
  }

  #known(): readonly (readonly [PipelineRecord, PipelineInfo])[] {
    return [...this.#records.values()].flatMap(record =>
      record.pipeline === undefined ? [] : [[record, record.pipeline] as const]
    )
  }

  #recordOf({id}: Pipeline): PipelineRecord {
    return this.#records.get(id) ?? this.#first
  }

  /** From now on these are the commit's pipelines, in the step's record too. */
  #take(taken: readonly Pipeline[]): void {
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
      const record = this.#recordOf(pipeline)
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

  /** Waits for the verdict of all of them and collects their results. Rejects like the wait. */
  async #await(): Promise<Ended> {
    const {inputs, clock} = this.#context
    const approves = !inputs.wait
    const contextOf = (pipeline: Pipeline) => {
      const record = this.#recordOf(pipeline)
      const waiting = waitContext(this.#context, record, takePipeline(record, pipeline))
      return approves ? approvalContext(waiting) : waiting
    }
    const watch = new CommitWatch({
      clock,
      // An approval that can no longer come ends the step at once.
      failFast: approves || inputs.failFast,
      pipelines: this.#search,
      contextOf,
      onChange: taken => {
        this.#take(taken)
      }
    })
    const takeAll = (): void => {
      for (const [record, {id}] of this.#known()) {
        const one = watch.watchOf(id)
        if (one !== undefined) takeWatched(record, one)
      }
    }
    try {
      const newest = this.#search.taken.at(-1)
      if (newest === undefined) throw new Error('There is a pipeline to wait for.')
      const verdict = await waitForVerdict(contextOf(newest), watch)
      takeAll()
      const ended = await this.#settle(verdict, watch)
      return await (approves ? this.#endApproval(ended) : this.#collect(this.#nameBranch(ended)))
    } finally {
      takeAll()
    }
  }

  /** What was approved goes on without a verdict. */
  async #endApproval(ended: Ended): Promise<Ended> {
    const isDone = ended.verdict?.passes === true
    if (isDone) this.#context.log.info('Everything that "approve" lists is approved.')
    for (const [record] of this.#known()) {
      if (isDone || record.verdict?.passes === true) record.verdict = undefined
      await collectApproved(this.#context, record)
    }
    return isDone ? {...ended, verdict: undefined} : ended
  }

  /** Gives each pipeline what became of it. */
  async #settle(verdict: Verdict, watch: CommitWatch): Promise<Ended> {
    const known = this.#known()
    for (const [record, {id}] of known) {
      const decision = watch.watchOf(id)?.decide(true)
      if (decision?.kind === 'verdict') record.verdict = decision.verdict
      else if (verdict.reason === 'timeout') {
        record.verdict = verdict
        await endOwned(this.#context, record, 'onTimeout')
      }
    }
    const decides = ([record, {id}]: (typeof known)[number]): boolean =>
      record.verdict === verdict || id === watch.decidedBy
    const [decidedBy, pipeline] = known.find(decides) ?? []
    if (decidedBy === undefined) throw new Error('A verdict is that of a pipeline.')
    const own = watch.watchOf(pipeline?.id ?? '')
    if (verdict.reason !== 'canceled' || own === undefined) return {verdict, decidedBy}
    decidedBy.verdict = await explainCancel(verdict, this.#context, decidedBy, own.rollup)
    return {verdict: decidedBy.verdict, decidedBy}
  }

  /** A tag often runs nothing where the branch has run everything. */
  #nameBranch(ended: Ended): Ended {
    const {verdict, decidedBy} = ended
    const ofBranch = this.#search.ofBranches.at(-1)
    const isTag = this.#choice.refs?.[0]?.startsWith('tag ') === true
    if (verdict?.conclusion !== 'skipped' || ofBranch === undefined || !isTag) return ended
    const {branch = '', number} = ofBranch
    const url = linksFor(decidedBy.host).pipeline(decidedBy.slug, number)
    const message = `${verdict.message} Branch "${branch}" has pipeline #${number} of this commit: ${url}. Set "branch", or "pipeline: ${number}", to wait for that one.`
    decidedBy.verdict = {...verdict, message}
    return {verdict: decidedBy.verdict, decidedBy}
  }

  /** One after another where files are written: of two jobs of one name, the later pipeline's gets a folder of its own. */
  async #collect(ended: Ended): Promise<Ended> {
    const {signal, downloadFolder} = this.#context
    const collect = async (record: PipelineRecord): Promise<void> => {
      try {
        await collectFor(this.#context, record)
      } catch (error) {
        record.verdict = await conclude(error, this.#context, record)
      }
    }
    const all = this.#known().map(([record]) => record)
    const before = new Map(all.map(record => [record, record.verdict]))
    if (downloadFolder === undefined) await Promise.all(all.map(collect))
    else for (const record of all) await collect(record)
    const worse = all.find(
      record => record.verdict !== before.get(record) && record.verdict?.passes === false
    )
    const isWorse = worse !== undefined && (ended.verdict?.passes === true || signal.aborted)
    return isWorse ? {verdict: worse.verdict, decidedBy: worse} : ended
  }
}
