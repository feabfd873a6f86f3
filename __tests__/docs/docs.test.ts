import {describe, expect, it} from '@jest/globals'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {isMap, parse, parseAllDocuments, visit} from 'yaml'
import {lintInputs} from '../../scripts/lint/workflow-lint.ts'
import {inputVariable, ROOT} from '../../scripts/runner/action-file.ts'
import {readInputs} from '../../src/runner/inputs.ts'
import {codeSpans, parsePage, readPage, readPages, type Page} from './markdown.ts'

interface ActionYml {
  readonly inputs: Readonly<Record<string, {default?: string}>>
  readonly outputs: Readonly<Record<string, object>>
}

const action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as ActionYml
const inputs = new Set(Object.keys(action.inputs))
const outputs = new Set(Object.keys(action.outputs))
const {scripts, version} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>
  version: string
}
const pages = readPages()
const readme = readPage('README.md')

describe.each(pages)('$file', page => {
  it('links only to files, pictures and headings that are there', () => {
    const broken = page.links.filter(link => !resolves(page.file, link))
    expect(broken).toEqual([])
  })

  it('has YAML that parses, in every fence', () => {
    const problems = yamlFences(page).flatMap(text =>
      parseAllDocuments(text).flatMap(document =>
        [...document.errors, ...document.warnings].map(({message}) => message)
      )
    )
    expect(problems).toEqual([])
  })

  it('gives this action only inputs that it has', () => {
    expect(yamlFences(page).flatMap(text => lintInputs(text, inputs))).toEqual([])
  })

  it('gives it values that it takes, and that go together', async () => {
    const problems: string[] = []
    for (const given of yamlFences(page).flatMap(stepsOfOurs)) {
      problems.push(...(await problemOf(given)))
    }
    expect(problems).toEqual([])
  })

  it('pastes no output into a script', () => {
    expect(yamlFences(page).flatMap(scriptsOf).filter(pastesOutput)).toEqual([])
  })

  it('reads only outputs that it has', () => {
    const others = Array.from(page.text.matchAll(/ uses: (?!OWNER).*\n +id: (\w+)/g), m => m[1])
    const read = [...page.text.matchAll(/\bsteps\.(\w+)\.outputs\.([\w-]+)/g)]
    const names = read.flatMap(([, step, name = '']) => (others.includes(step) ? [] : [name]))
    expect(names.filter(name => !outputs.has(name))).toEqual([])
  })

  it('names only commands of package.json', () => {
    const names = Array.from(page.text.matchAll(/\bnpm run ([\w:-]+)/g), m => m[1] ?? '')
    expect(names.filter(name => !(name in scripts))).toEqual([])
  })
})

it('names the major version of package.json wherever this action is used', () => {
  const used = [...pages, ...exampleWorkflows()]
    .flatMap(({text}) => majorsOf(text))
    .filter(ref => !isCommit(ref))
  expect(used.length).toBeGreaterThan(30)
  expect([...new Set(used)]).toEqual([`v${version.split('.')[0] ?? ''}`])
})

it('shows use of it pinned to a commit once, in the recipes', () => {
  const pinned = pages.filter(({text}) => majorsOf(text).some(isCommit)).map(({file}) => file)
  expect(pinned).toEqual(['docs/recipes.md'])
})

it('pastes no output into a script in the examples', () => {
  const all = exampleWorkflows().flatMap(({text}) => scriptsOf(text))
  expect(all.length).toBeGreaterThan(5)
  expect(all.filter(pastesOutput)).toEqual([])
})

it('tells in README which major tag to follow, the one of package.json', () => {
  expect(readme.text).toMatch(new RegExp(`^\`@v${version.split('.')[0] ?? ''}\` follows`, 'm'))
})

