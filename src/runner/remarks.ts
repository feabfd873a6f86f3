import {DEFAULTS} from './action-defaults.ts'
import type {InputReader} from './input-reader.ts'
import type {Inputs} from './inputs.ts'

/** A line for the log about inputs that are no mistake. */
export interface Remark {
  readonly level: 'notice' | 'warning'
  readonly text: string
}

/** The line about names that are no inputs; none where there are none. */
export function remarksOnUnknown(names: readonly string[]): readonly Remark[] {
  if (names.length === 0) return []
  const list = names.map(name => `"${name}"`).join(', ')
  const what =
    names.length === 1
      ? 'is no input of this action and has'
      : 'are no inputs of this action and have'
  return [{level: 'warning', text: `${list} ${what} no effect.`}]
}

/** Names of the inputs that were set and do nothing, because the step does not wait. */
export function idleInputs(
  inputs: Omit<Inputs, 'remarks' | 'idle'>,
  read: InputReader
): readonly string[] {
  const {wait, dryRun, onRerun} = inputs
  if (wait || dryRun) return []
  const pipelines = inputs.pipelines ?? [inputs]
  const isNew = pipelines.every(({pipeline}) => pipeline.kind === 'new')
  const approves = pipelines.some(({approve}) => approve.length > 0)
  const names = [
    // It also ends the search for a pipeline, and of an earlier pipeline only what decides is rerun.
    ...(isNew && !approves ? ['timeout'] : []),
    ...(onRerun === 'new' && !approves ? ['workflows'] : []),
    ...['jobs', 'fail-fast', 'rerun-failed', 'on-timeout'],
    // A step that only approves waits for that, and tells why when it fails.
    ...(approves ? [] : ['poll-interval', 'on-hold', 'on-no-workflows']),
    ...(approves ? [] : ['artifacts', 'annotations', 'log-lines']),
    ...['artifacts-path', 'commit-status', 'comment']
  ]
  return names.filter(name => read.text(name) !== DEFAULTS.get(name) || isInEntry(name, inputs))
}

/** Whether an entry of `pipelines` sets one of the lists that only a wait reads. */
function isInEntry(name: string, {pipelines = []}: Pick<Inputs, 'pipelines'>): boolean {
  if (name !== 'workflows' && name !== 'jobs') return false
  return pipelines.some(pipeline => pipeline[name].length > 0)
}
