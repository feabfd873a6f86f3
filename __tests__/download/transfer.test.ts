import {constants} from 'node:fs'
import {mkdtemp, open, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {Outage} from '../../src/base/log.ts'
import {DiskError} from '../../src/download/folder.ts'
import {receiveFile, type OpenFile, type TransferContext} from '../../src/download/transfer.ts'
import {recordedLog} from '../collect/builders.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {startArtifactServer, type Fault, type ServedFile} from './artifact-server.ts'

const chunk = Buffer.alloc(200_000, 'abcdefghij')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfer-'))
})

afterEach(async () => {
  await rm(folder, {recursive: true})
})

/** Receives the chunks, by a file that differs from the real one in some methods. */
function receive(
  chunks: readonly Uint8Array[],
  change: (real: OpenFile) => Partial<OpenFile> = () => ({})
): Promise<number> {
  const openArtifact = (): ReturnType<TransferContext['circleci']['openArtifact']> =>
    Promise.resolve({
      status: 200,
      headers: {},
      body: (async function* () {
        yield* chunks
        await Promise.resolve()
      })(),
      close: () => undefined
    })
  const openFile = async (path: string, flags: number): Promise<OpenFile> => {
    const real = await openAsWindows(path, flags)
    return {...real, ...change(real)}
  }
  return receiveFile('https://x/file', join(folder, 'file'), '.part', {
    ...contextOf({openArtifact}),
    openFile
  })
}

/** A file that can do no more than one on Windows: libuv opens one to append to without the right to truncate it. */
async function openAsWindows(path: string, flags: number): Promise<OpenFile> {
  const real = await open(path, flags)
  const refused = Object.assign(new Error('EPERM: operation not permitted'), {code: 'EPERM'})
  return {
    write: (...args) => real.write(...args),
    truncate: length =>
      (flags & constants.O_APPEND) === 0 ? real.truncate(length) : Promise.reject(refused),
    close: () => real.close()
  }
}

function contextOf(circleci: TransferContext['circleci']): TransferContext {
  const clock = fakeClock()
  const outage = new Outage('The download', {clock, log: recordedLog()})
  return {
    circleci,
    clock,
    random: () => 0,
    outage,
    onBytes: () => undefined,
    openFile: openAsWindows
  }
}

const received = (): Promise<Buffer> => readFile(join(folder, 'file'))
const full = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('ENOSPC'), {code: 'ENOSPC'}))

describe('receiveFile', () => {
  it('keeps the order of many chunks, large and small', async () => {
    const parts = Array.from({length: 40}, (_, index) => chunk.subarray(0, index * 5000 + 1))
    const whole = Buffer.concat(parts)
    // A file may take only some of the bytes it is given.
    const byHalves = (real: OpenFile): Partial<OpenFile> => ({
      write: (bytes, offset, length, position) =>
        real.write(bytes, offset, Math.ceil(length / 2), position)
    })
    expect(await receive(parts, byHalves)).toBe(whole.length)
    expect(await readdir(folder)).toEqual(['file'])
    expect(whole.equals(await received())).toBe(true)
  })

  it.each(['early', 'late'])(
    'leaves nothing when a write failed (%s), and asks once',
    async when => {
      let writes = 0
      const done = receive(
        Array.from({length: 8}, () => chunk),
        real => ({
          write: (...args) => {
            writes += 1
            return when === 'early' || writes > 1 ? full() : real.write(...args)
          }
        })
      )
      await expect(done).rejects.toThrow(DiskError)
      await expect(done).rejects.toThrow(
        /\.part could not be written: the disk is full \(ENOSPC\)\.$/
      )
      expect(writes).toBe(when === 'early' ? 1 : 2)
      expect(await readdir(folder)).toEqual([])
    }
  )

  it('leaves nothing when the file cannot be closed', async () => {
    const done = receive([chunk], real => ({close: () => real.close().then(full)}))
    await expect(done).rejects.toThrow('.part could not be written: the disk is full (ENOSPC).')
    expect(await readdir(folder)).toEqual([])
  })

  it('opens nothing over what is there', async () => {
    await writeFile(join(folder, '.part'), 'taken')
    await expect(receive([chunk])).rejects.toThrow(/EEXIST/)
    expect(await readFile(join(folder, '.part'), 'utf8')).toBe('taken')
  })

  it.each<[string, Fault]>([
    ['knows no ranges', {kind: 'whole'}],
    ['has another file', {kind: 'changed', content: Buffer.alloc(20_000, 'other')}],
    ['sends another range', {kind: 'wrong-range'}],
    ['has no bytes from there on', {kind: 'status', status: 416}]
  ])('starts over on Windows too when the host %s', async (_, fault) => {
    const file: ServedFile = {content: chunk, faults: [{kind: 'cut', after: 30_000}, fault]}
    const server = await startArtifactServer({'/file': file}, {})
    try {
      const place = join(folder, 'file')
      await receiveFile(server.url('/file'), place, '.part', contextOf(server.circleci))
    } finally {
      await server.close()
    }
    expect(file.content.equals(await received())).toBe(true)
  })

  it('never mixes two files, nor leaves a hole, whatever happens on the way', async () => {
    const content = Buffer.from(Array.from({length: 300_000}, (_, index) => (index * 7) % 251))
    const other = Buffer.from(content).reverse()
    const named: Record<string, Fault> = {
      fine: {kind: 'none'},
      cut: {kind: 'cut', after: 30_000},
      'cut at once': {kind: 'cut', after: 0},
      busy: {kind: 'status', status: 503},
      whole: {kind: 'whole'},
      'wrong range': {kind: 'wrong-range'},
      changed: {kind: 'changed', content: other}
    }
    const fault = fc.constantFrom(...Object.keys(named))
    await fc.assert(
      fc.asyncProperty(fc.array(fault, {maxLength: 4}), async names => {
        const faults = names.map(name => named[name] ?? {kind: 'none' as const})
        const file: ServedFile = {content, faults}
        const server = await startArtifactServer({'/file': file}, {})
        try {
          const place = join(folder, 'file')
          await receiveFile(server.url('/file'), place, '.part', contextOf(server.circleci))
        } finally {
          await server.close()
        }
        // What the host has at the end, all of it.
        expect(file.content.equals(await received())).toBe(true)
        expect(await readdir(folder)).toEqual(['file'])
      }),
      {numRuns: 25}
    )
  })
})
