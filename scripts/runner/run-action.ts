import {inputVariable, readActionFile, resolveInputs, type ActionFile} from './action-file.ts'
import type {Annotation, LogEvent} from './command-reader.ts'
import {
  createFolders,
  runnerEnvironment,
  type RunnerEvent,
  type RunnerFolders
} from './environment.ts'
import {runStep, type StepControl, type StepResult} from './step.ts'

/** What to run, and on what. Everything has a default. */
export interface ActionOptions extends StepControl {
  /** The action.yml to obey; this repository's by default. */
  readonly actionFile?: string
  /** Script to run instead of action.yml's `main` and `post`. */
  readonly entry?: string
  /** The step's `with:`, kebab-case; the rest comes from the defaults in action.yml. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The workflow's `env:`; `GITHUB_…` variables in it win over the harness's own. */
  readonly env?: Readonly<Record<string, string>>
  /** A push to `main` by default. */
  readonly event?: RunnerEvent
  /** The value of `github.token`; masked from the start, as on a runner. */
  readonly githubToken?: string
  /** Node binary to run the action with; the running one by default. */
  readonly node?: string
  /** Folders of an earlier step of the same job. Whoever gives them removes them. */
  readonly folders?: RunnerFolders
  /** Turns step debug logging on. */
  readonly debug?: boolean
}

/** How a step ended and everything it left behind. */
export interface ActionResult extends StepResult {
  readonly folders: RunnerFolders
  /** Runs the post step with the state and the inputs of this one. */
  post(control?: PostOptions): Promise<StepResult>
  /** Removes the job's folders. */
  dispose(): void
}

/** What can differ in the post step. */
export interface PostOptions extends StepControl {
  readonly env?: Readonly<Record<string, string>>
}

export type {Annotation, LogEvent, RunnerEvent, StepResult}

/** The token the harness uses for `github.token`; it opens nothing. */
export const GITHUB_TOKEN = 'ghs_harnessTokenThatOpensNothing0000'

/**
 * Runs the action as GitHub's runner runs it: `node dist/index.js` in the workspace, inputs in `INPUT_…`, results in
 * command files, nothing of this process's own environment. Resolves once the process has ended, however it ended.
 * Rejects when it cannot be started or runs longer than it may.
 */
export async function runAction(options: ActionOptions = {}): Promise<ActionResult> {
  const action = readActionFile(options.actionFile)
  const folders = options.folders ?? createFolders()
  const token = options.githubToken ?? GITHUB_TOKEN
  const inputs = resolveInputs(action, options.inputs ?? {}, {token})
  const node = options.node ?? process.execPath
  const environment = (env: Readonly<Record<string, string>>, state: object) => ({
    ...runnerEnvironment({
      folders,
      event: options.event ?? {name: 'push', payload: {ref: 'refs/heads/main'}},
      debug: options.debug ?? false,
      env: {...options.env, ...env}
    }),
    ...rename(inputs.values, inputVariable),
    ...rename(state, name => `STATE_${name}`)
  })
  const step = (stage: 'main' | 'post', control: StepControl, env: Record<string, string>) =>
    runStep({
      ...control,
      command: [node, options.entry ?? (stage === 'main' ? action.main : postScript(action))],
      stage,
      folders,
      env,
      secrets: [token],
      warnings: stage === 'main' ? inputs.warnings : []
    })

  const main = await step('main', options, environment({}, {}))
  return {
    ...main,
    folders,
    post: (control = {}) => step('post', control, environment(control.env ?? {}, main.state)),
    dispose: () => {
      folders.remove()
    }
  }
}

function postScript(action: ActionFile): string {
  if (action.post === undefined) throw new Error(`The action "${action.name}" has no post step.`)
  return action.post
}

function rename(values: object, toName: (name: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values as Record<string, string>).map(([name, value]) => [toName(name), value])
  )
}
