import type {Pipeline, PipelineMessage} from '../circleci/model.ts'
import type {WaitContext} from './context.ts'

const STATES = new Set(['created', 'errored', 'setup-pending', 'setup', 'pending'])

/** The pipeline itself, as it was last read, and since when it is `created`. */
export class PipelineState {
  /** As last read. */
  pipeline: Pipeline | undefined
  private readonly context: Pick<WaitContext, 'clock' | 'log'>
  private readonly said = new Set<string>()
  private createdSince: number | undefined
  private readWith = ''

  constructor(context: Pick<WaitContext, 'clock' | 'log'>) {
    this.context = context
  }

  /** The state, and the workflows that were known when it was read, to compare. */
  get facts(): string {
    return `${this.pipeline?.state ?? ''}\n${this.readWith}`
  }

  /** Milliseconds since it was first seen `created`; 0 while it is not. */
  get createdForMs(): number {
    return this.createdSince === undefined ? 0 : this.context.clock.now() - this.createdSince
  }

  /** Whether it was `created` when read beside these workflows: then it makes no more. */
  isSettledWith(workflows: string): boolean {
    return workflows !== '' && this.pipeline?.state === 'created' && this.readWith === workflows
  }

  /** Takes what was read of the pipeline after these workflows were known. */
  take(pipeline: Pipeline, workflows: string): void {
    const {clock, log} = this.context
    const {state, errors, warnings} = pipeline
    this.pipeline = pipeline
    this.readWith = workflows
    if (!STATES.has(state) && this.isNew(`state ${state}`)) {
      log.warning(
        `The pipeline has the state "${state}", which this version of the action does not know: the step keeps waiting for workflows.`
      )
    }
    if (state !== 'created') this.createdSince = undefined
    else this.createdSince ??= clock.now()
    this.quote("CircleCI's messages about the config", errors)
    if (this.quote("CircleCI's warnings about the config", warnings)) {
      log.warning(`CircleCI warns about the config: ${warnings.map(messageLine).join('; ')}`)
    }
  }

  /** Shows messages of several lines as they are, once. Returns whether they are new. */
  private quote(title: string, messages: readonly PipelineMessage[]): boolean {
    const lines = messages.flatMap(({type, message}) => [`${type}:`, ...message.split(/\r?\n/)])
    if (messages.length === 0 || !this.isNew([title, ...lines].join('\n'))) return false
    if (messages.some(({message}) => messageLines(message).length > 1)) {
      this.context.log.group(title, lines)
    }
    return true
  }

  private isNew(text: string): boolean {
    const isNew = !this.said.has(text)
    this.said.add(text)
    return isNew
  }
}

/** One of CircleCI's messages about a config, which may have several lines, as one: `In step 3: Unexpected argument(s): x (config)`. */
export function messageLine({message, type}: PipelineMessage): string {
  return `${messageLines(message).join(' ') || 'no message'} (${type})`
}

/** Its lines without the marks that draw a tree (`|`, `\u2022`), and without empty ones. */
export function messageLines(message: string): readonly string[] {
  return message
    .split(/\r\n|[\n\r]/)
    .map(line => line.replace(/^[\s|\u2022]+/, '').trimEnd())
    .filter(line => line !== '')
}
