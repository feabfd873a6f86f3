import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The folders of one job on a runner, all below one folder. */
export interface RunnerFolders {
  readonly workspace: string
  readonly temp: string
  readonly home: string
  /** Removes all of them. */
  remove(): void
}

/** The event that started the workflow. */
export interface RunnerEvent {
  /** For example `push` or `pull_request`. */
  readonly name: string
  /** The webhook's body; what every event has (`repository`, `sender`) is filled in. */
  readonly payload?: Readonly<Record<string, unknown>>
}

/** What decides a step's environment. */
export interface EnvironmentOptions {
  readonly folders: RunnerFolders
  readonly event: RunnerEvent
  readonly debug: boolean
  /** The workflow's `env:`; it also overrides any variable the runner sets. */
  readonly env: Readonly<Record<string, string>>
}

/** The commit and the merge commit that an event without one of its own is about. */
export const COMMIT = '8f2c1d9e4b7a6053f1e2d3c4b5a69788796a5b4c'
const MERGE_COMMIT = 'd41c3b2a190807f6e5d4c3b2a1908f7e6d5c4b3a'
const REPOSITORY = 'acme/shop'

/** Makes the folders of a job below the given folder, which must be there, or below a fresh temporary one. */
export function createFolders(parent?: string): RunnerFolders {
  // On macOS the temporary folder is a link; the runner's paths are not.
  const base = realpathSync(parent ?? mkdtempSync(path.join(os.tmpdir(), 'runner-')))
  const folder = (...names: string[]): string => {
    const made = path.join(base, ...names)
    mkdirSync(made, {recursive: true})
    return made
  }
  return {
    workspace: folder('_work', 'shop', 'shop'),
    temp: folder('_work', '_temp'),
    home: folder('home'),
    remove: () => {
      rmSync(base, {recursive: true, force: true, maxRetries: 3})
    }
  }
}

/**
 * Builds the environment of a step from nothing but its arguments and the few variables a process needs to start:
 * no variable of the person who runs it, and so no token of theirs, gets in.
 * Source of the names: docs.github.com "Variables reference".
 */
export function runnerEnvironment(options: EnvironmentOptions): Record<string, string> {
  const {folders, event, env} = options
  const payload = {...COMMON_PAYLOAD, ...event.payload}
  const eventPath = path.join(folders.temp, '_github_workflow', 'event.json')
  mkdirSync(path.dirname(eventPath), {recursive: true})
  const text = JSON.stringify(payload, null, 2)
  // Another step of the job may be reading it.
  if (!existsSync(eventPath) || readFileSync(eventPath, 'utf8') !== text) {
    writeFileSync(eventPath, text)
  }
  const ref = env['GITHUB_REF'] ?? refOf(event.name, payload)
  return {
    ...systemVariables(folders),
    ...CONSTANTS,
    ...(options.debug ? {RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true'} : {}),
    ...pullRequestRefs(payload),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_SHA: shaOf(event.name, payload),
    GITHUB_WORKSPACE: folders.workspace,
    RUNNER_TEMP: folders.temp,
    RUNNER_TOOL_CACHE: path.join(folders.home, 'tools'),
    ...env
  }
}

const CONSTANTS: Readonly<Record<string, string>> = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTION: '__self',
  GITHUB_ACTION_REF: 'v1',
  GITHUB_ACTION_REPOSITORY: 'OWNER/circleci-pipeline-action',
  GITHUB_ACTOR: 'octocat',
  GITHUB_TRIGGERING_ACTOR: 'octocat',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_JOB: 'circleci',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_REPOSITORY: REPOSITORY,
  GITHUB_REPOSITORY_OWNER: 'acme',
  GITHUB_RUN_ID: '4242424242',
  GITHUB_RUN_NUMBER: '17',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RETENTION_DAYS: '90',
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_NAME: 'GitHub Actions 1',
  RUNNER_OS: {darwin: 'macOS', win32: 'Windows'}[process.platform as string] ?? 'Linux',
  RUNNER_ARCH: process.arch.toUpperCase()
}

const COMMON_PAYLOAD = {
  repository: {
    name: 'shop',
    full_name: REPOSITORY,
    default_branch: 'main',
    html_url: `https://github.com/${REPOSITORY}`,
    owner: {login: 'acme'}
  },
  sender: {login: 'octocat'}
}

// Windows processes do not start without SystemRoot; nothing here tells who runs the step.
function systemVariables(folders: RunnerFolders): Record<string, string> {
  const kept = ['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'ComSpec']
  const copied = kept.flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(copied),
    HOME: folders.home,
    USERPROFILE: folders.home,
    TMPDIR: folders.temp,
    TEMP: folders.temp,
    TMP: folders.temp,
    LANG: 'C.UTF-8'
  }
}

type Payload = Readonly<Record<string, unknown>>

function refOf(name: string, payload: Payload): string {
  if (typeof payload['ref'] === 'string') {
    return payload['ref'].startsWith('refs/') ? payload['ref'] : `refs/heads/${payload['ref']}`
  }
  const number = field(payload, 'pull_request', 'number')
  // A `pull_request_target` runs on the base; the other pull request events on the merge ref.
  if (typeof number === 'number' && name !== 'pull_request_target')
    return `refs/pull/${number}/merge`
  const tag = field(payload, 'release', 'tag_name')
  if (typeof tag === 'string') return `refs/tags/${tag}`
  return 'refs/heads/main'
}

function shaOf(name: string, payload: Payload): string {
  if (typeof payload['after'] === 'string') return payload['after']
  return name.startsWith('pull_request') && name !== 'pull_request_target' ? MERGE_COMMIT : COMMIT
}

function pullRequestRefs(payload: Payload): Record<string, string> {
  const ref = (side: string): string => {
    const value = field(payload, 'pull_request', side, 'ref')
    return typeof value === 'string' ? value : ''
  }
  return {GITHUB_HEAD_REF: ref('head'), GITHUB_BASE_REF: ref('base')}
}

function field(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Payload)[key] : undefined,
    value
  )
}
