import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'

import ncc from '@vercel/ncc'
import prettier from 'prettier'
import ts from 'typescript'
import {parse} from 'yaml'

// `npm run build`: makes dist/ from src/. What the steps run is bundled once, into dist/steps.js. The entries that
// action.yml names, and the few files they import beside it, are only freed of their types: they are small, and each
// loads the bundle when it knows that it needs it.

const ENTRIES = ['index.ts', 'post/index.ts', 'base/clock.ts', 'runner/signals.ts']

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = path.join(root, 'dist')

try {
  writeFileSync(path.join(root, 'src/runner/action-defaults.ts'), defaultsOfAction())
  writeFileSync(path.join(root, 'src/terminal/action-inputs.ts'), await inputsOfAction())
  const {code, assets} = await ncc(path.join(root, 'src/steps.ts'), {
    cache: false,
    license: 'licenses.txt',
    quiet: true
  })
  rmSync(dist, {recursive: true, force: true})
  write('steps.js', code)
  write('licenses.txt', assets['licenses.txt'].source)
  write('package.json', `${JSON.stringify({type: 'module'}, null, 2)}\n`)
  for (const file of ENTRIES) write(file.replace(/\.ts$/, '.js'), withoutTypes(file))
} catch (error) {
  console.error(String(error))
  process.exitCode = 1
}

/** The defaults of action.yml as a module: a step that starts has no time to read YAML. */
function defaultsOfAction() {
  const {inputs} = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'))
  const lines = Object.entries(inputs)
    .filter(([, input]) => input.default !== undefined && !input.default.includes('${{'))
    .map(([name, input]) => `  ['${name}', ${JSON.stringify(input.default).replaceAll('"', "'")}]`)
  return `// Written by the build from action.yml, the one place where defaults are kept. Those that are expressions, which
// only the runner can evaluate, count as none.

/** The default of each input that has one, as text. */
export const DEFAULTS: ReadonlyMap<string, string> = new Map([\n${lines.join(',\n')}\n])
`
}

/** The inputs of action.yml as a module, in the groups of the README: what the command's flags and its help are made of. */
async function inputsOfAction() {
  const {inputs} = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'))
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
  const section = /^## Inputs$(.+?)^## /ms.exec(readme)?.[1] ?? ''
  const groups = new Map()
  let group = ''
  for (const [, heading, name] of section.matchAll(/^### (.+)$|^\| `([\w-]+)`/gm)) {
    if (heading !== undefined) group = heading
    else if (name in inputs) groups.set(name, group)
  }
  const rows = Object.entries(inputs).map(([name, {description, default: value}]) => ({
    name,
    group: groups.get(name),
    description,
    ...(value === undefined || value.includes('${{') ? {} : {default: value})
  }))
  const text = `// Written by the build from action.yml and the headings of the README's tables, so that the help never drifts.

/** An input as it is documented. */
export interface ActionInput {
  readonly name: string
  /** The README's heading above it. */
  readonly group: string
  readonly description: string
  readonly default?: string
}

/** Every input, in the order of action.yml. */
export const ACTION_INPUTS: readonly ActionInput[] = ${JSON.stringify(rows)}
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
  return outputText
}

function write(file, content) {
  const target = path.join(dist, file)
  mkdirSync(path.dirname(target), {recursive: true})
  writeFileSync(target, content)
}