describe('README.md', () => {
  it('lists every input once, in a table, with the default of action.yml', () => {
    const rows = readme.tables.filter(({header}) => header[0] === 'input').flatMap(t => t.rows)
    const told = rows.map(([name = '', value = '']) => [codeSpans(name)[0], codeSpans(value)[0]])
    const actual = Object.entries(action.inputs).map(([name, input]) => [name, input.default])
    expect(sorted(told)).toEqual(sorted(actual))
  })

  it('lists every output once, by purpose, in the order of action.yml', () => {
    const tables = readme.tables.filter(({header}) => header[0] === 'output')
    const told = tables.flatMap(({rows}) => rows.map(([name = '']) => codeSpans(name)[0]))
    expect(tables).toHaveLength(2)
    expect(told).toEqual([...outputs])
  })

  it('can be read in three minutes', () => {
    expect(readme.text.split('\n').length).toBeLessThanOrEqual(250)
  })

  it('gives a row of the verdict only what the table of all verdicts has', () => {
    const spans = (page: Page): string[] =>
      verdictTable(page).flatMap(([, ...cells]) => cells.flatMap(codeSpans))
    expect(verdictTable(readme)).toHaveLength(6)
    expect(
      spans(readme).filter(span => !spans(readPage('docs/verdict.md')).includes(span))
    ).toEqual([])
  })

  it('has the two commands to try near the top', () => {
    const at = (command: string): number => readme.text.indexOf(command)
    const inputsAt = at('\n## Inputs')
    expect(at('npm ci && npm run demo')).toBeGreaterThan(0)
    expect(at('npm ci && npm run demo')).toBeLessThan(inputsAt)
    expect(at('npm ci && npm test')).toBeGreaterThan(0)
    expect(at('npm ci && npm test')).toBeLessThan(inputsAt)
  })
})

it('lists every failure reason of the code in the table of all verdicts', () => {
  const told = verdictTable(readPage('docs/verdict.md')).flatMap(([, , reason = '']) =>
    codeSpans(reason)
  )
  expect(sorted([...new Set(told)])).toEqual(sorted(failureReasons()))
})

it('quotes only messages that the code has', () => {
  const rows = readPage('docs/troubleshooting.md').tables.flatMap(table => table.rows)
  const messages = rows.flatMap(([message = '']) => codeSpans(message))
  expect(messages.length).toBeGreaterThan(20)
  expect(messages.flatMap(unknownParts)).toEqual([])
})

describe('the checks themselves', () => {
  const page = parsePage(
    'docs/page.md',
    '# A `b`: "c" & d_e!\n\n## Twice\n\n## Twice\n\n[a](../README.md#no-such-heading) ![p](none.png) [b](#twice-1) [c](https://example.com/x)\n'
  )

  it('makes anchors as GitHub does', () => {
    expect([...page.anchors]).toEqual(['a-b-c--d_e', 'twice', 'twice-1'])
  })

  it('finds links that lead nowhere', () => {
    expect(page.links).toHaveLength(4)
    expect(resolves('docs/page.md', '../README.md#no-such-heading')).toBe(false)
    expect(resolves('docs/page.md', '../README.md#inputs')).toBe(true)
    expect(resolves('docs/page.md', 'none.png')).toBe(false)
    expect(resolves('docs/page.md', 'https://example.com/x')).toBe(true)
  })

  it('finds values that the action refuses', async () => {
    const [step] = stepsOfOurs(
      'steps:\n  - uses: OWNER/circleci-pipeline-action@v1\n    with:\n      timeout: ${{ vars.x }}\n      wait: maybe\n'
    )
    expect((await problemOf(step ?? {})).join()).toContain('"wait" must be')
    expect((await problemOf(step ?? {})).join()).toContain('"timeout" must be')
    expect((await problemOf({branch: 'main', tag: 'v1'})).join()).toContain('"tag" cannot be used')
  })

  it('finds the scripts of steps', () => {
    const text = 'steps:\n  - run: echo 1\n  - uses: a/b@v1\n  - run: |\n      echo 2\n'
    expect(scriptsOf(text)).toEqual(['echo 1', 'echo 2\n'])
    expect(pastesOutput('echo ${{ needs.a.outputs.url }}')).toBe(true)
    expect(pastesOutput('echo ${{ github.sha }} outputs.url')).toBe(false)
  })

  it('finds the refs this action is used at', () => {
    expect(majorsOf('uses: OWNER/circleci-pipeline-action@v0\n- uses: a/b@v3')).toEqual(['v0'])
    expect(majorsOf('OWNER/circleci-pipeline-action@main')).toEqual(['main'])
  })

  it('finds messages that no code has', () => {
    expect(unknownParts('Input "tokn" is empty …')).toEqual(['Input "tokn"'])
    expect(unknownParts('Input "token" is quite empty …')).toEqual(['is quite empty'])
    expect(unknownParts('Input "token" is empty …')).toEqual([])
  })
})

function verdictTable({tables}: Page): readonly (readonly string[])[] {
  return tables.find(({header}) => header.includes('`failure-reason`'))?.rows ?? []
}

