import type {Annotation, AnnotationLevel} from './command-reader.ts'

/** How many annotations of one level the runner keeps of one step, and how long a message may be. */
const PER_LEVEL = 10
const MESSAGE_LENGTH = 4096

/** Keeps the annotations of one step within the runner's limits. */
export interface AnnotationStore {
  readonly kept: readonly Annotation[]
  /** How many were one too many: they are in the log only. */
  readonly dropped: number
  add(annotation: Annotation): void
}

/** Makes an empty store. Source of the limits: actions/runner `src/Runner.Worker/ExecutionContext.cs`, AddIssue. */
export function annotationStore(): AnnotationStore {
  const kept: Annotation[] = []
  let dropped = 0
  const count = (level: AnnotationLevel): number => kept.filter(a => a.level === level).length
  return {
    kept,
    get dropped() {
      return dropped
    },
    add: annotation => {
      if (count(annotation.level) >= PER_LEVEL) {
        dropped += 1
        return
      }
      kept.push({...annotation, message: annotation.message.slice(0, MESSAGE_LENGTH)})
    }
  }
}
