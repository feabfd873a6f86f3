import {isAlias, isCollection, isMap, isScalar, isSeq, type Scalar} from 'yaml'

import {ActionError, InputError} from '../base/errors.ts'
import {nearest} from '../base/text.ts'
import {describe, hasPlainTag, parseMapping, quote, type Mapping} from './mapping.ts'
import {parametersOf} from './parameters.ts'

/** The inputs that may differ from one pipeline of a step to another. */
const KEYS = [
  ...['project-slug', 'branch', 'tag', 'definition', 'config-branch', 'config-tag', 'parameters'],
  ...['pipeline', 'workflows', 'jobs', 'approve']
]
/** Those of them that are lists. */
const LISTS = new Set(['workflows', 'jobs', 'approve'])

/** A pipeline each, so many that a step's request budget and its reports still serve them all. */
const MAX_ENTRIES = 50
/** More than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000
/** A name goes into outputs, log lines and folders. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}$/

/** One entry of the input `pipelines`: what it sets itself. */
export interface Entry {
  readonly name: string
  /** By the input's name, as that input would be given; `null`: not set, whatever the step's own input says. */
  readonly values: ReadonlyMap<string, string | null>
}

/**
 * Parses the input `pipelines`, a YAML 1.2 or JSON mapping of names to what differs from the step's own inputs. Text is
 * taken as it is written (`branch: 1.10`), a YAML list is one line each, parameters are checked and become JSON. Throws an
 * `ActionError` that tells every problem with its entry, key and line. `undefined`: there is nothing, or `null`.
 */
export function parseEntries(text: string): readonly Entry[] | undefined {
  if (text.length > MAX_TEXT_LENGTH) {
    fail(`is ${text.length} characters long, and ${MAX_TEXT_LENGTH} are the most.`)
  }
  const mapping = parseMapping(text, {
    fail,
    example: 'api: {project-slug: gh/acme/api}',
    nested: true,
    tooDeep: 'is nested too deeply: an entry holds inputs, and parameters hold text.'
  })
  if (mapping === undefined) return undefined
  if (mapping.items.length > MAX_ENTRIES) {
    fail(`has ${mapping.items.length} entries, and ${MAX_ENTRIES} are the most.`)
  }
  const problems: ActionError[] = []
  const names = new Map<string, string>()
  const entries = mapping.items.map(({key, value}) => {
    const name = attempt(problems, () => nameOf(key, mapping.lineOf(key ?? value), names)) ?? ''
    return {name, values: valuesOf(name, value, mapping, problems)}
  })
  const [first, ...more] = problems
  if (first === undefined) return entries
  throw more.length === 0
    ? first
    : new ActionError('input', problems.map(({message}) => message).join('\n'))
}

function nameOf(key: unknown, line: number, names: Map<string, string>): string {
  const name = isScalar(key) && hasPlainTag(key) ? textOf(key) : undefined
  if (name === undefined || !NAME.test(name)) {
    return fail(
      `has an entry (line ${line}) called ${name === undefined ? describe(key) : quote(name)}: a name has letters, digits, "_", "." and "-", begins with none of the last two, and is 60 characters long at most.`
    )
  }
  const other = names.get(name.toLowerCase())
  names.set(name.toLowerCase(), name)
  if (other !== undefined) {
    const same = other === name ? '' : `, like ${quote(other)} but for upper and lower case`
    return fail(`has two entries called ${quote(name)} (line ${line})${same}: rename one.`)
  }
  return name
}

function valuesOf(
  entry: string,
  node: unknown,
  {lineOf}: Mapping,
  problems: ActionError[]
): Entry['values'] {
  const values = new Map<string, string | null>()
  if (isTagged(node) || !(isMap(node) || isNull(node))) {
    const got = isTagged(node) ? `a value with the YAML tag ${quote(node.tag)}` : describe(node)
    problems.push(
      new InputError(
        'pipelines',
        `has an entry "${entry}" (line ${lineOf(node)}) that is no mapping: give it inputs, such as "${entry}: {branch: main}", got ${got}.`
      )
    )
    return values
  }
  for (const {key: keyNode, value} of isMap(node) ? node.items : []) {
    attempt(problems, () => {
      const line = lineOf(keyNode ?? value)
      const key = keyOf(entry, keyNode, line)
      if (values.has(key)) wrong(entry, key, `is set twice (line ${line}): keep one.`)
      values.set(key, valueOf({entry, key, line}, value, lineOf))
    })
  }
  return values
}

function keyOf(entry: string, node: unknown, line: number): string {
  const key = (isScalar(node) ? textOf(node) : undefined) ?? describe(node)
  if (KEYS.includes(key)) return key
  const meant = nearest(key.toLowerCase().replaceAll(/[_ ]/g, '-'), KEYS)
  const hint = meant === undefined ? `one of ${KEYS.join(', ')}` : `"${meant}"`
  return wrong(
    entry,
    key,
    `(line ${line}) is nothing that an entry may set. Did you mean ${hint}? Every other input is the whole step's.`
  )
}

/** Where a value stands. */
interface Place {
  readonly entry: string
  readonly key: string
  readonly line: number
}

function valueOf(place: Place, node: unknown, lineOf: Mapping['lineOf']): string | null {
  const {entry, key, line} = place
  if (isNull(node)) return null
  if (isAlias(node)) wrong(entry, key, `(line ${line}) is ${describe(node)}: write the value out.`)
  if (key === 'parameters' && isMap(node) && !isTagged(node)) {
    try {
      return JSON.stringify(parametersOf({items: node.items, lineOf}))
    } catch (error) {
      throw error instanceof InputError ? error.inEntry(entry) : error
    }
  }
  if (LISTS.has(key) && isSeq(node) && !isTagged(node)) {
    const lines = node.items.map(item => itemOf(place, item))
    return lines.length === 0 ? null : lines.join('\n')
  }
  return scalarOf(place, node, LISTS.has(key) ? 'names' : 'text')
}

function itemOf(place: Place, node: unknown): string {
  const text = scalarOf(place, node, 'names')
  if (text.trim() !== '' && !/[\r\n]/.test(text)) return text
  return wrong(place.entry, place.key, `(line ${place.line}) has an item that is no name.`)
}

function scalarOf({entry, key, line}: Place, node: unknown, what: string): string {
  if (isTagged(node)) {
    const {tag} = node
    wrong(
      entry,
      key,
      `(line ${line}) has ${quote(tag)}, which YAML takes for a tag and not for text: quote it, as in '${tag}'.`
    )
  }
  const text = isScalar(node) && !isNull(node) ? textOf(node) : undefined
  return text ?? wrong(entry, key, `(line ${line}) must be ${what}, got ${describe(node)}.`)
}

/** As it was written: a number is not rounded, and `007` stays that. */
function textOf({value, source}: Scalar): string | undefined {
  return typeof value === 'string' ? value : source
}

function isNull(node: unknown): boolean {
  return (
    node === null ||
    node === undefined ||
    (isScalar(node) && node.value === null && !isTagged(node))
  )
}

function isTagged(node: unknown): node is {readonly tag: string} {
  if (isScalar(node)) return !hasPlainTag(node)
  return isCollection(node) && node.tag !== undefined
}

/** Does something, and keeps what is wrong with it. */
function attempt<T>(problems: ActionError[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    problems.push(error)
    return undefined
  }
}

function wrong(entry: string, key: string, problem: string): never {
  throw new InputError(key, problem).inEntry(entry)
}

function fail(problem: string): never {
  throw new InputError('pipelines', problem)
}
