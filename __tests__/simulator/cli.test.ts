import {spawn} from 'node:child_process'
import {createServer} from 'node:net'
import {createRequire} from 'node:module'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {describe, expect, it} from '@jest/globals'

const cli = fileURLToPath(new URL('../../simulator/cli.ts', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

interface Ready {
  readonly url: string
  readonly token: string
  readonly slug: string
  readonly artifacts: string
  readonly storage: string
}

interface Exit {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command to its end; `whenReady` gets the line it prints when it serves. */
function runCli(
  args: readonly string[],
  whenReady?: (ready: Ready, stop: (signal: NodeJS.Signals) => void) => Promise<void>
): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', tsx, cli, ...args])
    let stdout = ''
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      if (whenReady === undefined || !stdout.endsWith('}\n')) return
      whenReady(JSON.parse(stdout) as Ready, signal => child.kill(signal)).catch(
        (error: unknown) => {
          child.kill('SIGKILL')
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      )
    })
    child.once('close', code => {
      resolve({code, stdout, stderr})
    })
  })
}

describe('the command', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('serves until %s', async signal => {
    const exit = await runCli(['--port', '0', '--scenario', 'github-app'], async (ready, stop) => {
      const {url, token, slug} = ready
      const response = await fetch(`${url}/api/v2/project/${slug}`, {
        headers: {'Circle-Token': token}
      })
      expect(await response.json()).toMatchObject({slug})
      expect(Object.keys(ready)).toEqual(['url', 'token', 'slug', 'artifacts', 'storage'])
      stop(signal)
    })
    expect(exit).toMatchObject({code: 0, stderr: ''})
    expect(exit.stdout.trim().split('\n')).toHaveLength(1)
  })

  it('ends with 2 and one sentence when it does not understand', async () => {
    const exit = await runCli(['--scenario', 'nope'])
    expect(exit).toMatchObject({code: 2, stdout: ''})
    expect(exit.stderr).toMatch(/^There is no scenario "nope"; there are passing, [^.]*\.\n$/)
  })

  it('says so when the port is taken', async () => {
    const server = createServer()
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const exit = await runCli(['--port', String(port)])
    server.close()
    expect(exit).toMatchObject({code: 1, stdout: ''})
    expect(exit.stderr).toBe(`Port ${port} is taken.\n`)
  })
})
