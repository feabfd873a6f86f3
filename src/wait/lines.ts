import {commaLines, oneALine, type Matcher} from '../base/matcher.ts'
import {quoted} from '../base/text.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {ApprovalGap, MatchedInput, WaitContext} from './context.ts'
import {jobMatcher, type JobLists, type JobMatcher} from './jobs.ts'
import type {Rollup} from './rollup.ts'

/** The lines of the inputs `workflows`, `jobs` and `approve`, and what of the pipeline they match. */
export class Lines {
  /** What `jobs` lists; `undefined` when it is empty. */
  readonly jobs: JobMatcher | undefined
  private readonly context: Pick<WaitContext, 'log' | 'settings' | 'matchedElsewhere'>
  private readonly lists: Pick<JobLists, 'of' | 'within'>
  private readonly approve: Matcher
  private readonly warned = new Set<string>()
  private gapBefore = ''

  /** `approve`: what that input lists. */
  constructor(context: Lines['context'], lists: Lines['lists'], approve: Matcher) {
    this.context = context
    this.lists = lists
    this.jobs = jobMatcher(context.settings.jobs)
    this.approve = approve
  }

  /** Lines of an input that nothing in this pipeline matches: no workflow, no job, no approval job. */
  unmatched(input: MatchedInput, {attempts, deciding, unmatched}: Rollup): readonly string[] {
    if (input === 'workflows') return unmatched
    if (input === 'approve') return this.approve.unmatched(this.approvalsIn(deciding))
    return this.jobs?.unmatched(this.lists.within(attempts.filter(one => one.deciding))) ?? []
  }

  /** The same, but for lines that match something in another pipeline that is read as one with this. */
  missing(input: MatchedInput, rollup: Rollup): readonly string[] {
    const {matchedElsewhere} = this.context
    return this.unmatched(input, rollup).filter(line => !matchedElsewhere(input, line))
  }

  /** The lines of `approve` that are missing, and the approval jobs there are. */
  approvalGap(rollup: Rollup): ApprovalGap {
    return {lines: this.missing('approve', rollup), names: this.approvalsIn(rollup.deciding)}
  }

  /** Warns, once each, of lines that name several things, and of lines of `approve` that match nothing. */
  warn(rollup: Rollup, holdsOf: (workflowId: string) => readonly string[]): void {
    const {settings} = this.context
    const known = {workflows: rollup.attempts, jobs: this.lists.within(rollup.attempts)}
    // At once: after the wait is late for a mistake that is plain to see.
    for (const input of ['workflows', 'jobs'] as const) {
      const names = known[input].map(({name}) => name)
      for (const line of commaLines(settings[input], names)) {
        this.warnOnce(
          `Input "${input}" has the line "${line}", which names several: write one a line, without commas.`
        )
      }
    }
    // Two looks in a row must have shown, by what is on hold or has ended, that a line matches nothing.
    const gap = this.isComplete(rollup, holdsOf) ? describeGap(this.approvalGap(rollup)) : ''
    if (gap !== '' && gap === this.gapBefore) this.warnOnce(gap)
    this.gapBefore = gap
  }

  /** Whether the approval jobs are known, and one of them could be approved or none will come. */
  private isComplete(
    {deciding}: Rollup,
    holdsOf: (workflowId: string) => readonly string[]
  ): boolean {
    const open = deciding.filter(({status}) => isUnfinished(status))
    const isShown = open.length === 0 || open.some(({id}) => holdsOf(id).length > 0)
    const isKnown = deciding.every(({id}) => this.lists.of(id) !== undefined)
    return deciding.length > 0 && isShown && isKnown
  }

  private warnOnce(text: string): void {
    if (!this.warned.has(text)) this.context.log.warning(text)
    this.warned.add(text)
  }

  private approvalsIn(deciding: Rollup['deciding']): readonly string[] {
    const jobs = this.lists.within(deciding).filter(({type}) => type === 'approval')
    return jobs.map(({name}) => name)
  }
}

/** Says that lines of the input `approve` match none of the approval jobs known so far; `''`: all match. */
export function describeGap({lines, names}: ApprovalGap): string {
  if (lines.length === 0) return ''
  return `Input "approve": ${quoted(lines)} matches no approval job of this pipeline so far. ${describeNames(names)}${oneALine(lines)}`
}

/** `Its approval jobs are "hold-staging", "hold-production".` */
export function describeNames(names: readonly string[]): string {
  if (names.length === 0) return 'It has no approval jobs.'
  return `Its approval jobs are ${quoted([...new Set(names)])}.`
}
