import {isAlias, isScalar, type Scalar} from 'yaml'
import {InputError} from '../base/errors.ts'
import type {ParameterValue, PipelineParameters} from '../circleci/model.ts'
import {describe, excerpt, hasPlainTag, parseMapping, quote, type Mapping} from './mapping.ts'
import {MAX_REQUEST_ID_LENGTH, PLACEHOLDER} from './request-id.ts'

/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100
const MAX_KEY_LENGTH = 128
const MAX_VALUE_LENGTH = 512

/** Twice what a hundred parameters of full length take, and more than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000

/** What YAML 1.1 took for a date and many parsers still do: https://yaml.org/type/timestamp.html */
const DATE =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/
/** `1_000`: a number to some YAML parsers and text to others. */
const GROUPED_NUMBER = /^[-+]?\d+(?:_\d*)+(?:\.[\d_]*)?$/
/** Others of YAML's integers (`007`, `0x1F`) would be changed on their way. */
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/
/** Booleans to YAML 1.1, and text to YAML 1.2 and CircleCI. https://yaml.org/type/bool.html */
const LIKE_BOOLEAN = /^(?:yes|no|on|off|y|n)$/i

/**
 * Parses pipeline parameters from a YAML 1.2 (hence also JSON) mapping of text, integers and booleans, types kept:
 * `"1"`, `yes` and `on` are text. Whatever would be changed on its way (`1.10`, `007`, dates, null, ...) or could mean
 * two things is refused rather than passed on, and CircleCI's limits are checked, so that a mistake shows before
 * anything is built. Nothing and `null` (what an expression without a value becomes in JSON) are no parameters. Throws
 * one `InputError` that tells every bad parameter with its line; `notice` is told what is fine and may surprise.
 *
 * Limits: `POST /project/{slug}/pipeline` in CircleCI's API reference.
 */
export function parseParameters(text: string, notice?: Notice): PipelineParameters {
  if (text.length > MAX_TEXT_LENGTH) {
    fail(
      `is ${text.length} characters long, more than the parameters that CircleCI accepts can be.`
    )
  }
  const mapping = parseMapping(text, {
    fail,
    example: 'deploy: true',
    nested: false,
    tooDeep: 'is nested too deeply: a parameter is text, an integer or a boolean.'
  })
  return mapping === undefined ? {} : parametersOf(mapping, notice)
}

type Notice = (text: string) => void

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
  if (typeof key.value !== 'string') {
    return key.source === undefined || key.source === ''
      ? 'is empty: name a parameter'
      : `is ${excerpt(key.source)}, which YAML does not read as text: quote it`
  }
  if (key.value.trim() === '') return 'is empty: name a parameter'
  const length = lengthOf(key.value)
  return length > MAX_KEY_LENGTH
    ? `has ${length} characters, and CircleCI accepts ${MAX_KEY_LENGTH} at most: ${quote(key.value)}`
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
