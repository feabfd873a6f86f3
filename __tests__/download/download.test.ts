import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile
} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {CircleCI} from '../../src/circleci/client.ts'
import type {Download} from '../../src/circleci/storage.ts'
import {
  downloadArtifacts,
  type DownloadRequest,
  type RenamedArtifact
} from '../../src/download/download.ts'
import {ActionError} from '../../src/base/errors.ts'
import type {Artifact} from '../../src/record/result.ts'
import {fakeClock} from '../support/fake-clock.ts'
import {
  startArtifactServer,
  type ArtifactServer,
  type Fault,
  type ServedFile
} from './artifact-server.ts'
import {anArtifact, circleciWith, recordedLog} from '../collect/builders.ts'

const content = Buffer.from(Array.from({length: 300_000}, (_, index) => index % 251))

let folder: string
let server: ArtifactServer | undefined

beforeEach(async () => {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'download-')))
  folder = join(base, 'artifacts')
})

afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(dirname(folder), {recursive: true})
})

function contextOf(circleci: CircleCI, signal?: AbortSignal) {
  return {circleci, clock: fakeClock(), random: Math.random, log: recordedLog(), signal}
}

/** Downloads what a server serves, as artifacts of one job. */
async function fetchFrom(
  files: Readonly<Record<string, ServedFile>>,
  more: Partial<DownloadRequest> = {}
) {
  server = await startArtifactServer(files, {idleMs: 500})
  const {url, circleci} = server
  const artifacts = Object.keys(files)
    .filter(path => !path.startsWith('/hidden'))
    .map(path => anArtifact({path: path.slice(1), url: url(path)}))
  const context = contextOf(circleci)
  return {
    context,
    done: downloadArtifacts({artifacts, jobs: [], folder, isWorkspace: false, ...more}, context)
  }
}

/** A client whose artifacts are their own addresses, without a network. */
function inMemory(open: (url: string) => Promise<Partial<Download>> | Partial<Download>): CircleCI {
  return circleciWith({
    openArtifact: async url => ({
      status: 200,
      headers: {},
      body: chunks(Buffer.from(url)),
      close: () => undefined,
      ...(await open(url))
    })
  })
}

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
  return Promise.resolve()
}

async function tree(path = folder): Promise<string[]> {
  const entries = await readdir(path, {recursive: true, withFileTypes: true})
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/')
    )
    .sort()
}

async function rejection(promise: Promise<unknown>): Promise<ActionError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  )
  expect(error).toBeInstanceOf(ActionError)
  return error as ActionError
}

