import {Composer, LineCounter, isMap, isScalar} from 'yaml'
import type {Document, Pair, YAMLMap} from 'yaml'
import type {ParameterValue, PipelineParameters} from '../circleci/model.ts'
import {InputError} from '../base/errors.ts'
import {readValue} from './parameter-value.ts'
import {describe, lengthOf, offsetOf, quote} from './yaml-node.ts'
import {parseTokens} from './yaml-tokens.ts'

/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100
const MAX_KEY_LENGTH = 128

/** Twice what a hundred parameters of full length take, and more than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000

/** Of open syntax nodes: far more than any mistake worth a better message takes. */
const MAX_DEPTH = 64

/**
 * Parses pipeline parameters from a YAML 1.2 (hence also JSON) mapping of text, integers and booleans, types kept:
 * `"1"`, `yes` and `on` are text. Whatever would be changed on its way (`1.10`, `007`, dates, null, …) or could mean
 * two things is refused rather than passed on, and CircleCI's limits are checked, so that a mistake shows before
 * anything is built. Nothing and `null` (what an expression without a value becomes in JSON) are no parameters. Throws
 * an `InputError` of one sentence that names the parameter and its line.
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
    fail(`is not valid YAML or JSON: ${reasonOf(problem.message)} (line ${line}).`)
  }
  if (second !== undefined) fail('holds several YAML documents; give one mapping.')
  const {contents} = document
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined
  if (!isMap(contents)) {
    fail(`must be a YAML or JSON mapping such as "deploy: true", got ${describe(contents)}.`)
  }
  return contents
}

function parseDocuments(text: string, lines: LineCounter): readonly Document.Parsed[] {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
    merge: false,
    intAsBigInt: true,
    // Checked by parseParameters, whose error names the key.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent'
  })
  const tokens = parseTokens(text, MAX_DEPTH, lines)
  if (tokens === undefined) {
    fail('is nested too deeply; a parameter is text, an integer or a boolean.')
  }
  return [...composer.compose(tokens, true, text.length)]
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

/** The parser's sentence, to be embedded in ours; it may quote the text at length. */
function reasonOf(message: string): string {
  const line = message.replace(/\s+/g, ' ')
  return line.charAt(0).toLowerCase() + line.slice(1, 200)
}

function fail(problem: string): never {
  throw new InputError('parameters', problem)
}
