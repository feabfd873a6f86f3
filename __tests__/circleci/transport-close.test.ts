import {afterEach, describe, expect, it} from '@jest/globals'
import http from 'node:http'
import type {AddressInfo} from 'node:net'
import {createTransport} from '../../src/circleci/transport.ts'

describe('a reply that is closed unread', () => {
  let server: http.Server | undefined

  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  it.each([
    ['empty', ''],
    ['short', 'moved'],
    ['long', 'x'.repeat(1_000_000)]
  ])(
    'gives its connection to the next request when its body is %s',
    async (_, body) => {
      server = http.createServer((_request, response) => {
        response.writeHead(302, {location: '/elsewhere'}).end(body)
      })
      await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
      const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/artifact`)
      // No time-out of the transport's own frees a connection.
      const never = 3_600_000
      const timeouts = {connectMs: never, headersMs: never, idleMs: never, totalMs: never}
      const transport = createTransport('test', timeouts)
      // More than there are connections: each has to come free while the rest waits.
      const statuses = await Promise.all(
        Array.from({length: 200}, async () => {
          const reply = await transport.send({method: 'GET', url, headers: {}})
          // Give the body time to be complete before it is closed.
          await new Promise(resolve => setTimeout(resolve, 5))
          reply.close()
          return reply.status
        })
      )
      transport.close()
      expect(new Set(statuses)).toEqual(new Set([302]))
    },
    60_000
  )
})
