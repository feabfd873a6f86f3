import {brotliCompressSync, deflateSync, gzipSync} from 'node:zlib'

import {afterEach, describe, expect, it} from '@jest/globals'

import {RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import {CircleCI} from '../../src/circleci/client.ts'
import type {User} from '../../src/circleci/model.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {closeServers, serve} from './servers.ts'

const transport = createTransport('circleci-pipeline-action/test')

afterEach(async () => {
  transport.close()
  await closeServers()
})

/** Asks `GET /me` of a server that answers so. */
async function me(body: Uint8Array, encoding: string, status = 200): Promise<User> {
  const {origin} = await serve((_, response) => {
    response.writeHead(status, {'Content-Encoding': encoding})
    response.end(body)
  })
  const context = {token: 't', transport, clock: fakeClock(), random: () => 0.5, log: recordedLog()}
  return new CircleCI({host: origin, ...context}).me({patienceMs: 0})
}

const json = Buffer.from('{"id":"user-1","login":"robot","name":"Robot"}')

describe('an answer in an encoding that nobody asked for', () => {
  it.each([
    ['gzip', gzipSync(json)],
    ['x-gzip', gzipSync(json)],
    ['GZIP', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['br', brotliCompressSync(json)],
    ['identity', json],
    ['', json]
  ])('is read: %s', async (encoding, body) => {
    expect(await me(body, encoding)).toEqual({id: 'user-1', login: 'robot', name: 'Robot'})
  })

  it('is read when it refuses', async () => {
    const refusal = me(gzipSync('{"message":"Invalid token provided."}'), 'gzip', 401)
    await expect(refusal).rejects.toThrow(RefusedError)
    await expect(refusal).rejects.toMatchObject({words: 'Invalid token provided.', status: 401})
  })

  it.each([
    ['gzip', json, 'a body whose gzip encoding is broken'],
    ['deflate', json, 'a body whose deflate encoding is broken'],
    ['br', json, 'a body whose br encoding is broken'],
    ['gzip', gzipSync(json).subarray(0, 30), 'a body whose gzip encoding is broken'],
    ['br', brotliCompressSync(json).subarray(0, 20), 'a body whose br encoding is broken'],
    ['zstd', json, 'a body in the encoding "zstd", which was not requested'],
    ['toString', json, 'a body in the encoding "tostring", which was not requested'],
    ['gzip, gzip', gzipSync(json), 'a body in the encoding "gzip, gzip", which was not requested'],
    ['gzip', gzipSync(Buffer.alloc(17 * 1024 * 1024)), 'more than 16777216 bytes']
  ])('is trouble, not an end, when it cannot be read: %s', async (encoding, body, problem) => {
    const trouble = me(body, encoding)
    await expect(trouble).rejects.toThrow(UnavailableError)
    await expect(trouble).rejects.toThrow(`GET /api/v2/me was answered with ${problem}`)
  })

  it.each(['gzip', 'deflate', 'br'])('is as empty as it is: %s', async encoding => {
    await expect(me(Buffer.alloc(0), encoding, 202)).rejects.toThrow(
      'was answered 202 with nothing instead of JSON'
    )
  })

  it('is no refusal when it cannot be read', async () => {
    await expect(me(json, 'gzip', 403)).rejects.toMatchObject({
      name: 'UnavailableError',
      foreign: false,
      status: 403
    })
  })
})
