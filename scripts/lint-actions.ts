import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {lintSyntax} from './lint/syntax.ts'
import {lintInputs, lintPins, type Problem} from './lint/workflow-lint.ts'
import {readActionFile, ROOT} from './runner/action-file.ts'

// `npm run lint:actions`: checks action.yml, this repository's workflows and those of the examples with GitHub's own
// language service, that other people's actions are pinned, and that the inputs given to this action exist.
// With file names as arguments it checks those instead.

const inputs = new Set(Object.keys(readActionFile().inputs))
const asked = process.argv.slice(2)
const files =
  asked.length > 0
    ? asked
    : ['action.yml', ...workflowsIn('.github/workflows'), ...workflowsIn('examples')]
let count = 0
for (const file of files) {
  const text = readFileSync(path.resolve(ROOT, file), 'utf8')
  for (const {line, column, message} of await problemsOf(file, text)) {
    count += 1
    console.error(`${file}:${line}:${column}: ${message}`)
  }
}
const filesText = files.length === 1 ? '1 file' : `${files.length} files`
console.log(
  count === 0
    ? `${filesText}, no problem found.`
    : `${count} ${count === 1 ? 'problem' : 'problems'} in ${filesText}.`
)
process.exitCode = count === 0 ? 0 : 1

async function problemsOf(file: string, text: string): Promise<Problem[]> {
  const problems = [...(await lintSyntax(file, text)), ...lintInputs(text, inputs)]
  return file.includes('.github/workflows/') && !file.startsWith('examples/')
    ? [...problems, ...lintPins(text)]
    : problems
}

/** Workflows below a folder; the CircleCI configs beside the examples are none, and a folder need not exist. */
function workflowsIn(folder: string): string[] {
  const found: string[] = []
  for (const entry of entriesOf(folder)) {
    const file = path.posix.join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== '.circleci') found.push(...workflowsIn(file))
    } else if (isWorkflow(file)) found.push(file)
  }
  return found.sort()
}

function entriesOf(folder: string): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function readEntries(folder: string) {
  return readdirSync(path.join(ROOT, folder), {withFileTypes: true})
}

function isWorkflow(file: string): boolean {
  return /\.ya?ml$/.test(file) && !/circleci[^/]*\.ya?ml$/.test(path.basename(file))
}
