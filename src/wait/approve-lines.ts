import type {Log} from '../base/log.ts'
import {matcher, oneALine, type Matcher} from '../base/matcher.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import type {JobLists} from './jobs.ts'

/** Lines of the input `approve` that match none of the approval jobs known so far, and the names of these. */
export interface ApprovalGap {
  readonly lines: readonly string[]
  readonly names: readonly string[]
}

/** What is known beside the lines. */
interface Facts {
  readonly log: Pick<Log, 'warning'>
  readonly lists: Pick<JobLists, 'of'>
  /** Whether a line has its approval job in another pipeline that is read as one with this. */
  readonly isElsewhere: (line: string) => boolean
}

/** The lines of the input `approve`, and whether each means an approval job. */
export class ApproveLines {
  readonly matcher: Matcher
  private readonly lines: readonly string[]
  private readonly facts: Facts
  private seen = ''
  private told = ''

  constructor(lines: readonly string[], facts: Facts) {
    this.lines = lines
    this.matcher = matcher(lines)
    this.facts = facts
  }

  /** Lines that no approval job of these workflows matches. */
  unmatchedIn(deciding: readonly Attempt[]): readonly string[] {
    return this.lines.length === 0 ? [] : this.matcher.unmatched(this.namesIn(deciding))
  }

  /** The same, but for lines that mean something elsewhere, beside the names there are. */
  gapIn(deciding: readonly Attempt[]): ApprovalGap {
    const lines = this.unmatchedIn(deciding).filter(line => !this.facts.isElsewhere(line))
    return {lines, names: this.namesIn(deciding)}
  }

  /** Warns once two looks in a row have shown, by what is on hold or has ended, that a line means nothing. */
  warn(deciding: readonly Attempt[], holdsOf: (workflowId: string) => readonly string[]): void {
    const {log, lists} = this.facts
    const open = deciding.filter(({status}) => isUnfinished(status))
    const isShown = open.length === 0 || open.some(({id}) => holdsOf(id).length > 0)
    const isKnown = deciding.length > 0 && deciding.every(({id}) => lists.of(id) !== undefined)
    const gap = this.gapIn(deciding)
    const text = gap.lines.length > 0 && isShown && isKnown ? unmatchedApprovals(gap) : ''
    if (text !== '' && text === this.seen && text !== this.told) {
      log.warning(text)
      this.told = text
    }
    this.seen = text
  }

  private namesIn(deciding: readonly Attempt[]): readonly string[] {
    return deciding
      .flatMap(({id}) => this.facts.lists.of(id) ?? [])
      .filter(({type}) => type === 'approval')
      .map(({name}) => name)
  }
}

/** Says that lines of the input `approve` match none of the approval jobs known so far. */
export function unmatchedApprovals({lines, names}: ApprovalGap): string {
  const quoted = lines.map(line => `"${line}"`).join(', ')
  return `Input "approve": ${quoted} matches no approval job of this pipeline so far. ${approvalNames(names)}${oneALine(lines)}`
}

/** `Its approval jobs are "hold-staging", "hold-production".` */
export function approvalNames(names: readonly string[]): string {
  const quoted = [...new Set(names)].map(name => `"${name}"`).join(', ')
  return quoted === '' ? 'It has no approval jobs.' : `Its approval jobs are ${quoted}.`
}
