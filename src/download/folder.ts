import {lstat, mkdir, open, realpath, unlink} from 'node:fs/promises'
import {dirname, isAbsolute, join, relative, resolve} from 'node:path'

import {ActionError, errorMessage, InputError} from '../base/errors.ts'
import {isGitName} from './file-name.ts'

/** The folders a download may go below. */
interface DownloadRoots {
  /** The runner's workspace; relative paths start here. */
  readonly workspace: string
  /** The runner's folder for temporary files. */
  readonly temp: string | undefined
}

/** Where artifacts go. */
export interface DownloadFolder {
  /** Absolute, and without symbolic links. */
  readonly folder: string
  /** Whether it is the workspace itself: other things lie there, which must stay. */
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
  if (path.includes('\0')) throw refusal('must not contain a NUL character.')
  const folder = await physicalPath(resolve(roots.workspace, path), path)
  const physicalRoot = (root: string): Promise<string> => realpath(root).catch(() => resolve(root))
  const workspace = await physicalRoot(roots.workspace)
  const temp = roots.temp ? await physicalRoot(roots.temp) : undefined
  if (temp !== undefined && isInside(folder, temp)) {
    // The runner keeps the event, the scripts of steps and the files of their outputs there (`_github_workflow`, ...).
    if (/^(?:_|$)/.test(relative(temp, folder))) {
      throw refusal(
        `must not be the runner's own folder, "${path}": name a folder of your own in the runner's temporary folder.`
      )
    }
  } else if (!isInside(folder, workspace)) {
    const where = path === folder ? '' : ` (${folder})`
    throw refusal(
      `must be a folder inside the workspace (${roots.workspace}) or the runner's temporary folder, got "${path}"${where}. Use a relative path such as "artifacts".`
    )
  }
  if (relative(workspace, folder).split(/[\\/]/).some(isGitName)) {
    throw refusal(`leads into a Git repository's own folder: "${path}".`)
  }
  return {folder, isWorkspace: folder === workspace}
}

function refusal(problem: string, cause?: unknown): InputError {
  return new InputError('artifacts-path', problem, {cause})
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
    const code = codeOf(error)
    if (code !== 'ENOENT') {
      throw refusal(`is "${input}", which cannot be used as a folder (${code}).`, error)
    }
  }
  if (await exists(path)) throw refusal(`leads through ${path}, a broken symbolic link.`)
  const parent = dirname(path)
  return parent === path ? path : join(await physicalPath(parent, input), path.slice(parent.length))
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false
  )
}

/** Makes the folder; it must still be the one that was checked, not reached through a link made meanwhile. */
export async function makeRoot(folder: string): Promise<void> {
  try {
    await mkdir(folder, {recursive: true})
    if ((await realpath(folder)) === folder) return
  } catch (error) {
    throw new DiskError(`The folder ${folder} could not be made: ${errorMessage(error)}.`, error)
  }
  throw new DiskError(`The folder ${folder} is reached through a symbolic link.`)
}

/** Whether the file system takes two names that differ in case for one; found out by trying `name`, which must be free. */
export async function ignoresCase(folder: string, name: string): Promise<boolean> {
  const probe = join(folder, name)
  await onDisk(probe, async () => (await open(probe, 'wx')).close())
  try {
    return await exists(join(folder, name.toUpperCase()))
  } finally {
    await unlink(probe).catch(() => undefined)
  }
}

/** So many folders are named in an error. */
const MAX_NAMED = 5

/**
 * Makes folders below `root`, one by one, and refuses to pass through anything but a real folder: a symbolic link
 * that lies in the download folder (from a checkout, a cache, an earlier step) would lead out of it.
 */
export function folderMaker(root: string): (segments: readonly string[]) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  return async segments => {
    let path = root
    for (const segment of segments) {
      path = join(path, segment)
      const making = made.get(path) ?? makeFolder(path)
      made.set(path, making)
      await making
    }
  }
}

/**
 * Makes new folders in a place where other things lie, all or none. Refuses with a `DiskError` names that are taken, which
 * a job could be called to overwrite them, and those that begin with `.` or `_`, which mean something to tools.
 */
export async function claimFolders(root: string, names: ReadonlySet<string>): Promise<void> {
  const refused: string[] = []
  for (const name of names) {
    if ((await exists(join(root, name))) || /^[._]/.test(name)) refused.push(`"${name}"`)
  }
  if (refused.length > 0) {
    const more = refused.length > MAX_NAMED ? ', \u2026' : ''
    throw new DiskError(
      `Artifacts are downloaded into a folder for each job, and in the workspace itself (${root}) some of these must not be created: ${refused.slice(0, MAX_NAMED).join(', ')}${more}. Such a folder must not exist already, and its name must not begin with "." or "_". Nothing was downloaded; set "artifacts-path" to a folder of its own, such as "artifacts".`
    )
  }
  for (const name of names) await onDisk(join(root, name), () => mkdir(join(root, name)))
}

async function makeFolder(path: string): Promise<void> {
  const found = await onDisk(path, async () => {
    await mkdir(path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
    return lstat(path)
  })
  if (found.isDirectory()) return
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'a file'
  throw new DiskError(
    `${path} is ${what} where a folder is needed. Remove it, or choose another folder with "artifacts-path".`
  )
}

/** The disk refused, or something is in the way there: trying again does not help. */
export class DiskError extends ActionError {
  constructor(problem: string, cause?: unknown) {
    super('download', problem, {cause})
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  EISDIR: 'a folder of that name is in the way',
  ENOTEMPTY: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the path is too long'
}

/** Does something on disk; what it rejects with becomes a `DiskError` that names the path and says why. */
export async function onDisk<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof DiskError) throw error
    const code = codeOf(error)
    const hint = HINTS[code] ?? errorMessage(error)
    const suffix = code === '' ? '' : ` (${code})`
    throw new DiskError(`${path} could not be written: ${hint}${suffix}.`, error)
  }
}

/** The code of a system error, `ENOENT` for one, or ''. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
