import {lstat, realpath} from 'node:fs/promises'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'

import {InputError} from '../base/errors.ts'
import {codeOf} from './disk-error.ts'
import {isGitName} from './file-name.ts'

/** The folders a download may go below. */
export interface DownloadRoots {
  /** The runner's workspace; relative paths start here. */
  readonly workspace: string
  /** The runner's folder for temporary files. */
  readonly temp: string | undefined
}

/** Where artifacts go. */
export interface DownloadFolder {
  /** Absolute, and without symbolic links. */
  readonly path: string
  /** Whether it is the workspace itself, in which other things lie. */
  readonly isWorkspace: boolean
}

/**
 * Where `artifacts-path` leads. Throws an `InputError` unless that is inside the workspace or strictly below the
 * runner's temporary folder, and neither Git's nor the runner's own; nothing is written.
 */
export async function checkDownloadFolder(
  path: string,
  roots: DownloadRoots
): Promise<DownloadFolder> {
  if (path.includes('\0'))
    throw new InputError('artifacts-path', 'must not contain a NUL character.')
  const folder = await physicalPath(resolve(roots.workspace, path), path)
  const workspace = await physicalRoot(roots.workspace)
  const temp =
    roots.temp === undefined || roots.temp === '' ? undefined : await physicalRoot(roots.temp)
  if (temp !== undefined && isInside(folder, temp)) {
    refuseRunnersOwn(path, relative(temp, folder))
  } else if (!isInside(folder, workspace)) {
    throw new InputError(
      'artifacts-path',
      `must be a folder inside the workspace (${roots.workspace}) or the runner's temporary folder, ` +
        `but "${path}" is ${folder}. Use a relative path such as "artifacts".`
    )
  }
  if (relative(workspace, folder).split(/[\\/]/).some(isGitName)) {
    throw new InputError('artifacts-path', `leads into a Git repository's own folder: "${path}".`)
  }
  return {path: folder, isWorkspace: folder === workspace}
}

/** The runner keeps the event's payload, the scripts of steps and the files of their outputs there (`_github_workflow`, …). */
function refuseRunnersOwn(input: string, below: string): void {
  if (below !== '' && !below.startsWith('_')) return
  throw new InputError(
    'artifacts-path',
    `must not be the runner's own, which "${input}" is: name a folder of your own in there, such as "artifacts".`
  )
}

async function physicalRoot(root: string): Promise<string> {
  return realpath(root).catch(() => resolve(root))
}

/** Whether `path` is `folder` or below it; both absolute. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way.split(/[\\/]/)[0] !== '..' && !isAbsolute(way))
}

/** Resolves the links of that part of a path which exists. A link to nowhere is refused: it may lead anywhere later. */
async function physicalPath(path: string, input: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!isMissing(error)) throw unusable(input, error)
  }
  if (await exists(path)) {
    throw new InputError('artifacts-path', `leads through ${path}, a symbolic link to nowhere.`)
  }
  const parent = dirname(path)
  return parent === path ? path : join(await physicalPath(parent, input), path.slice(parent.length))
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false
  )
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

function unusable(input: string, cause: unknown): InputError {
  return new InputError(
    'artifacts-path',
    `is "${input}", which cannot be used as a folder (${codeOf(cause)}).`,
    {cause}
  )
}
