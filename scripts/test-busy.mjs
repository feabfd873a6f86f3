import {spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import process from 'node:process'
import {fileURLToPath} from 'node:url'

// `node scripts/test-busy.mjs [arguments of jest]`: runs `npm test` three times in a row beside four busy loops, as on a
// slow or busy machine, and says how long each took. No test may fail there: none depends on how fast the machine is.

const RUNS = 3
const LOOPS = 4

const root = fileURLToPath(new URL('../', import.meta.url))
const {scripts} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

const loops = Array.from({length: LOOPS}, () =>
  spawn(process.execPath, ['--eval', 'for (;;);'], {stdio: 'ignore'})
)
process.once('exit', () => {
  for (const loop of loops) loop.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const [, ...jest] = scripts.test.split(' ')
const told = []
for (let run = 1; run <= RUNS; run += 1) {
  const started = performance.now()
  const child = spawn(process.execPath, [...jest, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit'
  })
  const code = await new Promise(resolve => child.once('close', resolve))
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  told.push(
    `Run ${run} of ${RUNS} beside ${LOOPS} busy loops: ${code === 0 ? 'passed' : 'FAILED'} after ${seconds} s`
  )
  if (code !== 0) process.exitCode = 1
}
console.log(`\n${told.join('\n')}`)
process.exit()
