import {ActionError, errorMessage} from '../base/errors.ts'

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
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
