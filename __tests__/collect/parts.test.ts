import {mkdtemp, readdir, readFile, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {AbortedError} from '../../src/circleci/faults.ts'
import {downloadArtifacts, type DownloadRequest} from '../../src/collect/download.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  startArtifactServer,
  type ArtifactServer,
  type Fault,
  type ServedFile
} from './artifact-server.ts'
import {anArtifact, recordedLog} from './builders.ts'

const content = Buffer.from(Array.from({length: 300_000}, (_, index) => (index * 7) % 251))
const other = Buffer.from(content).reverse()
const fine: Fault = {kind: 'none'}

let folder: string
let server: ArtifactServer | undefined

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'parts-')))
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, {recursive: true})
})

/** Downloads one file that is large enough to be divided. */
async function fetchLarge(
  file: ServedFile,
  {signal, idleMs, ...more}: Partial<DownloadRequest> & {signal?: AbortSignal; idleMs?: number} = {}
) {
  server = await startArtifactServer({'/large': file}, idleMs === undefined ? {} : {idleMs})
  const {circleci, url} = server
  const artifacts = [anArtifact({path: 'large', url: url('/large')})]
  const context = {circleci, clock: fakeClock(), random: () => 0, log: recordedLog(), signal}
  return downloadArtifacts({artifacts, jobs: [], folder, divideFrom: 100_000, ...more}, context)
}

const fetched = (): Promise<Buffer> => readFile(join(folder, 'test/large'))
/** Where each request began, `-` for the beginning. */
const starts = (): string[] =>
  (server?.requests ?? []).map(request => /bytes=(\d+)-/.exec(request)?.[1] ?? '-').sort()

describe('a large file', () => {
  it('is received in four parts at a time, all of the same file', async () => {
    const report = await fetchLarge({content})
    expect(content.equals(await fetched())).toBe(true)
    expect(starts()).toEqual(['-', '150000', '225000', '75000'])
    expect(new Set(server?.requests.slice(1).map(request => request.split(' ')[2])).size).toBe(1)
    expect(report).toMatchObject({files: 1, bytes: content.length})
  })

  it.each([
    {name: 'the host does not say that it knows ranges', file: {divisible: false}},
    {name: 'it has a weak tag', file: {etag: 'weak' as const}},
    {name: 'it has no tag', file: {etag: 'none' as const}},
    {name: 'its length is not told', file: {chunked: true}},
    {name: 'it is not large', more: {divideFrom: 300_001}},
    {name: 'no connection is free', more: {atOnce: 1}}
  ])('is received in one piece when $name', async ({file, more}) => {
    await fetchLarge({content, ...file}, more)
    expect(content.equals(await fetched())).toBe(true)
    expect(starts()).toEqual(['-'])
  })

  it('is received in as many parts as connections are free', async () => {
    await fetchLarge({content}, {atOnce: 2})
    expect(content.equals(await fetched())).toBe(true)
    expect(starts()).toEqual(['-', '150000'])
  })

  it('is received in parts again when the first one broke', async () => {
    await fetchLarge({content, faults: [{kind: 'status', status: 503}]})
    expect(content.equals(await fetched())).toBe(true)
    expect(starts()).toEqual(['-', '-', '150000', '225000', '75000'])
  })
})

describe('a part that is disturbed', () => {
  it.each<{name: string; fault: Fault}>([
    {name: 'cut', fault: {kind: 'cut', after: 10_000}},
    {name: 'cut before its first byte', fault: {kind: 'cut', after: 0}},
    {name: 'stalled', fault: {kind: 'stall', after: 10_000}},
    {name: 'answered 503', fault: {kind: 'status', status: 503}}
  ])('goes on by itself when it is $name', async ({fault}) => {
    await fetchLarge({content, faults: [fine, fine, fault]}, {idleMs: 500})
    expect(content.equals(await fetched())).toBe(true)
    expect(server?.requests).toHaveLength(5)
    expect(starts().filter(start => start === '-')).toHaveLength(1)
  })

  it.each<{name: string; fault: Fault; gets?: Buffer}>([
    {name: 'answered with the whole file', fault: {kind: 'whole'}},
    {name: 'answered with another range', fault: {kind: 'wrong-range'}},
    {name: 'answered 416', fault: {kind: 'status', status: 416}},
    {name: 'of a file that changed', fault: {kind: 'changed', content: other}, gets: other}
  ])(
    'makes the file be received in one piece when it is $name',
    async ({fault, gets = content}) => {
      await fetchLarge({content, faults: [fine, fault]})
      expect(gets.equals(await fetched())).toBe(true)
      expect(starts().filter(start => start === '-')).toHaveLength(2)
    }
  )

  it('stops the others when it cannot be had, and leaves nothing', async () => {
    const faults: Fault[] = [
      {kind: 'stall', after: 0},
      {kind: 'status', status: 403}
    ]
    // The first part would wait for the end of its stall, longer than this test may take.
    const done = fetchLarge({content, faults}, {idleMs: 60_000})
    await expect(done).rejects.toThrow(
      /^Artifact "large" of job "test" could not be downloaded: GET .+ was answered 403\. /
    )
    expect(await readdir(join(folder, 'test'))).toEqual([])
  })

  it('leaves nothing when the download is cancelled', async () => {
    const controller = new AbortController()
    const stalled = (): Fault => ({kind: 'stall', after: 10_000})
    const done = fetchLarge(
      {content, faults: [stalled(), stalled(), stalled(), stalled()]},
      {signal: controller.signal}
    )
    while ((server?.requests.length ?? 0) < 4) await new Promise(resolve => setTimeout(resolve, 2))
    controller.abort()
    await expect(done).rejects.toThrow(AbortedError)
    expect(await readdir(join(folder, 'test'))).toEqual([])
  })

  it('never leaves a hole, whatever happens to whichever part', async () => {
    const named: Record<string, Fault> = {
      fine,
      cut: {kind: 'cut', after: 30_000},
      'cut at once': {kind: 'cut', after: 0},
      busy: {kind: 'status', status: 503},
      whole: {kind: 'whole'},
      'wrong range': {kind: 'wrong-range'},
      changed: {kind: 'changed', content: other}
    }
    const fault = fc.constantFrom(...Object.keys(named))
    await fc.assert(
      fc.asyncProperty(fc.array(fault, {maxLength: 6}), async names => {
        const file: ServedFile = {content, faults: names.map(name => named[name] ?? fine)}
        try {
          await fetchLarge(file)
        } finally {
          await server?.close()
        }
        // What the host has at the end, all of it: never the one file's beginning with the other's end.
        expect(file.content.equals(await fetched())).toBe(true)
        expect(await readdir(join(folder, 'test'))).toEqual(['large'])
      }),
      {numRuns: 25}
    )
  })
})
