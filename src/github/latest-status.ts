import type {StatusFields} from './client.ts'

/**
 * Makes a writer of one commit status that sends changes only, one at a time and in order: what is said while a
 * request is under way is sent after it, and of several such things only the newest. The promise resolves when
 * there is nothing left to send. `post` resolves with whether GitHub took the status.
 */
export function latestOnly(
  post: (fields: StatusFields) => Promise<boolean>
): (fields: StatusFields) => Promise<void> {
  let wanted: StatusFields | undefined
  let taken: StatusFields | undefined
  let tail = Promise.resolve()

  const sendNewest = async (): Promise<void> => {
    const fields = wanted
    wanted = undefined
    if (fields === undefined || isSame(fields, taken)) return
    if (await post(fields)) taken = fields
  }
  return fields => {
    wanted = fields
    tail = tail.then(sendNewest)
    return tail
  }
}

function isSame(one: StatusFields, other: StatusFields | undefined): boolean {
  return (
    one.state === other?.state &&
    one.description === other.description &&
    one.targetUrl === other.targetUrl
  )
}
