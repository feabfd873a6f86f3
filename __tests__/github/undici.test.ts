import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {once} from 'node:events'
import {createServer, type Server} from 'node:http'
import {connect, type AddressInfo, type Socket} from 'node:net'

import {fetch, ProxyAgent} from '../../src/github/undici.ts'

const portOf = (server: Server): number => (server.address() as AddressInfo).port

describe('what stands in for undici', () => {
  const tunnels: string[] = []
  const target = createServer((_, response) => response.end('reached'))
  const proxy = createServer().on('connect', ({url = ''}, socket: Socket) => {
    tunnels.push(url)
    const there = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      there.pipe(socket).pipe(there)
    })
  })
  const read = async (dispatcher?: unknown): Promise<string> => {
    const address = `http://127.0.0.1:${portOf(target)}/`
    return ((await fetch(address, {method: 'GET', dispatcher})) as Response).text()
  }

  beforeAll(async () => {
    for (const server of [target, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterAll(() => {
    for (const server of [target, proxy]) {
      server.close()
      server.closeAllConnections()
    }
  })

  it("is Node's fetch where there is no proxy", async () => {
    expect(await read()).toBe('reached')
    expect(tunnels).toEqual([])
  })

  it('goes through a proxy, by one agent', async () => {
    const agent = new ProxyAgent({uri: `http://127.0.0.1:${portOf(proxy)}`})
    expect(await read(agent)).toBe('reached')
    const made = agent.agent
    expect(await read(agent)).toBe('reached')
    expect(agent.agent).toBe(made)
    expect(new Set(tunnels)).toEqual(new Set([`127.0.0.1:${portOf(target)}`]))
    await made?.close()
  })
})
