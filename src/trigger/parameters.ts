import {LineCounter, isAlias, isCollection, isMap, isScalar, parseAllDocuments} from 'yaml'
import type {Document, Pair, Scalar, YAMLMap} from 'yaml'
import type {ParameterValue, PipelineParameters} from '../circleci/model.ts'
import {InputError, errorMessage} from '../errors.ts'

/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100
const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 512

/** A hundred parameters of the longest kind, each character escaped, fit in it; the runner's own limit is lower. */
const MAX_TEXT_LENGTH = 500_000

/** What YAML 1.1 took for a date and many parsers still do: https://yaml.org/type/timestamp.html */
const DATE =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/

/** `1_000`: a number to some YAML parsers and text to others. */
const GROUPED_NUMBER = /^[-+]?\d+(?:_\d*)+(?:\.[\d_]*)?$/

/**
 * Parses pipeline parameters from a YAML 1.2 (hence also JSON) mapping of text, integers and booleans, types kept:
 * `"1"`, `yes` and `on` are text. Whatever would be changed on its way (`1.10`, `007`, dates, null, …) or could mean
 * two things is refused rather than passed on, and CircleCI's limits are checked, so that a mistake shows before
 * anything is built. Throws an `InputError` of one sentence that names the parameter and its line.
 *
 * Limits: `POST /project/{slug}/pipeline` in CircleCI's API reference.
 */
export function parseParameters(text: string): PipelineParameters {
  const lines = new LineCounter()
  const mapping = parseMapping(text, lines)
  if (mapping === undefined) return {}
  if (mapping.items.length > MAX_PARAMETERS) {
    fail(`has ${mapping.items.length} parameters, and CircleCI takes ${MAX_PARAMETERS} at most.`)
  }
  const lineAt = (node: unknown): number => lines.linePos(offsetOf(node)).line
  const parameters = new Map<string, ParameterValue>()
  for (const pair of mapping.items) {
    const key = readKey(pair, lineAt)
    const where = `${quote(key)} (line ${lineAt(pair.key)})`
    if (parameters.has(key)) fail(`sets ${where} twice; keep one.`)
    parameters.set(key, readValue(pair.value, where))
  }
  // Unlike assignment, fromEntries makes a key such as "__proto__" an ordinary property.
  return Object.fromEntries(parameters)
}

function parseMapping(text: string, lines: LineCounter): YAMLMap | undefined {
  if (text.length > MAX_TEXT_LENGTH) {
    fail(`is ${text.length} characters long, which no parameters that CircleCI takes can be.`)
  }
  const [document, second] = parseDocuments(text, lines)
  if (document === undefined) return undefined
  const [problem] = document.errors
  if (problem !== undefined) {
    const {line} = lines.linePos(problem.pos[0])
    fail(`is not valid YAML or JSON: ${lowerFirst(problem.message)} (line ${line}).`)
  }
  if (second !== undefined) fail('holds several YAML documents; give one mapping.')
  const {contents} = document
  if (contents === null || (isScalar(contents) && contents.source === '')) return undefined
  if (!isMap(contents)) {
    fail(`must be a YAML or JSON mapping such as "deploy: true", and is ${describe(contents)}.`)
  }
  return contents
}

function parseDocuments(text: string, lines: LineCounter): readonly Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
      merge: false,
      intAsBigInt: true,
      // Checked by readKey, which also sees that 1 and "1" are one key in JSON.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: lines
    })
    return [...documents]
  } catch (error) {
    // Nesting a thousand levels deep overflows the parser's stack.
    fail(`is not valid YAML or JSON: ${errorMessage(error)}.`)
  }
}

