import {parseAddress} from '../base/text.ts'
import {meantSlug, parseSlug, type Slug} from '../circleci/slug.ts'
import {isLoopback} from '../circleci/storage.ts'
import {InputError} from '../base/errors.ts'
import type {CommitStatusLine} from '../github/commit-status.ts'
import {quote} from './input-reader.ts'
import type {PipelineChoice} from './inputs.ts'
import type {Environment} from './context.ts'

/** Where a token is looked for when the input is empty, in this order. */
const TOKEN_VARIABLES = ['CIRCLE_TOKEN', 'CIRCLECI_TOKEN', 'CCI_TOKEN'] as const

/** The token as it was given, untouched: what has to be masked before anything is printed. */
export function rawToken(input: string, env: Environment): string | undefined {
  return [input, ...TOKEN_VARIABLES.map(name => env[name])].find(
    value => value !== undefined && value.trim() !== ''
  )
}

/**
 * The token: the input, else the environment. Surrounding white space (a secret pasted with its line end) is dropped;
 * anything else that cannot be part of a token is refused without showing it.
 */
export function tokenFrom(input: string | undefined, env: Environment): string | undefined {
  const token = rawToken(input ?? '', env)?.trim()
  if (token !== undefined && !/^[\u0021-\u007e]+$/.test(token)) {
    throw new InputError(
      'token',
      'contains spaces or other characters that no CircleCI token has: something else was probably pasted with it. Set the secret again with nothing but the token.'
    )
  }
  return token
}

/** An origin, trimmed of a trailing `/`, `/api` or `/api/vN`. */
export function parseHost(text: string | undefined): string {
  const trimmed = (text ?? '').trim().replace(/\/+$/, '')
  const bare = trimmed.replace(/\/api(\/v[\d.]+)?$/i, '').replace(/\/+$/, '')
  const url = parseAddress(bare)
  if (!/^https?:\/\//i.test(bare) || url === undefined) {
    throw new InputError(
      'host',
      `must be an address such as "https://circleci.com" or "https://circleci.example.com", got ${quote(text?.includes('@') === true ? 'an address with credentials' : text)}.`
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(
      'host',
      'must not contain credentials: pass the token with the input \"token\".'
    )
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new InputError(
      'host',
      `must be an address without a path, such as ${quote(url.origin)}, got ${quote(text)}.`
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InputError(
      'host',
      `must start with "https://", got ${quote(text)}: over plain http the token could be read on the network.`
    )
  }
  // The address people have in their browser; the API is on the other one.
  return url.origin === 'https://app.circleci.com' ? 'https://circleci.com' : url.origin
}

/** A slug as CircleCI writes it; `undefined` when the input is empty. */
export function parseProjectSlug(text: string | undefined): Slug | undefined {
  if (text === undefined) return undefined
  const slug = parseSlug(text)
  if (slug !== undefined) return slug
  const meant = meantSlug(text)
  throw new InputError(
    'project-slug',
    `must look like "gh/org/repo", "bb/org/repo" or "circleci/<org>/<project>" (Project Settings > Overview shows it), got ${quote(text)}.${meant === undefined ? '' : ` Write ${quote(meant)}.`}`
  )
}

/**
 * A branch as it is given. `12/merge` is none: GITHUB_REF_NAME is that in a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function parseBranch(input: string, text: string | undefined): string | undefined {
  if (text === undefined || !/^\d+\/merge$/.test(text)) return text
  throw new InputError(
    input,
    `is ${quote(text)}, which is not a branch: it is the value of github.ref_name in a pull request. Leave it out to build the pull request's head, or name a branch, such as "\${{ github.head_ref }}".`
  )
}

/** What is wrong with a blank `pipeline`. */
export const BLANK_PIPELINE =
  'is blank: an expression probably came out empty. Set it to "new", "commit", a full commit SHA, a number or an id, or leave it out to trigger a new one.'

/** What is wrong with a blank `pipelines`. */
export const BLANK_PIPELINES =
  'is blank: an expression probably came out empty. Give a mapping of names to inputs, "{}" for no pipeline at all, or leave it out for one pipeline.'

/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i

/** `new`, `commit`, a commit's full SHA, a pipeline's id (UUID) or its number. */
export function parsePipelineChoice(text: string | undefined): PipelineChoice {
  const value = (text ?? '').trim()
  if (value === 'new' || value === 'commit') return {kind: value}
  if (SHA.test(value)) return {kind: 'commit', revision: value.toLowerCase()}
  if (/^#?[1-9]\d{0,14}$/.test(value)) {
    return {kind: 'number', number: Number(value.replace('#', ''))}
  }
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) {
    return {kind: 'id', id: value.toLowerCase()}
  }
  throw new InputError(
    'pipeline',
    `must be "new", "commit", a commit's full SHA (40 digits), a pipeline's number such as "1234" or its id (a UUID of 36 characters), got ${quote(text)}.`
  )
}

/** Longest name of a comment, in characters. */
const MAX_COMMENT_NAME = 100

/** Whether to comment, or the name of the comment to keep: one line, and no other word for yes or no. */
export function parseComment(text: string | undefined): boolean | string {
  const value = (text ?? '').trim()
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:|false|False|FALSE)$/.test(value)) return false
  const isName = value.length <= MAX_COMMENT_NAME && !/[\p{Cc}\u2028\u2029]/u.test(value)
  if (isName && !/^(?:true|false|yes|no|on|off|y|n)$/i.test(value)) return value
  throw new InputError(
    'comment',
    `must be "true", "false" or a name for the comment, of at most ${MAX_COMMENT_NAME} characters on one line, got ${quote(text)}.`
  )
}

/**
 * Parses input `commit-status`: one status a line, `context` or `context -> artifact glob`. Blank lines are left
 * out. Throws an `InputError` on a line without a context or without a glob after its arrow, and on a context that
 * is named twice.
 */
export function parseCommitStatuses(text = ''): readonly CommitStatusLine[] {
  const statuses = text.split(/\r?\n/).flatMap(line => {
    const trimmed = line.trim()
    return trimmed === '' ? [] : [parseStatusLine(trimmed)]
  })
  const seen = new Set<string>()
  for (const {context} of statuses) {
    // GitHub ignores case in contexts: the two would overwrite each other.
    const name = context.toLowerCase()
    if (seen.has(name)) failStatus(`names the context "${context}" twice; name each once.`)
    seen.add(name)
  }
  return statuses
}

function parseStatusLine(line: string): CommitStatusLine {
  const arrow = line.indexOf('->')
  if (arrow === -1) return {context: line, artifactGlob: undefined}
  const context = line.slice(0, arrow).trim()
  const artifactGlob = line.slice(arrow + 2).trim()
  if (context === '' || artifactGlob === '') {
    failStatus(`must have lines such as "docs" or "docs -> **/index.html", got "${line}".`)
  }
  return {context, artifactGlob}
}

function failStatus(problem: string): never {
  throw new InputError('commit-status', problem)
}