describe('downloadArtifacts', () => {
  it('puts each file below its job, over what was there, and reports', async () => {
    await mkdir(join(folder, 'test'), {recursive: true})
    await writeFile(join(folder, 'test', 'empty'), 'old')
    const {context, done} = await fetchFrom({
      '/coverage/index.html': {content},
      '/empty': {content: Buffer.alloc(0)},
      '/chunked.txt': {content: Buffer.from('no length'), chunked: true},
      '/sp ace/ü#1.txt': {content: Buffer.from('named')}
    })
    const report = await done
    expect(report).toEqual({files: 4, bytes: content.length + 14})
    expect(await tree()).toEqual([
      'test/chunked.txt',
      'test/coverage/index.html',
      'test/empty',
      'test/sp ace/ü#1.txt'
    ])
    expect(content.equals(await readFile(join(folder, 'test/coverage/index.html')))).toBe(true)
    expect(await readFile(join(folder, 'test/empty'), 'utf8')).toBe('')
    expect(context.log.of('info')).toEqual([
      expect.stringMatching(/^Downloaded 4 files, 293\.0 KiB into .+artifacts$/)
    ])
  })

  it('makes the folder even when there is nothing to put in it', async () => {
    await downloadArtifacts(
      {artifacts: [], jobs: [], folder, isWorkspace: false},
      contextOf(inMemory(() => ({})))
    )
    expect(await tree()).toEqual([])
  })

  describe('into the workspace itself', () => {
    const into = (jobs: readonly string[]): Promise<unknown> =>
      downloadArtifacts(
        {
          artifacts: jobs.flatMap((job, index) =>
            ['a', 'b/c'].map(path =>
              anArtifact({job, jobNumber: index, path, url: `https://x/${path}`})
            )
          ),
          jobs: [],
          folder,
          isWorkspace: true
        },
        contextOf(inMemory(() => ({body: chunks(Buffer.from('new'))})))
      )

    beforeEach(async () => {
      await mkdir(join(folder, 'scripts'), {recursive: true})
      await writeFile(join(folder, 'scripts', 'a'), 'old')
      await writeFile(join(folder, 'package.json'), 'old')
      await symlink('scripts', join(folder, 'link'))
    })

    it('makes a new folder for each job', async () => {
      await into(['test', 'build'])
      expect(await tree()).toEqual(
        expect.arrayContaining(['test/a', 'test/b/c', 'build/a', 'build/b/c', 'scripts/a'])
      )
    })

    it.each(['scripts', 'package.json', 'link', '_github_workflow', '.github', '.git', '..', ''])(
      'refuses a job called %j, before anything is downloaded',
      async job => {
        const before = await tree()
        const error = await rejection(into(['test', job]))
        expect(error.reason).toBe('download')
        expect(error.message).toMatch(
          /^Artifacts are downloaded into a folder for each job, .+ must not be created: "[^"]+"\. .+ Nothing was downloaded;/
        )
        expect(await tree()).toEqual(before)
        expect(await readFile(join(folder, 'scripts', 'a'), 'utf8')).toBe('old')
      }
    )
  })

  it.each([true, false])(
    'keeps several pipelines apart, in the workspace itself: %j',
    async isWorkspace => {
      const written = new Set<string>()
      for (const pipelineNumber of [101, 102])
        for (const subfolder of ['api', 'web', undefined])
          await downloadArtifacts(
            {
              artifacts: [anArtifact({path: 'a', url: `https://x/${pipelineNumber}`})],
              jobs: [],
              folder,
              isWorkspace,
              subfolder,
              pipelineNumber,
              written
            },
            contextOf(inMemory(() => ({})))
          )
      const own = ['test/a', 'test.102/a']
      const all = ['api', 'web'].flatMap(name => own.map(file => `${name}/${file}`))
      expect(await tree()).toEqual([...all, ...own].sort())
      expect(await readFile(join(folder, 'api/test/a'), 'utf8')).toBe('https://x/101')
      expect(await readFile(join(folder, 'test.102/a'), 'utf8')).toBe('https://x/102')
    }
  )

  it('keeps to the number of downloads at once', async () => {
    const files = Object.fromEntries(
      Array.from({length: 40}, (_, index) => [`/${index}`, {content: Buffer.from('x')}])
    )
    server = await startArtifactServer(files, {delayMs: 30})
    const {url, circleci} = server
    const artifacts = Object.keys(files).map(path => anArtifact({path, url: url(path)}))
    await downloadArtifacts(
      {artifacts, jobs: [], folder, isWorkspace: false, atOnce: 7},
      contextOf(circleci)
    )
    expect(server.most()).toBe(7)
    expect(await tree()).toHaveLength(40)
  })

  it('tells of its progress every 15 seconds', async () => {
    const clock = fakeClock()
    const circleci = inMemory(() => ({
      body: (async function* () {
        for (let i = 0; i < 3; i += 1) {
          yield Buffer.alloc(30 * 1024 * 1024)
          clock.advance(10_000)
        }
        await Promise.resolve()
      })()
    }))
    const context = {...contextOf(circleci), clock}
    await downloadArtifacts(
      {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
      context
    )
    expect(context.log.of('info')).toEqual([
      'Downloading artifacts: 0 of 1 files, 60.0 MiB, 4.0 MiB/s',
      'Downloading artifacts: 0 of 1 files, 90.0 MiB, 2.0 MiB/s',
      `Downloaded 1 file, 90.0 MiB in 30s (3.0 MiB/s) into ${folder}`
    ])
    clock.advance(60_000)
    expect(context.log.of('info')).toHaveLength(3)
  })
})

