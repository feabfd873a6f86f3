import {type Reply, json} from '../http/reply.ts'

/** An answer that is not the one asked for, thrown by whichever part of the API finds the reason. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }

  /** The body of every error of API v2 is `{"message": …}`. */
  toReply(): Reply {
    return json(this.status, {message: this.message}, {...this.headers})
  }
}

/** What a path that leads nowhere, a page token of another list and the like are answered with. */
export function notFound(message = 'Not Found'): Refusal {
  return new Refusal(404, message)
}
