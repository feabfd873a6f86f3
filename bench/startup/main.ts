import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {complain, readArguments} from '../command-line.ts'

const [node, runs] = readArguments({
  script: 'bench:startup',
  description: `Measures how long it takes from spawning the bundle to its first request, beside a bare node:http POST,
alternating so that both meet the same machine. Prints a Markdown table of the medians.`,
  arguments: [
    {name: 'node', what: 'path of the Node to start', standard: process.execPath},
    {name: 'runs', what: 'runs of each', standard: 20}
  ]
})
const committed = fileURLToPath(new URL('../../dist/index.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'startup-'))
const bare = join(folder, 'bare.mjs')
writeFileSync(
  bare,
  `import {request} from 'node:http'
request(process.env.INPUT_HOST, {method: 'POST'}, message => { message.resume() }).end()
`
)

/** Milliseconds from spawn to the first request. */
async function measure(script: string): Promise<number> {
  let arrived = 0
  const server = createServer((_, response) => {
    arrived ||= performance.now()
    response.writeHead(400, {'content-type': 'application/json'}).end('{"message":"enough"}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const started = performance.now()
  const child = spawn(node, [script], {
    stdio: 'ignore',
    env: {
      INPUT_HOST: `http://127.0.0.1:${port}`,
      INPUT_TOKEN: 'startup-bench-token',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: 'refs/heads/main',
      INPUT_BRANCH: 'main',
      ...actionDefaults
    }
  })
  try {
    await once(child, 'exit')
  } finally {
    server.close()
  }
  if (arrived === 0) throw new Error(`${script} sent no request.`)
  return arrived - started
}

/** What the runner passes for inputs that are not set, so that nothing has to be looked up. */
const actionDefaults: Record<string, string> = Object.fromEntries(
  Object.entries({
    pipeline: 'new',
    'dry-run': 'false',
    wait: 'false',
    timeout: '1h',
    'poll-interval': 'auto',
    'fail-fast': 'false',
    'rerun-failed': '0',
    'on-hold': 'wait',
    'on-timeout': 'cancel',
    'on-cancel': 'cancel',
    'on-no-workflows': 'fail',
    'on-rerun': 'new',
    artifacts: '**',
    summary: 'true',
    annotations: 'true',
    'log-lines': '40',
    comment: 'false'
  }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
)

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

try {
  const bundle: number[] = []
  const post: number[] = []
  for (let run = 0; run < runs; run += 1) {
    bundle.push(await measure(committed))
    post.push(await measure(bare))
  }
  const [ours, theirs] = [median(bundle), median(post)]
  console.log('| Node | bundle | bare POST | ratio |\n| --- | --- | --- | --- |')
  console.log(
    `| ${node === process.execPath ? process.version : node} | ${ours.toFixed(0)} ms | ${theirs.toFixed(0)} ms | ${(ours / theirs).toFixed(2)} |`
  )
} catch (error) {
  complain(error)
} finally {
  rmSync(folder, {recursive: true})
}
