import {mkdtemp, open, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {DiskError} from '../../src/collect/disk-error.ts'
import type {OpenFile} from '../../src/collect/file-writer.ts'
import {openPartialFile, type PartialFile} from '../../src/collect/partial-file.ts'

const chunk = Buffer.alloc(200_000, 'abcdefghij')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partial-'))
})

afterEach(async () => {
  await rm(folder, {recursive: true})
})

/** A partial file whose handle differs from the real one in some methods. */
function withHandle(change: (real: OpenFile) => Partial<OpenFile>): Promise<PartialFile> {
  return openPartialFile(join(folder, 'file'), '.part', async (path, flags) => {
    const real = await open(path, flags)
    const bound: OpenFile = {
      write: (...args) => real.write(...args),
      writev: real.writev.bind(real),
      truncate: real.truncate.bind(real),
      close: real.close.bind(real)
    }
    return {...bound, ...change(bound)}
  })
}

async function writeTimes(file: PartialFile, times: number): Promise<void> {
  const writer = file.writerAt(0)
  for (let i = 0; i < times; i += 1) await writer.write(chunk)
}

const full = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('ENOSPC'), {code: 'ENOSPC'}))

describe('openPartialFile', () => {
  it('keeps the order of many chunks, large and small', async () => {
    const file = await openPartialFile(join(folder, 'file'), '.part')
    const parts = Array.from({length: 40}, (_, index) => chunk.subarray(0, index * 5000 + 1))
    const writer = file.writerAt(0)
    for (const part of parts) await writer.write(part)
    expect(await readdir(folder)).toEqual(['.part'])
    expect(writer.position).toBe(Buffer.concat(parts).length)
    await file.complete()
    await file.discard()
    expect(await readdir(folder)).toEqual(['file'])
    expect(Buffer.concat(parts).equals(await readFile(join(folder, 'file')))).toBe(true)
  })

  it('puts together what several writers write at once', async () => {
    const file = await openPartialFile(join(folder, 'file'), '.part')
    const content = Buffer.concat(Array.from({length: 9}, () => chunk))
    const third = content.length / 3
    await Promise.all(
      [2, 0, 1].map(async index => {
        const writer = file.writerAt(index * third)
        for (let at = index * third; at < (index + 1) * third; at += 50_000) {
          await writer.write(content.subarray(at, at + 50_000))
        }
      })
    )
    await file.complete()
    expect(content.equals(await readFile(join(folder, 'file')))).toBe(true)
  })

  it('begins anew, shorter than before', async () => {
    const file = await openPartialFile(join(folder, 'file'), '.part')
    await writeTimes(file, 10)
    await file.restart()
    await file.writerAt(0).write(Buffer.from('short'))
    await file.complete()
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('short')
  })

  it('discards while a write is under way, and twice', async () => {
    const file = await openPartialFile(join(folder, 'file'), '.part')
    await writeTimes(file, 10)
    await file.discard()
    await file.discard()
    expect(await readdir(folder)).toEqual([])
  })

  it('writes what the disk did not take at once', async () => {
    const file = await withHandle(real => ({
      writev: (buffers, position) => {
        const taken = buffers[0]?.subarray(0, 7) ?? new Uint8Array()
        return real.writev([taken], position)
      }
    }))
    await writeTimes(file, 5)
    await file.complete()
    expect(Buffer.concat(Array(5).fill(chunk)).equals(await readFile(join(folder, 'file')))).toBe(
      true
    )
  })

  it.each(['early', 'late'])('never completes when a write failed (%s)', async when => {
    let writes = 0
    const file = await withHandle(real => ({
      writev: (buffers, position) => {
        writes += 1
        return when === 'early' || writes > 1 ? full() : real.writev(buffers, position)
      }
    }))
    const all = async (): Promise<void> => {
      await writeTimes(file, 4)
      await file.complete()
    }
    await expect(all()).rejects.toThrow(DiskError)
    await expect(file.complete()).rejects.toThrow(
      /\.part could not be written: the disk is full \(ENOSPC\)\.$/
    )
    await file.discard()
    expect(await readdir(folder)).toEqual([])
  })

  it('never completes when the file cannot be closed', async () => {
    const file = await withHandle(real => ({close: () => real.close().then(full)}))
    await writeTimes(file, 1)
    await expect(file.complete()).rejects.toThrow(
      'file could not be written: the disk is full (ENOSPC).'
    )
    await file.discard()
    expect(await readdir(folder)).toEqual([])
  })

  it('opens nothing over what is there', async () => {
    await writeFile(join(folder, '.part'), 'taken')
    await expect(openPartialFile(join(folder, 'file'), '.part')).rejects.toThrow(/EEXIST/)
    expect(await readFile(join(folder, '.part'), 'utf8')).toBe('taken')
  })
})
