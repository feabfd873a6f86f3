import {stat} from 'node:fs/promises'
import {join} from 'node:path'

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
  const look = (path: string): ReturnType<typeof stat> => stat(join(workspace, path))
  const hasGit = await look('.git').then(
    () => true,
    () => false
  )
  return hasGit
    ? path =>
        look(path)
          .then(found => found.isFile())
          .catch(() => false)
    : undefined
}
