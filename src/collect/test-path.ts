import type {Stats} from 'node:fs'
import {stat} from 'node:fs/promises'
import {join} from 'node:path'

/** Longest path that is taken apart, in UTF-16 units; a test report may hold anything. */
export const MAX_PATH = 1000
/** With more folders than this, the shorter ends of a path are not guessed. */
const MAX_FOLDERS = 40

/**
 * Homes of CircleCI's users, by executor: convenience images, images that run as root, macOS, Windows (whose paths may
 * differ in case), and `~` as the configuration writes it. A project is checked out into `project` below, or into the
 * folder that the configuration names, mostly below it as well.
 * https://circleci.com/docs/configuration-reference/#jobs (`working_directory`)
 */
const HOME =
  /^(?:\/home\/circleci|\/root|\/users\/(?:distiller|circleci)|[a-z]:\/users\/circleci(?:\.[^/]*)?|~)\//i
/** What is checked out below a home; hidden folders and Go's hold other people's code. */
const CHECKOUT = /^(?!\.|go\/)[^/]+\//i

/**
 * The path inside the repository that a path of a test report means, with `/`, without leaving the repository:
 * relative paths, and absolute ones below a folder named like the repository or a folder of a CircleCI user's home.
 * `undefined` when that is not certain, or the path is longer than `MAX_PATH`. Understands `file://` addresses and Windows'
 * back-slashes.
 */
export function repositoryPath(file: string, repository: string): string | undefined {
  if (file.length > MAX_PATH) return undefined
  const relative = stripCheckout(toSlashes(file), repository)
  return relative === undefined ? undefined : normalize(relative)
}

/**
 * All that a path may mean inside the repository, likeliest first: `repositoryPath`, then, of an absolute path, every
 * shorter end that still has a folder. The latter are guesses, worth something only where such a file exists.
 */
export function repositoryPaths(file: string, repository: string): readonly string[] {
  if (file.length > MAX_PATH) return []
  const path = toSlashes(file)
  const guesses = isAbsolute(path) ? shorterEnds(path) : []
  const paths = [repositoryPath(file, repository), ...guesses.map(normalize)]
  return [...new Set(paths.filter(candidate => candidate !== undefined))]
}

/** The same path with `/` only, and without `file://`. */
export function toSlashes(file: string): string {
  let path = file.trim()
  if (/^file:\/\//i.test(path)) path = decoded(path.replace(/^file:\/\/(?:localhost)?/i, ''))
  if (/^\/[a-z]:[\\/]/i.test(path)) path = path.slice(1)
  // A back-slash is a legal character of a Unix name, so it only counts where nothing else separates folders.
  return /^[a-z]:\\/i.test(path) || !path.includes('/') ? path.replaceAll('\\', '/') : path
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function stripCheckout(path: string, repository: string): string | undefined {
  if (!isAbsolute(path)) return path
  const belowHome = HOME.test(path) ? path.replace(HOME, '') : ''
  const segments = path.split('/')
  const index = repository === '' ? -1 : segments.indexOf(repository)
  if (index >= 0 && !/^project\//i.test(belowHome)) return segments.slice(index + 1).join('/')
  return CHECKOUT.test(belowHome) ? belowHome.replace(CHECKOUT, '') : undefined
}

function shorterEnds(path: string): readonly string[] {
  const segments = path
    .replace(HOME, '')
    .split('/')
    .filter(segment => segment !== '')
  if (segments.length > MAX_FOLDERS) return []
  const ends: string[] = []
  // A bare file name says too little to guess by.
  for (let start = 1; start <= segments.length - 2; start += 1) {
    ends.push(segments.slice(start).join('/'))
  }
  return ends
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[a-z]:\/|~\/)/i.test(path)
}

/** A relative path without `.` and `..`; `undefined` when it leaves the repository, is absolute or a folder, or is none. */
function normalize(path: string): string | undefined {
  if (isAbsolute(path) || path.endsWith('/') || path.includes('\0')) return undefined
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.pop() === undefined) return undefined
  }
  const inside = kept.join('/')
  return inside === '' || isAbsolute(inside) ? undefined : inside
}

/** Whether a path relative to the repository is a file of the checkout. */
export type FileExists = (path: string) => Promise<boolean>

/**
 * A way to ask for files of the checkout; `undefined` when the workspace holds none. There is one when it has a `.git`:
 * files that something else has put there say nothing about those of the repository. A checkout in a folder of its own,
 * or without git, counts as none.
 */
export async function filesOfCheckout(
  workspace: string | undefined
): Promise<FileExists | undefined> {
  if (workspace === undefined) return undefined
  const isThere = (path: string, is: (found: Stats) => boolean): Promise<boolean> =>
    stat(join(workspace, path)).then(is, () => false)
  const hasGit = await isThere('.git', () => true)
  return hasGit ? path => isThere(path, found => found.isFile()) : undefined
}
