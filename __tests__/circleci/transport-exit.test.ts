import {afterEach, expect, it} from '@jest/globals'
import {spawn} from 'node:child_process'
import {once} from 'node:events'

import {closedPort, closeServers, serveRaw} from './servers.ts'

afterEach(closeServers)

it('leaves nothing behind that keeps the process from ending, and no rejection unhandled', async () => {
  const silent = await serveRaw({})
  const stalling = await serveRaw({
    onData: socket => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
  })
  const cutting = await serveRaw({
    onData: socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
  })
  const resetting = await serveRaw({onData: socket => socket.resetAndDestroy()})
  const switching = await serveRaw({
    onData: socket => socket.write('HTTP/1.1 101 Y\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  })
  const healthy = await serveRaw({
    onData: socket => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nall of it')
  })
  const cases = [
    [`GET read ${healthy.origin}`, '9 bytes'],
    [`POST read ${healthy.origin}`, '9 bytes'],
    [`GET close ${healthy.origin}`, 'closed'],
    [`GET close ${stalling.origin}`, 'closed'],
    [`GET read http://127.0.0.1:${await closedPort()}`, 'WireFault'],
    [`POST outwait ${silent.origin}`, 'WireFault'],
    [`GET outwait https://127.0.0.1:${silent.port}`, 'WireFault'],
    // Through the proxy, which never says anything.
    ['POST outwait https://circleci.test', 'WireFault'],
    ['GET abort https://circleci.test', 'AbortedError'],
    [`POST abort ${silent.origin}`, 'AbortedError'],
    [`GET abort ${stalling.origin}`, 'AbortedError'],
    [`GET outwait ${stalling.origin}`, 'WireFault'],
    [`GET read ${cutting.origin}`, 'WireFault'],
    [`POST read ${resetting.origin}`, 'WireFault'],
    [`POST outwait ${switching.origin}`, 'WireFault']
  ] as const
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'exit-process.ts', ...cases.map(([request]) => request)],
    {cwd: import.meta.dirname, env: {...process.env, https_proxy: silent.origin}}
  )
  const output = {stdout: '', stderr: ''}
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  expect({...output, code}).toEqual({
    stdout: JSON.stringify(cases.map(([, end]) => end)),
    stderr: '',
    code: 0
  })
})
