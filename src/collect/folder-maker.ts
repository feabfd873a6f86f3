import {lstat, mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {codeOf, DiskError, onDisk} from './disk-error.ts'

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
    const taken = await lstat(join(root, name)).then(
      () => true,
      () => false
    )
    if (taken || /^[._]/.test(name)) refused.push(`"${name}"`)
  }
  if (refused.length > 0) {
    const more = refused.length > MAX_NAMED ? ', …' : ''
    throw new DiskError(
      `Artifacts go to folders named like their jobs, and in the workspace itself (${root}) some may not be made: ${refused.slice(0, MAX_NAMED).join(', ')}${more}. Such a name must not be there already, and not begin with "." or "_". Nothing was downloaded; choose a folder of their own with "artifacts-path", such as "artifacts".`
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
