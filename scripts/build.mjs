import {chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'

import ncc from '@vercel/ncc'
import prettier from 'prettier'
import ts from 'typescript'
import {parse} from 'yaml'

// `npm run bundle`: makes dist/ from src/. What the steps run is bundled once, into dist/steps.js and the chunks that it
// loads when they are needed. The entries that action.yml names, and the few files they import beside it, are only freed of
// their types: they are small, and each loads the bundle when it knows that it needs it.

/** What stays a file of its own in dist/. */
const FILES = [
  'index.ts',
  'post/index.ts',
  'cli/index.ts',
  'base/clock.ts',
  'runner/exec.ts',
  'runner/signals.ts',
  'github/undici.ts'
]

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = path.join(root, 'dist')

try {
  writeFileSync(path.join(root, 'src/runner/action-defaults.ts'), defaultsOfAction())
  writeFileSync(path.join(root, 'src/terminal/action-inputs.ts'), await inputsOfAction())
  const steps = await bundle(path.join(root, 'src/steps.ts'), {
    undici: './github/undici.js',
    '@actions/exec': './runner/exec.js'
  })
  const undici = await bundle(createRequire(import.meta.url).resolve('undici'))
  rmSync(dist, {recursive: true, force: true})
  for (const [file, code] of Object.entries(steps.files)) write(file, ascii(code))
  write('github/proxy.cjs', ascii(undici.files['index.js']))
  for (const file of FILES) write(file.replace(/\.ts$/, '.js'), ascii(withoutTypes(file)))
  // What npm links as a command has to be executable: it does not see to that itself.
  chmodSync(path.join(dist, 'cli/index.js'), 0o755)
  write('licenses.txt', licencesOf([...steps.packages, ...undici.packages]))
  write('package.json', `${JSON.stringify({type: 'module'}, null, 2)}\n`)
} catch (error) {
  console.error(String(error))
  process.exitCode = 1
}

/** Bundles a module: the code of it and of its chunks by the names of files, and the folders of the packages therein. */
async function bundle(entry, externals = {}) {
  const {code, assets, stats} = await ncc(entry, {cache: false, quiet: true, externals})
  const chunks = Object.entries(assets).filter(([name]) => name.endsWith('.js'))
  const name = path.basename(entry).replace(/\.ts$/, '.js')
  const files = {
    [name]: code,
    ...Object.fromEntries(chunks.map(([file, {source}]) => [file, String(source)]))
  }
  return {files, packages: packagesOf(stats.compilation.modules)}
}

/** The folders of the packages that modules come from. */
function packagesOf(modules) {
  const own = ({resource, modules: inner = []}) => [
    resource ?? '',
    ...Array.from(inner).flatMap(own)
  ]
  const folders = Array.from(modules)
    .flatMap(own)
    .map(resource => /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(resource)?.[0])
  return [...new Set(folders)].filter(folder => folder !== undefined)
}

/** Name, licence and its text for each package. */
function licencesOf(folders) {
  const entries = [...new Set(folders)].map(folder => {
    const {name, license, author} = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8')
    )
    const file = readdirSync(folder).find(one => /^licen[cs]e/i.test(one))
    // A package without the text says at least under which licence whose work it is.
    const text =
      file === undefined
        ? `Licensed under the ${license} licence. Copyright ${author?.name ?? author ?? name}.`
        : readFileSync(path.join(folder, file), 'utf8').trim()
    return `${name}\n${license}\n${text}\n`
  })
  return entries.sort().join('\n')
}

/** Escapes what is not ASCII: one such character makes V8 keep the whole file at two bytes a character. */
function ascii(code) {
  return code
    .replaceAll('\r\n', '\n')
    .replace(/[^\x00-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The defaults of action.yml as a module: a step that starts has no time to read YAML. */
function defaultsOfAction() {
  const {inputs} = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'))
  const lines = Object.entries(inputs).map(([name, {default: value}]) => {
    const isText = value !== undefined && !value.includes('${{')
    return `  ['${name}', ${isText ? JSON.stringify(value).replaceAll('"', "'") : undefined}]`
  })
  return `// Written by the build from action.yml, the one place where defaults are kept. Those that are expressions, which
// only the runner can evaluate, count as none.

/** Every input, and its default as text; \`undefined\` where it has none. */
export const DEFAULTS: ReadonlyMap<string, string | undefined> = new Map([\n${lines.join(',\n')}\n])
`
}

/** The descriptions of action.yml as a module, in the groups of the README: what the command's flags and its help show. */
async function inputsOfAction() {
  const {inputs} = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'))
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
  const section = /^## Inputs$(.+?)^## /ms.exec(readme)?.[1] ?? ''
  const groups = {}
  let group = ''
  for (const [, heading, name] of section.matchAll(/^### (.+)$|^\| `([\w-]+)`/gm)) {
    if (heading !== undefined) group = heading
    else if (name in inputs) (groups[group] ??= {})[name] = inputs[name].description
  }
  const text = `// Written by the build from action.yml and the headings of the README's tables, so that the help never drifts.

/** What each input means, by the README's heading above it. */
export const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(groups)}
`
  const options = await prettier.resolveConfig(path.join(root, 'src/any.ts'))
  return prettier.format(text, {...options, parser: 'typescript'})
}

function withoutTypes(file) {
  const source = readFileSync(path.join(root, 'src', file), 'utf8')
  const {outputText} = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true
    }
  })
  // Where undici is in dist/.
  return outputText.replace("import('undici')", "import('./proxy.cjs')")
}

function write(file, content) {
  const target = path.join(dist, file)
  mkdirSync(path.dirname(target), {recursive: true})
  writeFileSync(target, content)
}
