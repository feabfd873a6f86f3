import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {tmpdir} from 'node:os'
import {createInterface} from 'node:readline'

/** A program that is spoken to in JSON-RPC, a message a line: https://modelcontextprotocol.io/specification/ */
export interface RpcProcess {
  /**
   * Returns the result of a request.
   * @throws Error with the program's words when it answers with an error, or ends
   */
  readonly request: (method: string, params: object) => Promise<unknown>
  readonly notify: (method: string) => void
  readonly stop: () => void
}

interface Message {
  readonly id?: number
  readonly result?: unknown
  readonly error?: {readonly message: string}
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** Starts a program outside this repository. */
export function startRpcProcess(
  command: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>
): RpcProcess {
  const [program, ...args] = command
  const child = spawn(program, args, {cwd: tmpdir(), env: {...process.env, ...environment}})
  const waiting = new Map<number, Waiting>()
  listen(child, waiting)
  let next = 1
  const send = (message: object): void => {
    child.stdin.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`)
  }
  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        const id = next
        next += 1
        waiting.set(id, {resolve, reject})
        send({id, method, params})
      }),
    notify: method => {
      send({method})
    },
    stop: () => {
      child.stdin.end()
      child.kill()
    }
  }
}

function listen(child: ChildProcessWithoutNullStreams, waiting: Map<number, Waiting>): void {
  let complaints = ''
  child.stderr.on('data', (data: Buffer) => {
    complaints = (complaints + data.toString('utf8')).slice(-2000)
  })
  createInterface({input: child.stdout}).on('line', line => {
    if (line.startsWith('{')) settle(JSON.parse(line) as Message, waiting)
  })
  const end = (reason: string): void => {
    for (const {reject} of waiting.values()) reject(new Error(`${reason}\n${complaints}`.trim()))
    waiting.clear()
  }
  child.stdin.on('error', () => undefined)
  child.once('error', error => {
    end(error.message)
  })
  child.once('close', code => {
    end(`It ended with ${code ?? 'a signal'}.`)
  })
}

function settle({id, result, error}: Message, waiting: Map<number, Waiting>): void {
  const request = id === undefined ? undefined : waiting.get(id)
  if (id === undefined || request === undefined) return
  waiting.delete(id)
  if (error === undefined) request.resolve(result)
  else request.reject(new Error(error.message))
}
