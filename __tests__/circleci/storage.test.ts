import {afterEach, describe, expect, it} from '@jest/globals'

import type {ApiContext} from '../../src/circleci/api.ts'
import {openArtifact} from '../../src/circleci/storage.ts'
import {AbortedError, RefusedError, UnavailableError, WireFault} from '../../src/circleci/faults.ts'
import {createTransport, type Transport} from '../../src/circleci/transport.ts'
import {recordedLog, type RecordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {scriptedTransport, type ScriptedTransport, type Step} from './scripted-transport.ts'
import {closeServers, serve, serveRaw} from './servers.ts'

const TOKEN = 'CCIPAT_secret'
const ARTIFACT = 'https://output.circle-artifacts.com/output/job/1/artifacts/0/a%20b.txt'

let open: Transport | undefined
let log: RecordedLog

afterEach(async () => {
  open?.close()
  await closeServers()
})

function contextWith(transport: Transport, host = 'https://circleci.com'): ApiContext {
  log = recordedLog()
  return {host, token: TOKEN, transport, clock: fakeClock(), random: () => 0.5, log}
}

/** Follows redirects to these places, and then finds the file. */
function redirecting(...locations: (string | undefined)[]): ScriptedTransport {
  const steps = locations.map((location): Step => {
    return {status: 302, headers: location === undefined ? {} : {location}, body: 'moved'}
  })
  return scriptedTransport(...steps, {body: 'content', headers: {etag: '"1"'}})
}

/** Which addresses were asked, and whether each saw the token. */
function asked({requests}: ScriptedTransport): [string, boolean][] {
  return requests.map(({url, headers}) => [url.href, JSON.stringify(headers).includes(TOKEN)])
}

describe('an artifact', () => {
  it('is opened with the token, from its beginning', async () => {
    const transport = scriptedTransport({body: 'content', headers: {etag: '"1"'}})
    const download = await openArtifact(contextWith(transport), ARTIFACT, 0)
    expect(download).toMatchObject({status: 200, headers: {etag: '"1"'}})
    let text = ''
    for await (const chunk of download.body) text += Buffer.from(chunk).toString()
    expect(text).toBe('content')
    expect(transport.requests[0]?.headers).toEqual({accept: '*/*', 'circle-token': TOKEN})
    expect(transport.requests[0]?.isDownload).toBe(true)
  })

  it('is opened from where it broke off, when it has not changed since', async () => {
    const transport = scriptedTransport(
      {
        status: 302,
        headers: {location: 'https://bucket.s3.amazonaws.com/a'}
      },
      {status: 206, headers: {'content-range': 'bytes 5-9/10'}}
    )
    const download = await openArtifact(contextWith(transport), ARTIFACT, 5, {ifRange: '"1"'})
    expect(download.status).toBe(206)
    expect(transport.requests[1]?.headers).toEqual({
      accept: '*/*',
      range: 'bytes=5-',
      'if-range': '"1"'
    })
  })

  it('asks for no range at the beginning, whatever there is to compare', async () => {
    const transport = scriptedTransport({})
    await openArtifact(contextWith(transport), ARTIFACT, 0, {ifRange: '"1"'})
    expect(transport.requests[0]?.headers).not.toHaveProperty('range')
    expect(transport.requests[0]?.headers).not.toHaveProperty('if-range')
  })

  it.each([
    ['http://output.circle-artifacts.com/a'],
    ['http://storage.example.com/a'],
    ['ftp://127.0.0.1/a'],
    ['file:///etc/passwd'],
    ['https://127.0.0.1:8443/a'],
    ['http://127.0.0.1/a'],
    ['https://169.254.169.254/a'],
    ['/output/job/1'],
    ['']
  ])('is not asked for at %j', async address => {
    const transport = scriptedTransport({})
    const sent = openArtifact(contextWith(transport), address, 0)
    await expect(sent).rejects.toThrow(RefusedError)
    await expect(sent).rejects.toThrow('its address is not an https address of another machine')
    expect(transport.requests).toHaveLength(0)
  })

  it('of a host that has no business with the token is opened without it', async () => {
    const transport = redirecting()
    await openArtifact(contextWith(transport), 'https://evilcircle-artifacts.com/a', 0)
    expect(asked(transport)).toEqual([['https://evilcircle-artifacts.com/a', false]])
  })
})

describe('a redirect', () => {
  it('within the origin keeps the token, be it relative or not', async () => {
    const transport = redirecting('/b?c=d', '../e', 'https://output.circle-artifacts.com/f')
    await openArtifact(contextWith(transport), ARTIFACT, 0)
    expect(asked(transport)).toEqual([
      [ARTIFACT, true],
      ['https://output.circle-artifacts.com/b?c=d', true],
      ['https://output.circle-artifacts.com/e', true],
      ['https://output.circle-artifacts.com/f', true]
    ])
  })

  it.each([
    ['another host', 'https://bucket.s3.amazonaws.com/a'],
    ["another of CircleCI's hosts", 'https://1-2-gh.circle-artifacts.com/a'],
    ['a host without a scheme', '//bucket.s3.amazonaws.com/a'],
    ['another port', 'https://output.circle-artifacts.com:8443/a'],
    ['a user on the same host', 'https://user@output.circle-artifacts.com/a']
  ])('to %s drops the token, and no way back picks it up again', async (_, location) => {
    const transport = redirecting(location, ARTIFACT, 'https://circleci.com/a')
    await openArtifact(contextWith(transport), ARTIFACT, 0)
    expect(asked(transport).map(([, token]) => token)).toEqual([true, false, false, false])
    expect(transport.requests[2]?.url.href).toBe(ARTIFACT)
  })

  it.each([
    ['plain http on the same host', ARTIFACT.replace('https', 'http')],
    ['plain http elsewhere', 'http://storage.example.com/a'],
    ['plain http on loopback', 'http://127.0.0.1/a'],
    ['loopback', 'https://localhost/a']
  ])('to %s is refused', async (_, location) => {
    const transport = redirecting(location)
    const sent = openArtifact(contextWith(transport), ARTIFACT, 0)
    await expect(sent).rejects.toMatchObject({name: 'UnavailableError', final: true})
    await expect(sent).rejects.toThrow(
      `was redirected to ${new URL(location).origin}, which is not an https address of another machine: refused`
    )
    expect(transport.requests).toHaveLength(1)
  })

  it('from loopback to plain http elsewhere is refused', async () => {
    const transport = redirecting('http://storage.example.com/a')
    const context = contextWith(transport, 'http://127.0.0.1:3000')
    const sent = openArtifact(context, 'http://127.0.0.1:3000/a', 0)
    await expect(sent).rejects.toThrow('which is not an https address of another machine: refused')
    expect(asked(transport)).toEqual([['http://127.0.0.1:3000/a', true]])
  })

  it.each([undefined, '', 'https://', 'ftp://x/y', 'javascript:alert(1)', 'data:,x'])(
    'to %j leads nowhere',
    async location => {
      const transport = redirecting(location === '' ? undefined : location)
      const sent = openArtifact(contextWith(transport), ARTIFACT, 0)
      await expect(sent).rejects.toMatchObject({final: true})
      await expect(sent).rejects.toThrow('was redirected without an address')
      expect(transport.requests).toHaveLength(1)
    }
  )

  it('in a circle ends', async () => {
    const transport = scriptedTransport({status: 302, headers: {location: ARTIFACT}})
    const sent = openArtifact(contextWith(transport), ARTIFACT, 0)
    await expect(sent).rejects.toMatchObject({name: 'UnavailableError', final: true})
    await expect(sent).rejects.toThrow('was redirected more than 5 times')
    expect(transport.requests).toHaveLength(6)
  })

  it('never shows its query, where the signature is', async () => {
    const transport = scriptedTransport(
      {status: 302, headers: {location: 'https://bucket.example/a?X-Amz-Signature=secret'}},
      {status: 403, body: 'secret'}
    )
    const sent = openArtifact(contextWith(transport), `${ARTIFACT}?token=secret`, 0)
    await expect(sent).rejects.toThrow(new RefusedError('GET https://bucket.example/a', 403, ''))
    expect(log.lines).toEqual([
      `debug: GET ${ARTIFACT} → 302 in 0 ms`,
      'debug: GET https://bucket.example/a → 403 in 0 ms'
    ])
  })
})

describe('a failure', () => {
  it.each([401, 403, 404, 410, 416, 204])('of %i is a refusal', async status => {
    const sent = openArtifact(contextWith(scriptedTransport({status})), ARTIFACT, 0)
    await expect(sent).rejects.toThrow(new RefusedError(`GET ${ARTIFACT}`, status, ''))
  })

  it.each([401, 403, 404])('of %i is none with a web page, which a proxy sends', async status => {
    const headers = {'content-type': 'text/html; charset=utf-8'}
    const transport = scriptedTransport({status, headers, body: '<html>'})
    await expect(openArtifact(contextWith(transport), ARTIFACT, 0)).rejects.toMatchObject({
      name: 'UnavailableError',
      message: `GET ${ARTIFACT} was answered ${status} with a web page`,
      foreign: true,
      final: false
    })
  })

  it.each([408, 429, 500, 502, 503, 599])('of %i may pass', async status => {
    const transport = scriptedTransport({status, headers: {'retry-after': '9'}})
    const sent = openArtifact(contextWith(transport), ARTIFACT, 0)
    await expect(sent).rejects.toMatchObject({
      name: 'UnavailableError',
      status,
      retryAfterMs: 9000,
      final: false
    })
    expect(transport.requests).toHaveLength(1)
  })

  it('of the connection may pass', async () => {
    const transport = scriptedTransport(new WireFault('reset', true))
    const sent = openArtifact(contextWith(transport), `${ARTIFACT}?secret`, 0)
    await expect(sent).rejects.toThrow(UnavailableError)
    await expect(sent).rejects.toThrow(`GET ${ARTIFACT} failed: reset`)
  })

  it('of the certificate does not', async () => {
    const cause = Object.assign(new Error('expired'), {code: 'CERT_HAS_EXPIRED'})
    const transport = scriptedTransport(new WireFault('expired', false, cause))
    await expect(openArtifact(contextWith(transport), ARTIFACT, 0)).rejects.toMatchObject({
      name: 'UnavailableError',
      final: true
    })
  })

  it('in the body rejects the reading', async () => {
    const transport = scriptedTransport({body: 'content', broken: new WireFault('cut', true)})
    const {body} = await openArtifact(contextWith(transport), ARTIFACT, 0)
    const reading = (async () => {
      for await (const chunk of body) expect(chunk.length).toBeGreaterThan(0)
    })()
    await expect(reading).rejects.toThrow(UnavailableError)
  })

  it('that is an abort is one', async () => {
    const abort = new AbortController()
    const server = await serveRaw({
      onData: () => {
        abort.abort()
      }
    })
    open = createTransport('test')
    const {signal} = abort
    const sent = openArtifact(contextWith(open, server.origin), server.origin, 0, {signal})
    await expect(sent).rejects.toThrow(AbortedError)
    await server.quiet()
  })

  it('of the host frees the connection', async () => {
    const server = await serve((_, response) => {
      response.writeHead(503)
      response.write('x'.repeat(100_000))
    })
    open = createTransport('test')
    const sent = openArtifact(contextWith(open, server.origin), server.origin, 0)
    await expect(sent).rejects.toThrow(UnavailableError)
    await server.quiet()
  })
})

it('closes its connection when its reader does', async () => {
  const server = await serve((_, response) => {
    response.write('x'.repeat(100_000))
  })
  open = createTransport('test')
  const download = await openArtifact(contextWith(open, server.origin), server.origin, 0)
  download.close()
  await server.quiet()
  expect(server.requests[0]?.headers['circle-token']).toBe(TOKEN)
})
