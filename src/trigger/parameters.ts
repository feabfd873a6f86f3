import {Composer, isAlias, isCollection, isMap, isScalar, Lexer, LineCounter, Parser} from 'yaml'
import type {CST, Document, Scalar} from 'yaml'
import {InputError} from '../base/errors.ts'
import type {ParameterValue, PipelineParameters} from '../circleci/model.ts'
import {MAX_REQUEST_ID_LENGTH, PLACEHOLDER} from './intent.ts'

/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100
const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 512

/** Twice what a hundred parameters of full length take, and more than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000
/** Nesting without end overflows the stack, or makes V8 abort the process. */
const MAX_DEPTH = 64

/** What YAML 1.1 took for a date and many parsers still do: https://yaml.org/type/timestamp.html */
const DATE =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/
/** `1_000`: a number to some YAML parsers and text to others. */
const GROUPED_NUMBER = /^[-+]?\d+(?:_\d*)+(?:\.[\d_]*)?$/
/** Others of YAML's integers (`007`, `0x1F`) would be changed on their way. */
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/
/** Booleans to YAML 1.1, and text to YAML 1.2 and CircleCI. https://yaml.org/type/bool.html */
const LIKE_BOOLEAN = /^(?:yes|no|on|off|y|n)$/i

/** Gets a sentence about what is fine and may surprise. */
export type Notice = (text: string) => unknown

/**
 * Parses pipeline parameters from a YAML 1.2 (hence also JSON) mapping of text, integers and booleans, types kept:
 * `"1"`, `yes` and `on` are text. Whatever would be changed on its way (`1.10`, `007`, dates, null, ...) or could mean
 * two things is refused rather than passed on, and CircleCI's limits are checked, so that a mistake shows before
 * anything is built. Nothing and `null` are no parameters. Throws one `InputError` that names every bad parameter with
 * its line; `notice` gets what is fine and may surprise.
 *
 * Limits: `POST /project/{slug}/pipeline` in CircleCI's API reference.
 */
export function parseParameters(text: string, notice?: Notice): PipelineParameters {
  const mapping = parseMapping('parameters', text, {example: 'deploy: true', nested: false})
  return mapping === undefined ? {} : parametersOf(mapping, notice)
}

/** The parameters that a mapping holds; see `parseParameters`. */
export function parametersOf(
  {items, lineOf}: Mapping,
  notice: Notice = () => undefined
): PipelineParameters {
  if (items.length > MAX_PARAMETERS) {
    fail(`has ${items.length} parameters, and CircleCI accepts ${MAX_PARAMETERS} at most.`)
  }
  const parameters = new Map<string, ParameterValue>()
  const names = new Set<string>()
  const problems: string[] = []
  const likeBooleans: string[] = []
  for (const {key, value} of items) {
    const line = `line ${lineOf(key ?? value)}`
    const badKey = problemOfKey(key)
    const name = isScalar(key) ? String(key.value) : ''
    if (badKey !== undefined) problems.push(`The key on ${line} ${badKey}.`)
    else if (names.has(name)) problems.push(`${quote(name)} (${line}) is set twice: keep one.`)
    else if (isFine(value)) parameters.set(name, toValue(value))
    else problems.push(`${quote(name)} (${line}) ${problemOfValue(value)}.`)
    if (isLikeBoolean(value)) likeBooleans.push(quote(`${name}: ${value.source ?? ''}`))
    names.add(name)
  }
  if (problems.length > 0) fail(`cannot be used. ${problems.join(' ')}`)
  if (likeBooleans.length > 0) {
    notice(
      `Input "parameters" sends ${likeBooleans.join(', ')} as text: write true or false for a boolean, or quote the value if text is meant.`
    )
  }
  // Unlike assignment, fromEntries makes a key such as "__proto__" an ordinary property.
  return Object.fromEntries(parameters)
}

function problemOfKey(key: unknown): string | undefined {
  if (!isScalar(key)) return `is ${describe(key)}: name a parameter`
  const {value, source = ''} = key
  if (typeof value !== 'string' && source !== '') {
    return `is ${excerpt(source)}, which YAML does not read as text: quote it`
  }
  if (typeof value !== 'string' || value.trim() === '') return 'is empty: name a parameter'
  const length = lengthOf(value)
  return length > MAX_KEY_LENGTH
    ? `has ${length} characters, and CircleCI accepts ${MAX_KEY_LENGTH} at most: ${quote(value)}`
    : undefined
}

