import {Composer, isAlias, isCollection, isMap, isScalar, Lexer, LineCounter, Parser} from 'yaml'
import type {CST, Document, Scalar} from 'yaml'

/** Nesting without end overflows the stack, or makes V8 abort the process. */
const MAX_DEPTH = 64

/** A mapping as it was written: its pairs in their order, and where each stands. */
export interface Mapping {
  readonly items: readonly {readonly key: unknown; readonly value: unknown}[]
  /** The line of a node in the whole text, from 1 on. */
  readonly lineOf: (node: unknown) => number
}

/** What is read, and how to say what is wrong with it. */
export interface MappingOptions {
  /** Throws; the problem goes on with the sentence that the input's name begins. */
  readonly fail: (problem: string) => never
  /** One line of such a mapping. */
  readonly example: string
  /** Whether its values may be mappings. */
  readonly nested: boolean
  readonly tooDeep: string
}

/**
 * Reads a mapping of YAML 1.2, hence also of JSON; `undefined` for nothing and for `null` (what an expression without a
 * value becomes in JSON). Values are left as they were written: whoever reads them decides what they may be.
 */
export function parseMapping(text: string, options: MappingOptions): Mapping | undefined {
  const {example, nested} = options
  const lines = new LineCounter()
  const [document, second] = parseDocuments(text, lines, options)
  if (document === undefined) return undefined
  const [problem] = document.errors
  if (problem !== undefined) {
    const {line} = lines.linePos(problem.pos[0])
    options.fail(nested ? invalid(line) : explainSyntax(text, line))
  }
  if (second !== undefined) options.fail('holds several YAML documents: give one mapping.')
  const {contents} = document
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined
  if (!isMap(contents)) {
    options.fail(`must be a YAML or JSON mapping such as "${example}", got ${describe(contents)}.`)
  }
  return {items: contents.items, lineOf: node => lines.linePos(startOf(node)).line}
}

function parseDocuments(
  text: string,
  lines: LineCounter,
  {fail, tooDeep}: MappingOptions
): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (parser.stack.length > MAX_DEPTH) {
      fail(tooDeep)
    }
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
    merge: false,
    intAsBigInt: true,
    // Checked by whoever reads the mapping, whose error names the key.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent'
  })
  return [...composer.compose([...tokens, ...parser.end()], true, text.length)]
}

/** The parser's own words are about its grammar; what people get wrong is the indent, or a value without quotes. */
function explainSyntax(text: string, line: number): string {
  const rows = text.split(/\r\n?|\n/)
  const indentOf = (row = ''): string => /^\s*/.exec(row)?.[0] ?? ''
  const first = rows.find(row => /^\s*[^\s#]/.test(row) && !row.startsWith('---'))
  // A name indented too far goes on with the value of the line before, which is where the parser stumbles.
  const moved = [line, line + 1].find(
    number => /\S/.test(rows[number - 1] ?? '') && indentOf(rows[number - 1]) !== indentOf(first)
  )
  return moved === undefined || /^\s*\{/.test(first ?? '')
    ? invalid(line)
    : `is not valid YAML: line ${moved} is not indented like the first. Begin every name in the same column, with spaces and no tabs.`
}

function invalid(line: number): string {
  return `is not valid YAML or JSON in line ${line}: give one "name: value" a line, and put the value in quotes when it holds more than letters and digits.`
}

/** Whether a scalar is what it looks like, or marked as text. */
export function hasPlainTag({tag}: Scalar): boolean {
  return tag === undefined || tag === '!' || tag === 'tag:yaml.org,2002:str'
}

/** Names a YAML node for a sentence. */
export function describe(node: unknown): string {
  if (isAlias(node)) return `the YAML alias *${excerpt(node.source)}`
  if (isCollection(node)) return isMap(node) ? 'a nested mapping' : 'a list'
  return isScalar(node) && node.value !== null ? quote(node.source ?? '') : 'null'
}

function startOf(node: unknown): number {
  return (node as {range?: readonly number[] | null} | null | undefined)?.range?.[0] ?? 0
}

/** A text as an error shows it: in quotes, and cut when it is long. */
export function quote(text: string): string {
  return JSON.stringify(excerpt(text))
}

/** The beginning of a text, when it is too long for an error. */
export function excerpt(text: string): string {
  const characters = Array.from(text)
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}\u2026` : text
}