function readKey(pair: Pair, lineAt: (node: unknown) => number): string {
  const {key} = pair
  const line = lineAt(key ?? pair.value)
  if (!isScalar(key)) {
    fail(`has a key that is ${describe(key)} (line ${line}); keys must be parameter names.`)
  }
  if (typeof key.value !== 'string') {
    const shown =
      key.source === undefined || key.source === '' ? 'an empty key' : `key ${quote(key.source)}`
    fail(`has ${shown}, which YAML does not take for text (line ${line}); quote it.`)
  }
  if (key.value.trim() === '') fail(`has an empty key (line ${line}); name the parameter.`)
  if (lengthOf(key.value) > MAX_KEY_LENGTH) {
    fail(
      `has a key of ${lengthOf(key.value)} characters, ${quote(key.value)} (line ${line}), and CircleCI takes ` +
        `${MAX_KEY_LENGTH} at most.`
    )
  }
  return key.value
}

function readValue(node: unknown, where: string): ParameterValue {
  if (!isScalar(node)) {
    const advice = isAlias(node)
      ? 'write the value out'
      : 'a parameter is text, an integer or a boolean, so quote it to send it as text'
    fail(`gives ${where} ${describe(node)}; ${advice}.`)
  }
  if (node.tag !== undefined && node.tag !== '!' && node.tag !== 'tag:yaml.org,2002:str') {
    fail(`gives ${where} the YAML tag ${quote(node.tag)}; leave the tag out and quote the value.`)
  }
  const {value} = node
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return readInteger(node, value, where)
  if (typeof value === 'string') return readText(node, value, where)
  const what = value === null ? 'null' : 'a number that is not an integer'
  fail(`gives ${where} ${what}${shown(node)}; ${quoteAdvice(node)}.`)
}

function readInteger(node: Scalar, value: bigint, where: string): number {
  const source = node.source ?? ''
  if (/^0[xo]/i.test(source)) {
    fail(`gives ${where} the number ${source}; write it in decimal, or ${quoteAdvice(node)}.`)
  }
  if (/^[-+]?0\d/.test(source)) {
    fail(
      `gives ${where} the number ${excerpt(source)}, whose leading zeros would be lost; ${quoteAdvice(node)}.`
    )
  }
  const integer = Number(value)
  if (!Number.isSafeInteger(integer)) {
    fail(
      `gives ${where} the integer ${excerpt(source)}, which is beyond 2^53 and would be rounded; ` +
        `${quoteAdvice(node)}.`
    )
  }
  return integer
}

function readText(node: Scalar, value: string, where: string): string {
  if (node.type === 'PLAIN' && node.tag === undefined) {
    if (DATE.test(value)) fail(`gives ${where} a date, ${excerpt(value)}; ${quoteAdvice(node)}.`)
    if (GROUPED_NUMBER.test(value)) {
      fail(
        `gives ${where} ${excerpt(value)}, a number to some and text to others; leave the underscores out, or ` +
          `${quoteAdvice(node)}.`
      )
    }
  }
  if (lengthOf(value) > MAX_VALUE_LENGTH) {
    fail(
      `gives ${where} a text of ${lengthOf(value)} characters, and CircleCI takes ${MAX_VALUE_LENGTH} at most.`
    )
  }
  return value
}

function fail(problem: string): never {
  throw new InputError('parameters', problem)
}

function describe(node: unknown): string {
  if (isAlias(node)) return `the YAML alias *${excerpt(node.source)}`
  if (isMap(node)) return 'a nested mapping'
  if (isCollection(node)) return 'a list'
  if (isScalar(node) && node.value !== null) return excerpt(node.source ?? 'a scalar')
  return 'null'
}

function shown(node: Scalar): string {
  return node.source === undefined || node.source === '' ? '' : `, ${excerpt(node.source)}`
}

function quoteAdvice(node: Scalar): string {
  return `quote it (${quote(node.source ?? '')}) to send it as text`
}

function quote(text: string): string {
  return JSON.stringify(excerpt(text))
}

function excerpt(text: string): string {
  const characters = Array.from(text)
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : text
}

function lengthOf(text: string): number {
  return Array.from(text).length
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function offsetOf(node: unknown): number {
  const range = (node as {range?: readonly number[] | null} | null | undefined)?.range
  return range?.[0] ?? 0
}