describe('a download that is disturbed', () => {
  const half = content.length / 2
  const other = Buffer.from(content).reverse()

  it.each<{
    name: string
    faults: Fault[]
    file?: Partial<ServedFile>
    ranges: string[]
    gets?: Buffer
  }>([
    {
      name: 'cut: goes on where it stopped',
      faults: [{kind: 'cut', after: half}],
      ranges: ['-', `bytes=${half}-`]
    },
    {
      name: 'cut twice',
      faults: [
        {kind: 'cut', after: 1000},
        {kind: 'cut', after: 1000}
      ],
      ranges: ['-', 'bytes=1000-', 'bytes=2000-']
    },
    {name: 'cut before the first byte', faults: [{kind: 'cut', after: 0}], ranges: ['-', '-']},
    {name: 'stalled', faults: [{kind: 'stall', after: half}], ranges: ['-', `bytes=${half}-`]},
    {
      name: 'cut, of a host that ignores ranges: from the start',
      faults: [{kind: 'cut', after: half}, {kind: 'whole'}],
      ranges: ['-', `bytes=${half}-`]
    },
    {
      name: 'cut, without an ETag: from the start',
      faults: [{kind: 'cut', after: half}],
      file: {etag: 'none'},
      ranges: ['-', '-']
    },
    {
      name: 'cut, with a weak ETag: from the start',
      faults: [{kind: 'cut', after: half}],
      file: {etag: 'weak'},
      ranges: ['-', '-']
    },
    {
      name: 'cut, and changed meanwhile: the new file from the start',
      faults: [
        {kind: 'cut', after: half},
        {kind: 'changed', content: other}
      ],
      ranges: ['-', `bytes=${half}-`],
      gets: other
    },
    {
      name: 'cut, and changed meanwhile, of a host that ignores the condition: from the start',
      faults: [
        {kind: 'cut', after: half},
        {kind: 'changed-unconditional', content: other}
      ],
      ranges: ['-', `bytes=${half}-`, '-'],
      gets: other
    },
    {
      name: 'cut, then sent the wrong range: from the start',
      faults: [{kind: 'cut', after: half}, {kind: 'wrong-range'}],
      ranges: ['-', `bytes=${half}-`, '-']
    },
    {
      name: 'cut, then no such range: from the start',
      faults: [
        {kind: 'cut', after: half},
        {kind: 'status', status: 416}
      ],
      ranges: ['-', `bytes=${half}-`, '-']
    },
    {
      name: 'a chunked body cut',
      faults: [{kind: 'cut', after: half}],
      file: {chunked: true},
      ranges: ['-', `bytes=${half}-`]
    },
    {
      name: 'answered 503 and 429',
      faults: [
        {kind: 'status', status: 503},
        {kind: 'status', status: 429, headers: {'retry-after': '2'}}
      ],
      ranges: ['-', '-', '-']
    },
    {
      name: 'cut, then 500, then cut',
      faults: [
        {kind: 'cut', after: 1000},
        {kind: 'status', status: 500},
        {kind: 'cut', after: 1000}
      ],
      ranges: ['-', 'bytes=1000-', 'bytes=1000-', 'bytes=2000-']
    }
  ])(
    'ends with the whole file when it is $name',
    async ({faults, file, ranges, gets = content}) => {
      const {done} = await fetchFrom({'/a': {content, faults: [...faults], ...file}})
      await done
      expect(gets.equals(await readFile(join(folder, 'test/a')))).toBe(true)
      expect(await tree()).toEqual(['test/a'])
      expect(server?.requests.map(request => request.split(' ')[1])).toEqual(ranges)
    }
  )

  it('sends the strong ETag as the condition of a range', async () => {
    const {done} = await fetchFrom({'/a': {content, faults: [{kind: 'cut', after: 10}]}})
    await done
    expect(server?.requests[1]).toMatch(/^\/a bytes=10- "[0-9a-f]{32}"$/)
  })

  it('waits as long as the host asks', async () => {
    const {context, done} = await fetchFrom({
      '/a': {content, faults: [{kind: 'status', status: 429, headers: {'retry-after': '7'}}]}
    })
    await done
    expect(context.clock.sleeps).toHaveLength(1)
    expect(context.clock.sleeps[0]).toBeGreaterThanOrEqual(7000)
  })

  it('says that it keeps failing, and that it went through in the end', async () => {
    const faults: Fault[] = Array.from({length: 20}, (_, index) => ({
      kind: 'cut',
      after: 1000 * (index + 1)
    }))
    const {context, done} = await fetchFrom({'/a': {content, faults}})
    await done
    const said = context.log.lines.filter(line => !/^debug|Downloaded/.test(line))
    expect(said[0]).toMatch(/^warning: The download of artifacts failed: .+\. Retrying\.$/)
    expect(said.at(-1)).toMatch(/^info: The download of artifacts succeeded after 20 failed/)
    // At most every half minute, and the end.
    const spent = context.clock.sleeps.reduce((sum, ms) => sum + ms, 0)
    expect(said.length).toBeLessThanOrEqual(2 + Math.ceil(spent / 30_000))
  })

  it('follows redirects', async () => {
    const {done} = await fetchFrom({
      '/a': {content: Buffer.alloc(0), faults: [{kind: 'redirect', to: '/hidden'}]},
      '/hidden': {content}
    })
    await done
    expect(content.equals(await readFile(join(folder, 'test/a')))).toBe(true)
  })
})

