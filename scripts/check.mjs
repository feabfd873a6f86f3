import {spawnSync} from 'node:child_process'
import process from 'node:process'
import {fileURLToPath} from 'node:url'

// `npm run check`: everything that has to hold before a change goes in, in the order that fails soonest. Arguments are
// handed on to jest.

const root = fileURLToPath(new URL('../', import.meta.url))

/** @type {{name: string, fix: string, run: () => boolean}[]} */
const steps = [
  {
    name: 'Types',
    run: () => script('typecheck'),
    fix: 'The compiler names each place above.'
  },
  {
    name: 'Lint',
    run: () => script('lint'),
    fix: '"npm run format" mends what can be mended by itself; the rest is named above.'
  },
  {
    name: 'Format',
    run: () => script('format:check'),
    fix: '"npm run format" formats every file.'
  },
  {
    name: 'Workflows',
    run: () => script('lint:actions'),
    fix: 'Each line above names a place in action.yml, a workflow or an example.'
  },
  {
    name: 'Bundle',
    run: () => script('bundle'),
    fix: 'ncc says above what it could not bundle.'
  },
  {
    name: 'Bundle unchanged',
    run: bundleIsCommitted,
    fix: 'dist/ did not match src/ and is rebuilt now: commit it ("git add dist").'
  },
  {
    name: 'Licences',
    run: () => script('licences'),
    fix: 'Replace the dependency, or add its licence to the list in scripts/lint/licences.ts if it asks for no more than those.'
  },
  {
    name: 'Tests',
    run: () => script('test', ...process.argv.slice(2)),
    fix: '"npm test -- <file>" runs one file; "-t <name>" one test of it.'
  }
]

const started = performance.now()
for (const {name, run, fix} of steps) {
  console.log(`\n▶ ${name}`)
  const before = performance.now()
  const passed = run()
  const seconds = secondsSince(before)
  if (!passed) {
    console.error(`\n✗ ${name} failed after ${seconds} s. ${fix}`)
    process.exit(1)
  }
  console.log(`✓ ${name} (${seconds} s)`)
}
console.log(`\n✓ All ${steps.length} checks passed in ${secondsSince(started)} s.`)

/** Runs a script of package.json and says whether it succeeded. */
function script(name, ...args) {
  const npm = process.env.npm_execpath
  const rest = ['run', '--silent', name, ...(args.length > 0 ? ['--', ...args] : [])]
  // Without npm around us its command is found in the PATH; on Windows that is a script, which needs a shell.
  return npm === undefined
    ? command('npm', rest, {shell: process.platform === 'win32'})
    : command(process.execPath, [npm, ...rest])
}

/** Says whether dist/ is what is committed (or staged), new files included. */
function bundleIsCommitted() {
  const unchanged = command('git', ['--no-pager', 'diff', '--exit-code', '--stat', '--', 'dist'])
  const {stdout, status} = spawnSync(
    'git',
    ['ls-files', '--others', '--exclude-standard', '--', 'dist'],
    {cwd: root, encoding: 'utf8'}
  )
  if (stdout) console.error(`Not in the repository:\n${stdout.trimEnd()}`)
  return unchanged && status === 0 && stdout === ''
}

function command(program, args, options = {}) {
  const {status, error} = spawnSync(program, args, {cwd: root, stdio: 'inherit', ...options})
  if (error) console.error(`${program} could not be started: ${error.message}`)
  return status === 0
}

function secondsSince(time) {
  return ((performance.now() - time) / 1000).toFixed(1)
}
