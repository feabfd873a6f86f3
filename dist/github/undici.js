// Stands in for undici in the bundle: of it GitHub's packages take `fetch`, which Node has, and an agent for proxies. The
// package is half of what they bring along, so it is loaded for a step that has a proxy only.
/** A proxy's agent; undici's own is made for the first request. */
export class ProxyAgent {
    options;
    agent;
    constructor(options) {
        this.options = options;
    }
}
/** Node's `fetch`, or undici's when a proxy's agent is to dispatch the request. */
export async function fetch(resource, { dispatcher, ...options } = {}) {
    if (!(dispatcher instanceof ProxyAgent))
        return globalThis.fetch(resource, options);
    const { default: undici } = await import('./proxy.cjs');
    const agent = (dispatcher.agent ??= new undici.ProxyAgent(dispatcher.options));
    return undici.fetch(resource, { ...options, dispatcher: agent });
}
