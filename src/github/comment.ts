import {createHash} from 'node:crypto'

import type {Log} from '../base/log.ts'
import type {GitHub, IssueComment} from './client.ts'
import {notUpToDate, toFault} from './fault.ts'

/** A conversation longer than this many pages of 100 comments is not searched to its end. */
const MAX_PAGES = 30

/** Which comment it is, and through what it is written. */
export interface PullRequestCommentOptions {
  /** `undefined` without a `github-token`. */
  readonly github: GitHub | undefined
  /** `undefined` when the event belongs to none: then there is nothing to comment on. */
  readonly pullRequest: number | undefined
  /** What distinguishes this action's comments on one pull request. */
  readonly key: CommentKey
  readonly log: Pick<Log, 'info' | 'warning'>
}

/** Whose comment it is. Legs of a matrix have the same workflow and job: they need names. */
export interface CommentKey {
  readonly workflow: string | undefined
  readonly job: string | undefined
  /** The project's slug. */
  readonly project: string
  /** The name that input `comment` gives, else the definition. */
  readonly name: string | undefined
}

/**
 * Brings the one comment of a pull request up to date, or makes it; it is found again in later runs by a hidden marker at
 * its start. Only a comment written by the token's own user is touched: anybody can quote the marker, or begin with it.
 * Never rejects, and changes no verdict.
 */
export async function keepComment(
  {github, pullRequest, key, log}: PullRequestCommentOptions,
  body: string
): Promise<void> {
  if (pullRequest === undefined) {
    log.info('There is no pull request to comment on.')
    return
  }
  const warn = (error?: unknown): void => {
    log.warning(notUpToDate('The pull request comment', 'pull-requests: write', error))
  }
  if (github === undefined) {
    warn()
    return
  }
  const marker = markerOf(key)
  await write({github, pullRequest, marker}, `${marker}\n${body}`).catch(warn)
}

/** The hidden first line of the comment: an HTML comment of 67 characters, whatever the names in its key. */
export function markerOf({workflow, job, project, name}: CommentKey): string {
  const key = JSON.stringify([workflow ?? '', job ?? '', project, name ?? ''])
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return `<!-- circleci-pipeline-action: ${hash} -->`
}

interface Place {
  readonly github: GitHub
  readonly pullRequest: number
  readonly marker: string
}

async function write(place: Place, body: string): Promise<void> {
  const existing = await findOwn(place)
  if (existing !== undefined) {
    if (!isSameText(existing.body, body)) await place.github.updateComment(existing.id, body)
    return
  }
  try {
    await place.github.createComment(place.pullRequest, body)
  } catch (error) {
    if (toFault(error).kind !== 'unavailable') throw error
    // The answer was lost, not necessarily the comment: look before making another.
    if ((await findOwn(place)) === undefined) {
      await place.github.createComment(place.pullRequest, body)
    }
  }
}

async function findOwn({github, pullRequest, marker}: Place): Promise<IssueComment | undefined> {
  let login: string | undefined
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const {items, isLast} = await github.commentPage(pullRequest, page)
    for (const comment of items.filter(item => item.body.startsWith(marker))) {
      login ??= await github.ownLogin()
      if (comment.author === login) return comment
    }
    if (isLast) break
  }
  return undefined
}

/** GitHub's editor turns line ends into CR LF. */
function isSameText(one: string, other: string): boolean {
  const normal = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd()
  return normal(one) === normal(other)
}
