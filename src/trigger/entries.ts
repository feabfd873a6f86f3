import {isAlias, isCollection, isMap, isScalar, isSeq, type Scalar} from 'yaml'

import {ActionError, InputError} from '../base/errors.ts'
import {nearest} from '../base/text.ts'
import {
  describe,
  hasPlainTag,
  parametersOf,
  parseMapping,
  quote,
  type Mapping,
  type Notice
} from './parameters.ts'

/** The inputs that may differ from one pipeline of a step to another. */
const KEYS = [
  ...['project-slug', 'branch', 'tag', 'definition', 'config-branch', 'config-tag', 'parameters'],
  ...['pipeline', 'workflows', 'jobs', 'approve']
]
/** Those of them that are lists. */
const LISTS = new Set(['workflows', 'jobs', 'approve'])

/** A pipeline each, so many that a step's request budget and its reports still serve them all. */
const MAX_ENTRIES = 50
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
 * `ActionError` that names every problem with its entry, key and line; `notice` is that of `parseParameters`.
 * `undefined`: there is nothing, or `null`.
 */
export function parseEntries(text: string, notice: Notice): readonly Entry[] | undefined {
  const example = 'api: {project-slug: gh/acme/api}'
  const mapping = parseMapping('pipelines', text, {example, nested: true})
  if (mapping === undefined) return undefined
  if (mapping.items.length > MAX_ENTRIES) {
    fail(`has ${mapping.items.length} entries, and ${MAX_ENTRIES} are the most.`)
  }
  const problems: ActionError[] = []
  const names = new Map<string, string>()
  const entries = mapping.items.map(({key, value}) => {
    const name = attempt(problems, () => nameOf(key, mapping.lineOf(key ?? value), names)) ?? ''
    return {name, values: valuesOf(name, value, {...mapping, notice}, problems)}
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
  source: Source,
  problems: ActionError[]
): Entry['values'] {
  const {lineOf} = source
  const values = new Map<string, string | null>()
  const pairs = isTagged(node)
    ? undefined
    : isMap(node)
      ? node.items
      : isNull(node)
        ? []
        : undefined
  if (pairs === undefined) {
    const got = isTagged(node) ? `a value with the YAML tag ${quote(node.tag)}` : describe(node)
    attempt(problems, () =>
      fail(
        `has an entry "${entry}" (line ${lineOf(node)}) that is no mapping: give it inputs, such as "${entry}: {branch: main}", got ${got}.`
      )
    )
  }
  for (const {key: keyNode, value} of pairs ?? []) {
    const key = (isScalar(keyNode) ? textOf(keyNode) : undefined) ?? describe(keyNode)
    const where = `(line ${lineOf(keyNode ?? value)})`
    const refuse: Refuse = problem => {
      throw new InputError(key, problem)
    }
    const set = (): void => {
      if (!KEYS.includes(key)) {
        refuse(
          `${where} is nothing that an entry may set. Did you mean ${meantBy(key)}? Every other input is the whole step's.`
        )
      }
      if (values.has(key)) refuse(`is set twice ${where}: keep one.`)
      values.set(
        key,
        valueOf(key, value, source, problem => refuse(`${where} ${problem}`))
      )
    }
    attempt(problems, set, entry)
  }
  return values
}

/** What the values of the entries are read with. */
type Source = Pick<Mapping, 'lineOf'> & {readonly notice: Notice}

/** Throws, with the rest of a sentence that the key begins. */
type Refuse = (problem: string) => never

function meantBy(key: string): string {
  const known = nearest(key.toLowerCase().replaceAll(/[_ ]/g, '-'), KEYS)
  return known === undefined ? `one of ${KEYS.join(', ')}` : `"${known}"`
}

function valueOf(
  key: string,
  node: unknown,
  {lineOf, notice}: Source,
  refuse: Refuse
): string | null {
  if (isNull(node)) return null
  if (isAlias(node)) refuse(`is ${describe(node)}: write the value out.`)
  const isList = LISTS.has(key)
  if (!isTagged(node)) {
    if (key === 'parameters' && isMap(node)) {
      return JSON.stringify(parametersOf({items: node.items, lineOf}, notice))
    }
    if (isList && isSeq(node)) {
      const lines = node.items.map(item => itemOf(item, refuse))
      return lines.length === 0 ? null : lines.join('\n')
    }
  }
  return scalarOf(node, isList ? 'names' : 'text', refuse)
}

function itemOf(node: unknown, refuse: Refuse): string {
  const text = scalarOf(node, 'names', refuse)
  if (text.trim() === '' || /[\r\n]/.test(text)) refuse('has an item that is no name.')
  return text
}

function scalarOf(node: unknown, what: string, refuse: Refuse): string {
  if (isTagged(node)) {
    const {tag} = node
    refuse(
      `has ${quote(tag)}, which YAML takes for a tag and not for text: quote it, as in '${tag}'.`
    )
  }
  const text = isScalar(node) && !isNull(node) ? textOf(node) : undefined
  return text ?? refuse(`must be ${what}, got ${describe(node)}.`)
}

/** As it was written: a number is not rounded, and `007` stays that. */
function textOf({value, source}: Scalar): string | undefined {
  return typeof value === 'string' ? value : source
}

function isNull(node: unknown): boolean {
  return (node ?? null) === null || (isScalar(node) && node.value === null && !isTagged(node))
}

function isTagged(node: unknown): node is {readonly tag: string} {
  if (isScalar(node)) return !hasPlainTag(node)
  return isCollection(node) && node.tag !== undefined
}

/** Does something, and keeps what is wrong with it; `entry`: that of the input it is wrong with. */
function attempt<T>(problems: ActionError[], work: () => T, entry?: string): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(entry === undefined ? error : error.inEntry(entry))
    return undefined
  }
}

function fail(problem: string): never {
  throw new InputError('pipelines', problem)
}
