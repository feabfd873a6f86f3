/** What expressions may speak of: `github`, `secrets`, `steps`, `needs`, `matrix`. */
export type Contexts = Readonly<Record<string, unknown>>

/**
 * Replaces every `${{ … }}` of a text by its value, for the part of GitHub's expressions that the examples use: paths,
 * strings, `==`, `!=`, `!`, `&&`, `||`, whether a list of JSON contains a value, and the status functions of a run that nobody cancelled. Throws on anything else, so that
 * an example cannot slip through half understood.
 */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    toText(evaluate(expression, contexts))
  )
}

/** The value of one expression. */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const text = expression.trim()
  for (const operator of ['||', '&&', '==', '!='] as const) {
    const at = text.indexOf(operator)
    if (at === -1) continue
    const left = evaluate(text.slice(0, at), contexts)
    const right = (): unknown => evaluate(text.slice(at + operator.length), contexts)
    if (operator === '||') return isTrue(left) ? left : right()
    if (operator === '&&') return isTrue(left) ? right() : left
    return (toText(left) === toText(right())) === (operator === '==')
  }
  if (text.startsWith('!')) return !isTrue(evaluate(text.slice(1), contexts))
  if (text === 'cancelled()') return false
  const [, list, item = ''] = /^contains\(fromJSON\('([^']*)'\), ([\w.-]+)\)$/.exec(text) ?? []
  if (list !== undefined) {
    return (JSON.parse(list) as unknown[]).includes(toText(evaluate(item, contexts)))
  }
  const [, literal] = /^'([^']*)'$/.exec(text) ?? []
  if (literal !== undefined) return literal
  if (!/^[a-z][\w-]*(\.[\w-]+)+$/i.test(text)) {
    throw new Error(`The expression "${text}" is not among those that the examples may use.`)
  }
  return lookUp(text, contexts)
}

// What is not there is empty, as on GitHub; a context that does not exist is a mistake.
function lookUp(path: string, contexts: Contexts): unknown {
  const [first = '', ...keys] = path.split('.')
  if (!(first in contexts)) throw new Error(`There is no context "${first}" in "${path}".`)
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<string, unknown>>)[key]
        : undefined,
    contexts[first]
  )
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0
}
