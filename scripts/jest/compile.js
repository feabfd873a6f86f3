import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {build} from 'esbuild'

/**
 * Takes the types out of all that tests import, once for all workers, and returns the temporary folder in which a file
 * `a/b.ts` is `a/b.js`. Nothing is checked here, as `npm run typecheck` does that.
 */
export async function compile(rootDir) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tests-'))
  const {outputFiles} = await build({
    absWorkingDir: rootDir,
    entryPoints: ['__tests__', 'bench', 'scripts', 'simulator', 'src'].map(one => `${one}/**/*.ts`),
    outbase: rootDir,
    outdir: folder,
    bundle: false,
    write: false,
    target: 'node20',
    sourcemap: 'external',
    sourcesContent: false
  })
  const texts = new Map(outputFiles.map(({path, text}) => [path, text]))
  for (const [file, code] of texts) {
    if (!file.endsWith('.js')) continue
    mkdirSync(path.dirname(file), {recursive: true})
    writeFileSync(
      file,
      `${code}//# sourceMappingURL=${addressOf(texts.get(`${file}.map`), file)}\n`
    )
  }
  return folder
}

/** A source map as an address. Node looks for the source beside the file that it was asked for, which is the source. */
function addressOf(map, file) {
  const sources = [path.basename(file).replace(/js$/, 'ts')]
  const text = JSON.stringify({...JSON.parse(map), sources})
  return `data:application/json;base64,${Buffer.from(text).toString('base64')}`
}
