import {annotationStore, type AnnotationStore} from './annotations.ts'
import {commandReader, type LogEvent} from './command-reader.ts'
import {createMasks, type Masks} from './masks.ts'

/** Everything a step's log lines said, kept as the runner keeps it. */
export interface StepLog {
  readonly masks: Masks
  /** The secrets that the step itself had masked. */
  readonly secrets: readonly string[]
  readonly annotations: AnnotationStore
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** Secrets masked. */
  readonly events: readonly LogEvent[]
  /** The raw lines, without the `add-mask` commands. */
  readonly printed: readonly string[]
  /** Commands the runner refuses; any of them fails the step. */
  readonly problems: readonly string[]
  /** Takes the next line of stdout or stderr. */
  read(line: string): void
  /** Takes something the runner says itself. */
  add(event: LogEvent): void
}

// Shorter stop tokens are not masked: they could be common words. Source: actions/runner `ActionCommandManager.cs`.
const SHORTEST_MASKED_TOKEN = 7

/** Makes an empty `StepLog` that masks the known secrets from the start. `onLine` hears what each line means, secrets masked. */
export function stepLog(
  known: readonly string[],
  onLine: (event: LogEvent) => void = () => undefined
): StepLog {
  const understand = commandReader()
  const masks = createMasks()
  for (const secret of known) masks.add(secret)
  const secrets: string[] = []
  const annotations = annotationStore()
  const outputs: Record<string, string> = {}
  const state: Record<string, string> = {}
  const events: LogEvent[] = []
  const printed: string[] = []
  const problems: string[] = []

  const add = (event: LogEvent): void => {
    if (event.type === 'mask') {
      masks.add(event.value)
      secrets.push(event.value)
    }
    if (event.type === 'stop' && event.token.length >= SHORTEST_MASKED_TOKEN) masks.add(event.token)
    if (event.type === 'output') outputs[event.name] = event.value
    if (event.type === 'state') state[event.name] = event.value
    if (event.type === 'refused') {
      problems.push(`Unable to process command "${event.command.name}": ${event.reason}`)
    }
    const shown = masked(event, masks)
    if (shown.type === 'annotation') annotations.add(shown.annotation)
    events.push(shown)
    onLine(shown)
  }
  return {
    masks,
    secrets,
    annotations,
    outputs,
    state,
    events,
    printed,
    problems,
    add,
    read: line => {
      const event = understand(line)
      if (event.type !== 'mask') printed.push(line)
      add(event)
    }
  }
}

/** Returns a copy of an event in which every text has its secrets masked. */
function masked<T>(value: T, masks: Masks): T {
  if (typeof value === 'string') return masks.apply(value) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, masked(inner as unknown, masks)])
  ) as T
}
