import type {HostName} from './request.ts'

/** A request the simulator has seen, kept so that a test can look for what should not be there. */
export interface RecordedRequest {
  /** Which of the hosts it was sent to. */
  readonly origin: HostName
  readonly method: string
  /** The path and the query, as sent. */
  readonly url: string
  /** Without the query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** When it came, in milliseconds since the epoch on the test's clock. */
  readonly at: number
  /** The status of the answer; 0 while there is none, or when the connection was cut. */
  readonly status: number
}
