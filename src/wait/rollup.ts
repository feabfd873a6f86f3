import type {Workflow} from '../circleci/model.ts'
import {phaseOf} from '../circleci/statuses.ts'
import type {Attempt} from '../record/result.ts'
import {matcher} from '../base/matcher.ts'

/** A pipeline's workflows in order: reruns numbered, the latest attempts marked. */
export interface Rollup {
  /** Every attempt, oldest first. */
  readonly attempts: readonly Attempt[]
  /** Latest attempts of the workflows that decide. */
  readonly deciding: readonly Attempt[]
  /** Latest attempts of setup workflows. */
  readonly setup: readonly Attempt[]
  /** Latest attempts of everything else. */
  readonly others: readonly Attempt[]
  /** Lines without `!` that no workflow matches. */
  readonly unmatched: readonly string[]
}

/**
 * Groups a pipeline's workflows by name, newest `created_at` last. A rerun is a new workflow of the same name in the
 * same pipeline (https://circleci.com/docs/guides/orchestrate/workflows/#rerunning-a-workflows-failed-jobs). A setup
 * workflow and one of the continued config may share a name, and are no reruns of each other.
 */
export function rollUp(
  workflows: readonly Workflow[],
  /** Input `workflows`. */
  lines: readonly string[],
  /** Ids of the reruns this step asked for, oldest first, and of what each reruns: it comes after that, whatever its time. */
  reruns: ReadonlyMap<string, string> = new Map()
): Rollup {
  const times = new Map(workflows.map(workflow => [workflow.id, timeOf(workflow)]))
  const time = (id: string): number => times.get(id) ?? -Infinity
  for (const [id, origin] of reruns) times.set(id, Math.max(time(id), time(origin)))
  const order = [...reruns.keys()]
  const byAge = (a: Workflow, b: Workflow): number =>
    compare(time(a.id), time(b.id)) || order.indexOf(a.id) - order.indexOf(b.id) || byFacts(a, b)
  const groups = new Map<string, Workflow[]>()
  for (const workflow of [...workflows].sort(byAge)) {
    const key = `${workflow.setup ? 'setup' : 'plain'} ${workflow.name}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [workflow])
    else group.push(workflow)
  }
  const list = matcher(lines)
  const attempts: Attempt[] = []
  for (const group of groups.values()) {
    for (const [index, workflow] of group.entries()) {
      attempts.push({
        ...workflow,
        attempt: index + 1,
        latest: index === group.length - 1,
        deciding: !workflow.setup && list.matches(workflow.name) !== 'no'
      })
    }
  }
  attempts.sort(byAge)
  const latest = attempts.filter(attempt => attempt.latest)
  return {
    attempts,
    deciding: latest.filter(attempt => attempt.deciding),
    setup: latest.filter(attempt => attempt.setup),
    others: latest.filter(attempt => !attempt.deciding && !attempt.setup),
    unmatched: list.unmatched(latest.filter(({setup}) => !setup).map(({name}) => name))
  }
}

/** Where nothing shows which of two runs is the later one, the success counts as the earlier: it proves nothing. */
function byFacts(a: Workflow, b: Workflow): number {
  return (
    a.autoRerunNumber - b.autoRerunNumber ||
    Number(isSuccess(b)) - Number(isSuccess(a)) ||
    a.name.localeCompare(b.name)
  )
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}

function timeOf(workflow: Workflow): number {
  const time = Date.parse(workflow.createdAt)
  if (!Number.isNaN(time)) return time
  return isSuccess(workflow) ? -Infinity : Infinity
}

function isSuccess({status}: Workflow): boolean {
  return phaseOf(status) === 'success'
}
