import {readdirSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {build} from 'esbuild'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Folders whose tests run the bundle. */
const BUNDLE = /^__tests__\/(dist|examples)\//

/** What neither opens a socket or a file nor starts a process. */
const PURE =
  /^(node:(assert|async_hooks|buffer|crypto|events|path|perf_hooks|process|stream|timers\/promises|url|util|zlib)|@jest\/globals|fast-check|marked|picomatch|yaml)$/

/**
 * Every test file, in the ring it belongs to, as paths from the repository's root with slashes:
 *
 * - `bundle`: those of the folders `__tests__/dist` and `__tests__/examples`;
 * - `unit`: those that are pure, as nothing they import, at any remove, can open a socket or a file or start a process;
 * - `stories`: all others, which speak to the simulator and other servers, read files and start commands.
 */
export async function rings() {
  const files = readdirSync(path.join(ROOT, '__tests__'), {recursive: true})
    .filter(name => name.endsWith('.test.ts'))
    .map(name => `__tests__/${name.replaceAll('\\', '/')}`)
    .sort()
  const others = files.filter(file => !BUNDLE.test(file))
  const impure = impureOnesOf(await importsOf(others))
  return {
    unit: others.filter(file => !impure.has(file)),
    stories: others.filter(file => impure.has(file)),
    bundle: files.filter(file => BUNDLE.test(file))
  }
}

/** What each file that the given ones lead to imports itself; types do not count. */
async function importsOf(files) {
  const {metafile} = await build({
    absWorkingDir: ROOT,
    entryPoints: files,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    outdir: 'nowhere',
    metafile: true,
    logLevel: 'error'
  })
  return Object.entries(metafile.inputs).map(([file, {imports}]) => [
    file,
    imports.map(one => (one.external ? {leaves: one.path} : {file: one.path}))
  ])
}

function impureOnesOf(imports) {
  const impure = new Set()
  const spoils = ({leaves, file}) => (file === undefined ? !PURE.test(leaves) : impure.has(file))
  for (let before = -1; before < impure.size;) {
    before = impure.size
    for (const [file, all] of imports) if (all.some(spoils)) impure.add(file)
  }
  return impure
}