function exampleWorkflows(): {text: string}[] {
  return readdirSync(path.join(ROOT, 'examples'), {recursive: true, encoding: 'utf8'})
    .filter(file => file.endsWith('.yml'))
    .map(file => ({text: readFileSync(path.join(ROOT, 'examples', file), 'utf8')}))
}

/** What stands behind the `@` wherever a text uses this action. */
function majorsOf(text: string): string[] {
  return Array.from(text.matchAll(/OWNER\/circleci-pipeline-action@([\w.-]+)/g), m => m[1] ?? '')
}

function isCommit(ref: string): boolean {
  return /^[0-9a-f]{40}$/.test(ref)
}

function yamlFences({fences}: {fences: readonly {language: string; text: string}[]}): string[] {
  return fences.filter(({language}) => /^ya?ml$/.test(language)).map(({text}) => text)
}

/** The `with:` of each step that uses this action, expressions replaced by something of the kind they stand for. */
function stepsOfOurs(text: string): Record<string, string>[] {
  const found: Record<string, string>[] = []
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Map: (_, step) => {
        const given = step.get('with')
        if (!String(step.get('uses')).startsWith('OWNER/') || !isMap(given)) return
        const values = Object.entries(given.toJSON() as Record<string, unknown>)
        found.push(
          Object.fromEntries(values.map(([name, value]) => [name, standIn(String(value))]))
        )
      }
    })
  }
  return found
}

/** Every `run:` of a workflow or a part of one. */
function scriptsOf(text: string): string[] {
  const found: string[] = []
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Map: (_, step) => {
        const script = step.get('run')
        if (typeof script === 'string') found.push(script)
      }
    })
  }
  return found
}

/** Whether text that others may have written would run as shell. */
function pastesOutput(script: string): boolean {
  return /\$\{\{[^}]*\boutputs\b/.test(script)
}

function standIn(text: string): string {
  return text
    .replace(/\$\{\{[^'}]*'\w*' && '([^']*)' \|\| '' \}\}/g, '$1')
    .replace(/\$\{\{[^}]*pipeline-id[^}]*\}\}/g, '3f2c1d9e-4b7a-4053-81e2-d3c4b5a69788')
    .replace(/\$\{\{[^}]*(?:number|_id|payload\.pipeline)[^}]*\}\}/g, '17')
    .replace(/\$\{\{[^}]*project[^}]*\}\}/g, 'gh/acme/shop')
    .replace(/\$\{\{[^}]*\}\}/g, 'something')
}

/** What the action would find wrong with these inputs, before any request. */
async function problemOf(given: Readonly<Record<string, string>>): Promise<string[]> {
  const variables = Object.entries(given).map(([name, value]) => [inputVariable(name), value])
  const before = {...process.env}
  Object.assign(process.env, Object.fromEntries(variables))
  try {
    await readInputs(process.env)
    return []
  } catch (error) {
    return [(error as Error).message]
  } finally {
    process.env = before
  }
}

/** Whether a link is to elsewhere, or to something that is in the repository. */
function resolves(file: string, link: string): boolean {
  if (/^(?:https?|mailto):/.test(link)) return true
  const [target = '', anchor] = link.split('#')
  const found = target === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(target))
  if (!existsSync(path.join(ROOT, found))) return false
  return anchor === undefined || (found.endsWith('.md') && readPage(found).anchors.has(anchor))
}

function sorted<T>(values: readonly T[]): T[] {
  return [...values].sort((a, b) => String(a).localeCompare(String(b)))
}

/** The parts of a quoted message (cut at `…`) that are in no literal of the code, nor among CircleCI's own words. */
function unknownParts(message: string): string[] {
  const [, name, rest = message] = /^Input "([\w-]+)" (.*)$/.exec(message) ?? []
  const parts = rest.split('…').map(part => part.trim())
  const unknown = parts.filter(part => part !== '' && !code.includes(part))
  return name === undefined || inputs.has(name) ? unknown : [`Input "${name}"`, ...unknown]
}

// The simulator has the words that are CircleCI's.
const code = ['src', 'simulator'].flatMap(sourcesBelow).join('\n')

function sourcesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), {recursive: true, encoding: 'utf8'})
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(path.join(ROOT, folder, file), 'utf8'))
}

function failureReasons(): string[] {
  const text = readFileSync(path.join(ROOT, 'src/base/errors.ts'), 'utf8')
  const union = /export type FailureReason =([^;]*?)\n\n/.exec(text)?.[1] ?? ''
  return Array.from(union.matchAll(/'([\w-]+)'/g), ([, reason = '']) => reason)
}
