import {lstat, mkdir} from 'node:fs/promises'
import {join} from 'node:path'

import {codeOf, DiskError, onDisk} from './disk-error.ts'

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