describe('a download that fails', () => {
  it('names the file and why, after the others; what was fetched stays, without partial files', async () => {
    const {done} = await fetchFrom({
      '/a': {content: Buffer.from('a')},
      '/gone/b.txt': {
        content,
        faults: Array.from({length: 9}, () => ({kind: 'status', status: 404}))
      },
      '/c': {content: Buffer.from('c')}
    })
    const error = await rejection(done)
    expect(error.reason).toBe('download')
    expect(error.conclusion).toBe('failure')
    expect(error.message).toMatch(
      /^Artifact "gone\/b\.txt" of job "test" could not be downloaded: GET http:\/\/127\.0\.0\.1:\d+\/gone\/b\.txt was answered 404\. .*What was downloaded \(2 of 3 files\) stays in .+artifacts; re-run this job to try again\.$/
    )
    expect(await tree()).toEqual(['test/a', 'test/c'])
    expect(server?.requests.filter(request => request.startsWith('/gone'))).toHaveLength(1)
  })

  it('says what is the same for many files once', async () => {
    const gone = (): ServedFile => ({content, faults: [{kind: 'status', status: 404}]})
    const {done} = await fetchFrom({'/a': gone(), '/b': gone(), '/c': {content}})
    expect((await rejection(done)).message).toMatch(
      /^Artifacts "a" of job "test", "b" of job "test" could not be downloaded: GET http:\/\/127\.0\.0\.1:\d+\/… was answered 404\. It may have expired: [^.]+\. What was downloaded \(1 of 3 files\)/
    )
  })

  it('tells the new names of what came, and of nothing else', async () => {
    const gone: Fault[] = [{kind: 'status', status: 404}]
    const renamed: RenamedArtifact[] = []
    const {done} = await fetchFrom(
      {'/con': {content}, '/nul': {content, faults: gone}, '/fine': {content}},
      {
        onRenamed: one => {
          renamed.push(one)
        }
      }
    )
    await rejection(done)
    expect(renamed.map(({artifact, savedAs}) => `${artifact.path} → ${savedAs}`)).toEqual([
      'con → test/_con'
    ])
  })

  it.each<{name: string; fault: Fault; requests: number; why: RegExp}>([
    {name: 'cut again and again', fault: {kind: 'cut', after: 0}, requests: 5, why: /aborted|cut/},
    {
      name: 'answered 503 again and again',
      fault: {kind: 'status', status: 503},
      requests: 5,
      why: /was answered 503/
    },
    {
      name: 'redirected in circles',
      fault: {kind: 'redirect', to: '/a'},
      requests: 6,
      why: /was redirected more than 5 times/
    },
    {
      name: 'redirected nowhere',
      fault: {kind: 'redirect', to: 'ftp://x'},
      requests: 1,
      why: /was redirected without an address/
    },
    {
      name: 'answered 403',
      fault: {kind: 'status', status: 403},
      requests: 1,
      why: /was answered 403/
    }
  ])('gives up when it is $name', async ({fault, requests, why}) => {
    const {done} = await fetchFrom({'/a': {content, faults: Array.from({length: 60}, () => fault)}})
    expect((await rejection(done)).message).toMatch(why)
    expect(server?.requests).toHaveLength(requests)
    expect(await tree()).toEqual([])
  })

  it('gives up a host that drips, sooner or later', async () => {
    let opened = 0
    const circleci = inMemory(() => {
      opened += 1
      return {
        status: opened === 1 ? 200 : 206,
        headers: {
          'content-length': '1000',
          etag: '"1"',
          'content-range': `bytes ${opened - 1}-999/1000`
        },
        body: chunks(Buffer.from('x'))
      }
    })
    const done = downloadArtifacts(
      {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
      contextOf(circleci)
    )
    expect((await rejection(done)).message).toContain('only 40 of 1000 bytes came')
    expect(opened).toBe(40)
  })

  it('takes no more than was announced', async () => {
    const circleci = inMemory(() => ({
      headers: {'content-length': '3'},
      body: chunks(Buffer.from('four'))
    }))
    const done = downloadArtifacts(
      {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
      contextOf(circleci)
    )
    expect((await rejection(done)).message).toContain(
      'the host sent more than the 3 bytes it announced'
    )
    expect(await tree()).toEqual([])
  })

  it('does not try again when that cannot help', async () => {
    let opened = 0
    const circleci = inMemory(() => {
      opened += 1
      throw new UnavailableError('GET x', 'failed: certificate', {processed: 'no', final: true})
    })
    await rejection(
      downloadArtifacts(
        {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
        contextOf(circleci)
      )
    )
    expect(opened).toBe(1)
  })

  it('does not try the rest when one after the other fails, and names at most ten', async () => {
    const many = Array.from({length: 60}, (_, index) =>
      anArtifact({path: `f${index}`, url: `u${index}`})
    )
    let opened = 0
    const refusing = inMemory(() => {
      opened += 1
      throw new UnavailableError('GET x', 'failed: down', {processed: 'no', final: true})
    })
    const down = await rejection(
      downloadArtifacts(
        {artifacts: many, jobs: [], folder, isWorkspace: false, atOnce: 2},
        contextOf(refusing)
      )
    )
    expect(opened).toBeLessThanOrEqual(6)
    expect(down.message).toContain('After that no further file was tried.')
    const gone = inMemory(() => {
      throw new RefusedError('GET x', 404, '')
    })
    const expired = await rejection(
      downloadArtifacts({artifacts: many, jobs: [], folder, isWorkspace: false}, contextOf(gone))
    )
    expect(expired.message).toContain('Nor could 50 others.')
    expect(expired.message.match(/"f\d+" of job/g)).toHaveLength(10)
    expect(expired.message.match(/could not be downloaded: GET x was answered 404/g)).toHaveLength(
      1
    )
  })

  it('fails when a job could not be listed, but fetches what could be', async () => {
    const request = {
      artifacts: [anArtifact({path: 'a'})],
      jobs: [],
      folder,
      isWorkspace: false,
      unlisted: ['workflow "lint"', 'job "e2e"']
    }
    const error = await rejection(downloadArtifacts(request, contextOf(inMemory(() => ({})))))
    expect(error.message).toBe(
      `The artifacts of workflow "lint", job "e2e" could not be listed. What was downloaded (1 of 1 file) stays in ${folder}; re-run this job to try again.`
    )
    expect(await tree()).toEqual(['test/a'])
  })
})

describe('a cancelled download', () => {
  it('leaves whole files only, and ends with an AbortedError', async () => {
    server = await startArtifactServer({
      '/a': {content: Buffer.from('a')},
      '/b': {content, faults: [{kind: 'stall', after: 1000}]},
      '/c': {content, faults: [{kind: 'stall', after: 0}]},
      '/d': {content}
    })
    const {url, circleci} = server
    const controller = new AbortController()
    const context = contextOf(circleci, controller.signal)
    const artifacts = ['a', 'b', 'c', 'd'].map(path => anArtifact({path, url: url(`/${path}`)}))
    const done = downloadArtifacts(
      {artifacts, jobs: [], folder, isWorkspace: false, atOnce: 3},
      context
    )
    // Until the three are under way, one of them done.
    while (server.requests.length < 4) await new Promise(resolve => setTimeout(resolve, 5))
    expect((await tree()).length).toBeGreaterThan(1)
    controller.abort()
    await expect(done).rejects.toThrow(AbortedError)
    expect(await tree()).toEqual(expect.not.arrayContaining([expect.stringContaining('.part')]))
    expect(await tree()).toContain('test/a')
    expect(await tree()).not.toContain('test/b')
  })

  it('starts nothing when it is cancelled before', async () => {
    const done = downloadArtifacts(
      {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
      contextOf(circleciWith({}), AbortSignal.abort())
    )
    await expect(done).rejects.toThrow(AbortedError)
    expect(await tree()).toEqual([])
  })

  it('does not wait out a pause', async () => {
    const controller = new AbortController()
    const circleci = inMemory(() => {
      controller.abort()
      throw new UnavailableError('GET x', 'was answered 503', {
        processed: 'no',
        retryAfterMs: 60_000
      })
    })
    const done = downloadArtifacts(
      {artifacts: [anArtifact()], jobs: [], folder, isWorkspace: false},
      contextOf(circleci, controller.signal)
    )
    await expect(done).rejects.toThrow(AbortedError)
  })
})

describe('hostile paths on a real disk', () => {
  const outside = (): Promise<string[]> => readdir(dirname(folder))
  const fetch = (artifacts: readonly Artifact[], onRenamed?: DownloadRequest['onRenamed']) =>
    downloadArtifacts(
      {
        artifacts,
        jobs: [],
        folder,
        isWorkspace: false,
        ...(onRenamed === undefined ? {} : {onRenamed})
      },
      contextOf(inMemory(() => ({})))
    )

  it('writes every one inside the folder, with its own content, and reports the new names', async () => {
    const paths = [
      '../../escape.txt',
      '/etc/passwd',
      'C:\\Windows\\system32\\evil.dll',
      '..\\..\\escape.txt',
      'nul\u0000byte',
      'con',
      'trailing./dot ',
      'a',
      'a/b',
      'a\\b',
      'new\nline',
      `${'x'.repeat(400)}.txt`,
      `${'deep/'.repeat(400)}end`,
      '.',
      '',
      'plain.txt'
    ]
    const artifacts = paths.map((path, index) => anArtifact({path, url: `content ${index}`}))
    const renamed: RenamedArtifact[] = []
    await fetch([...artifacts, anArtifact({job: '../../..', path: 'x', url: 'job'})], one => {
      renamed.push(one)
    })
    expect(await outside()).toEqual(['artifacts'])
    const files = await tree()
    expect(files).toHaveLength(paths.length + 1)
    const contents = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')))
    expect(new Set(contents).size).toBe(paths.length + 1)
    expect(await readFile(join(folder, 'test/plain.txt'), 'utf8')).toBe('content 15')
    const names = new Map(renamed.map(({artifact, savedAs}) => [artifact.path, savedAs]))
    expect(names.get('../../escape.txt')).toBe('test/__/__/escape.txt')
    expect(names.has('plain.txt')).toBe(false)
    expect(names.has('a/b')).toBe(false)
    for (const {artifact, savedAs} of renamed) {
      expect(await readFile(join(folder, savedAs), 'utf8')).toBe(artifact.url)
    }
  })

  it('refuses to pass through a symbolic link to a folder', async () => {
    const target = join(dirname(folder), 'target')
    await mkdir(target)
    await mkdir(join(folder, 'test'), {recursive: true})
    await symlink(target, join(folder, 'test', 'link'))
    const error = await rejection(fetch([anArtifact({path: 'link/x'}), anArtifact({path: 'fine'})]))
    expect(error.message).toMatch(
      /link is a symbolic link where a folder is needed\. Remove it, or choose another/
    )
    expect(await readdir(target)).toEqual([])
    expect(await tree()).toContain('test/fine')
  })

  it("replaces a symbolic link that has a file's name, and leaves alone what it points to", async () => {
    const target = join(dirname(folder), 'target.txt')
    await writeFile(target, 'precious')
    await mkdir(join(folder, 'test'), {recursive: true})
    await symlink(target, join(folder, 'test', 'x'))
    await fetch([anArtifact({path: 'x', url: 'new'})])
    expect(await readFile(target, 'utf8')).toBe('precious')
    expect(await readFile(join(folder, 'test', 'x'), 'utf8')).toBe('new')
  })

  it('refuses a folder that became a symbolic link after it was checked', async () => {
    const target = join(dirname(folder), 'target')
    await mkdir(target)
    await symlink(target, folder)
    expect((await rejection(fetch([anArtifact()]))).message).toContain(
      'is reached through a symbolic link'
    )
    expect(await readdir(target)).toEqual([])
  })

  it('says what is in the way: a file for a folder, a folder for a file', async () => {
    await mkdir(join(folder, 'test', 'folder'), {recursive: true})
    await writeFile(join(folder, 'test', 'file'), '')
    const error = await rejection(
      fetch([anArtifact({path: 'file/x'}), anArtifact({path: 'folder'})])
    )
    expect(error.message).toMatch(/file is a file where a folder is needed/)
    expect(error.message).toMatch(
      /folder could not be written: a folder of that name is in the way \(EISDIR\)/
    )
    expect(await tree()).toEqual(['test/file'])
  })

  it('says so when the folder itself cannot be', async () => {
    await writeFile(folder, 'a file')
    expect((await rejection(fetch([anArtifact()]))).message).toMatch(
      /^The folder .+ could not be made: EEXIST/
    )
  })

  it('leaves nothing of its look at how the file system takes case', async () => {
    await fetch([
      anArtifact({path: 'README', url: 'upper'}),
      anArtifact({path: 'readme', url: 'lower'})
    ])
    const files = await tree()
    expect(files).toHaveLength(2)
    const contents = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')))
    expect(contents.sort()).toEqual(['lower', 'upper'])
    expect((await stat(join(folder, 'test'))).isDirectory()).toBe(true)
  })
})
