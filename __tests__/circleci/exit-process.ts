import {createTransport} from '../../src/circleci/transport.ts'

/**
 * Run in a process of its own: sends a request to each address given, of which most fail, prints how each ended, and
 * leaves without closing anything. Then the process has to end by itself. An address comes as "GET read <url>": `read` reads
 * the body, `outwait` does so until a time-out ends it, `close` closes the reply, `abort` ends the request soon.
 */
const impatient = createTransport('exit', {
  connectMs: 1500,
  headersMs: 1500,
  idleMs: 1500,
  totalMs: 5000
})
/** For what is answered, if late on a busy machine. */
const patient = createTransport('exit')

const ends = await Promise.all(
  process.argv.slice(2).map(async address => {
    const [method, action, url = ''] = address.split(' ')
    const abort = new AbortController()
    if (action === 'abort')
      setTimeout(() => {
        abort.abort()
      }, 50)
    try {
      const reply = await (action === 'outwait' ? impatient : patient).send({
        method: method === 'POST' ? 'POST' : 'GET',
        url: new URL(url),
        headers: {},
        signal: abort.signal
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
