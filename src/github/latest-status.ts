import type {StatusFields} from './client.ts'

/** A commit status, and the commit it belongs on; `undefined`: the event's. */
export interface PlacedStatus extends StatusFields {
  readonly sha: string | undefined
}

/**
 * Makes a writer of one commit status that sends changes only, one at a time and in order: what is said while a
 * request is under way is sent after it, and of several such things only the newest. The promise resolves when
 * there is nothing left to send. `post` resolves with whether GitHub took the status; its signal aborts when something
 * newer is to be said.
 */
export function latestOnly(
  post: (fields: PlacedStatus, superseded: AbortSignal) => Promise<boolean>
): (fields: PlacedStatus) => Promise<void> {
  let underWay = new AbortController()
  let wanted: PlacedStatus | undefined
  let taken: PlacedStatus | undefined
  let tail = Promise.resolve()

  const sendNewest = async (): Promise<void> => {
    const fields = wanted
    wanted = undefined
    if (fields === undefined || isSame(fields, taken)) return
    underWay = new AbortController()
    if (await post(fields, underWay.signal)) taken = fields
  }
  return fields => {
    wanted = fields
    underWay.abort()
    tail = tail.then(sendNewest)
    return tail
  }
}

function isSame(one: PlacedStatus, other: PlacedStatus | undefined): boolean {
  return (
    one.state === other?.state &&
    one.sha === other.sha &&
    one.description === other.description &&
    one.targetUrl === other.targetUrl
  )
}
