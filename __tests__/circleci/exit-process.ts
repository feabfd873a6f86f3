import {createTransport} from '../../src/circleci/transport.ts'

/**
 * Run in a process of its own: sends a request to each address given, of which most fail, prints how each ended, and
 * leaves without closing anything. Then the process has to end by itself. An address comes as "GET read <url>": `read` reads
 * the body, `outwait` does so until a time-out ends it, `close` closes the reply, `abort` ends the request soon.
 */
const timeouts = {connectMs: 1500, headersMs: 1500, idleMs: 1500, totalMs: 5000}
/** Of what is answered, if late on a busy machine. */
const patient = {connectMs: 20_000, headersMs: 20_000, idleMs: 20_000, totalMs: 20_000}
const transport = createTransport('exit', timeouts)

const ends = await Promise.all(
  process.argv.slice(2).map(async address => {
    const [method, action, url = ''] = address.split(' ')
    const abort = new AbortController()
    if (action === 'abort')
      setTimeout(() => {
        abort.abort()
      }, 50)
    try {
      const reply = await transport.send({
        method: method === 'POST' ? 'POST' : 'GET',
        url: new URL(url),
        headers: {},
        signal: abort.signal,
        ...(action === 'outwait' ? {} : {timeouts: patient})
      })
      if (action === 'close') {
        reply.close()
        return 'closed'
      }
      let size = 0
      for await (const chunk of reply.body) size += chunk.length
      return `${size} bytes`
    } catch (error) {
      return error instanceof Error ? error.name : 'not an error'
    }
  })
)
process.stdout.write(JSON.stringify(ends))
