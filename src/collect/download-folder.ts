import {lstat, realpath} from 'node:fs/promises'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'

import {InputError} from '../errors.ts'
import {codeOf} from './disk-error.ts'

/** The folders a download may go below. */
export interface DownloadRoots {
  /** The runner's workspace; relative paths start here. */
  readonly workspace: string
  /** The runner's folder for temporary files. */
  readonly temp: string | undefined
}

/**
 * Where `artifacts-path` leads, as an absolute path without symbolic links. Throws an `InputError` unless that is
 * inside the workspace or the runner's temporary folder; nothing is written.
 */
export async function checkDownloadFolder(path: string, roots: DownloadRoots): Promise<string> {
  if (path.includes('\0'))
    throw new InputError('artifacts-path', 'must not contain a NUL character.')
  const folder = await physicalPath(resolve(roots.workspace, path), path)
  for (const root of [roots.workspace, roots.temp]) {
    if (root === undefined || root === '') continue
    if (isInside(folder, await realpath(root).catch(() => resolve(root)))) return folder
  }
  throw new InputError(
    'artifacts-path',
    `must be a folder inside the workspace (${roots.workspace}) or the runner's temporary folder, ` +
      `but "${path}" is ${folder}. Use a relative path such as "artifacts".`
  )
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
