import type {ProxyAgent as Agent} from 'undici'

// Stands in for undici in the bundle: of it GitHub's packages take `fetch`, which Node has, and an agent for proxies. The
// package is half of what they bring along, so it is loaded for a step that has a proxy only.

/** A proxy's agent; undici's own is made for the first request. */
export class ProxyAgent {
  readonly options: Agent.Options
  agent: Agent | undefined

  constructor(options: Agent.Options) {
    this.options = options
  }
}

/** Node's `fetch`, or undici's when a proxy's agent is to dispatch the request. */
export async function fetch(
  resource: string | URL,
  {dispatcher, ...options}: Omit<RequestInit, 'dispatcher'> & {readonly dispatcher?: unknown} = {}
): Promise<unknown> {
  if (!(dispatcher instanceof ProxyAgent)) return globalThis.fetch(resource, options)
  const {default: undici} = await import('undici')
  const agent = (dispatcher.agent ??= new undici.ProxyAgent(dispatcher.options))
  return undici.fetch(resource, {...options, dispatcher: agent} as never)
}