/** Whether a node is text, an integer or a boolean that reaches CircleCI as it is written. */
function isFine(node: unknown): node is Scalar<string | bigint | boolean> {
  if (!isScalar(node) || !hasPlainTag(node)) return false
  const {value, source = '', type, tag} = node
  if (typeof value === 'boolean') return true
  if (typeof value === 'bigint') return DECIMAL.test(source) && Number.isSafeInteger(Number(value))
  if (typeof value !== 'string' || lengthAsSent(value) > MAX_VALUE_LENGTH) return false
  const isPlain = type === 'PLAIN' && tag === undefined
  return !isPlain || !(DATE.test(value) || GROUPED_NUMBER.test(value))
}

function isLikeBoolean(node: unknown): node is Scalar {
  return isScalar(node) && node.type === 'PLAIN' && LIKE_BOOLEAN.test(String(node.value))
}

function toValue({value}: Scalar<string | bigint | boolean>): ParameterValue {
  return typeof value === 'bigint' ? Number(value) : value
}

function problemOfValue(node: unknown): string {
  if (isAlias(node)) return `is ${describe(node)}: write the value out`
  if (!isScalar(node)) {
    return `is ${describe(node)}: a parameter is text, an integer or a boolean, so quote it to send it as text`
  }
  if (!hasPlainTag(node)) {
    return `has the YAML tag ${quote(node.tag ?? '')}: leave the tag out and quote the value`
  }
  const {value, source = ''} = node
  const length = typeof value === 'string' ? lengthAsSent(value) : 0
  if (typeof value === 'string' && length > MAX_VALUE_LENGTH) {
    const when = value.includes(PLACEHOLDER) ? `, once "${PLACEHOLDER}" is replaced` : ''
    return `has ${length} characters${when}, and CircleCI accepts ${MAX_VALUE_LENGTH} at most`
  }
  return `is ${source === '' ? 'empty' : excerpt(source)}: quote it (${quote(source)}) to send it as text`
}

function lengthAsSent(value: string): number {
  return lengthOf(value.replaceAll(PLACEHOLDER, 'x'.repeat(MAX_REQUEST_ID_LENGTH)))
}

function lengthOf(text: string): number {
  return Array.from(text).length
}

function fail(problem: string): never {
  throw new InputError('parameters', problem)
}

/** A mapping as it was written: its pairs in their order, and where each stands. */
export interface Mapping {
  readonly items: readonly {readonly key: unknown; readonly value: unknown}[]
  /** The line of a node in the whole text, from 1 on. */
  readonly lineOf: (node: unknown) => number
}

/**
 * Reads a mapping of YAML 1.2, hence also of JSON; `undefined` for nothing and for `null` (what an expression without a
 * value becomes in JSON). Values are left as they were written: the caller decides what they may be. `example` is one
 * line of such a mapping, whose values may be mappings where it is `nested`. Throws an `InputError` about `input`.
 */
export function parseMapping(
  input: string,
  text: string,
  {example, nested}: {readonly example: string; readonly nested: boolean}
): Mapping | undefined {
  const fail: (problem: string) => never = problem => {
    throw new InputError(input, problem)
  }
  if (text.length > MAX_TEXT_LENGTH) {
    const limit = nested
      ? `and ${MAX_TEXT_LENGTH} are the most`
      : 'more than the parameters that CircleCI accepts can be'
    fail(`is ${text.length} characters long, ${limit}.`)
  }
  const lines = new LineCounter()
  const documents = parseDocuments(text, lines)
  if (documents === undefined) {
    const values = nested
      ? 'an entry holds inputs, and its parameters hold text, integers and booleans'
      : 'a parameter is text, an integer or a boolean'
    fail(`is nested too deeply: ${values}.`)
  }
  const [document, second] = documents
  if (document === undefined) return undefined
  const [problem] = document.errors
  if (problem !== undefined) {
    const {line} = lines.linePos(problem.pos[0])
    fail(nested ? invalid(line) : explainSyntax(text, line))
  }
  if (second !== undefined) fail('holds several YAML documents: give one mapping.')
  const {contents} = document
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined
  if (!isMap(contents)) {
    fail(`must be a YAML or JSON mapping such as "${example}", got ${describe(contents)}.`)
  }
  return {items: contents.items, lineOf: node => lines.linePos(startOf(node)).line}
}

/** The documents of a YAML stream; `undefined` where something is nested too deeply. */
function parseDocuments(text: string, lines: LineCounter): readonly Document.Parsed[] | undefined {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (parser.stack.length > MAX_DEPTH) return undefined
  }
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
    merge: false,
    intAsBigInt: true,
    // Checked by the caller, whose error names the key.
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
function excerpt(text: string): string {
  const characters = Array.from(text)
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}\u2026` : text
}
