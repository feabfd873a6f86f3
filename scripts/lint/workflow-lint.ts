import {isMap, isScalar, LineCounter, parseDocument, visit, type Scalar, type YAMLMap} from 'yaml'

/** Something wrong in a file; line and column count from 1. */
export interface Problem {
  readonly line: number
  readonly column: number
  readonly message: string
}

const PINNED = /^[^@\s]+@[0-9a-f]{40}$/
const VERSION = /^\s*v\d+(\.\d+)*\s*$/

/**
 * Finds steps and jobs that use someone else's action without naming one commit, or without a comment that says which
 * version the commit is (the comment is also what Dependabot updates).
 */
export function lintPins(text: string): Problem[] {
  return usesOf(text).flatMap(({uses, at}) => {
    const value = String(uses.value)
    if (value.startsWith('./')) return []
    if (!PINNED.test(value)) {
      return [{...at, message: `"${value}" is not pinned to a full-length commit SHA`}]
    }
    if (!VERSION.test(uses.comment ?? '')) {
      return [{...at, message: `"${value}" needs its version in a comment, as in "# v1.2.3"`}]
    }
    return []
  })
}

/** Finds inputs that a step gives to this action and that action.yml does not have. */
export function lintInputs(text: string, inputs: ReadonlySet<string>): Problem[] {
  return usesOf(text).flatMap(({uses, step, positionOf}) => {
    const withMap = step.get('with')
    if (!isOurs(String(uses.value)) || !isMap(withMap)) return []
    return withMap.items.flatMap(({key}) => {
      if (!isScalar(key) || inputs.has(String(key.value))) return []
      return [{...positionOf(key), message: `this action has no input "${String(key.value)}"`}]
    })
  })
}

/** Whether a `uses:` names this action: from its own repository, or by its name from another. */
function isOurs(uses: string): boolean {
  return uses === './' || /^[^/]+\/circleci-pipeline-action@/.test(uses)
}

interface Use {
  readonly uses: Scalar
  readonly step: YAMLMap
  readonly at: {line: number; column: number}
  readonly positionOf: (node: Scalar) => {line: number; column: number}
}

function usesOf(text: string): Use[] {
  const lineCounter = new LineCounter()
  const positionOf = (node: Scalar): {line: number; column: number} => {
    const {line, col} = lineCounter.linePos(node.range?.[0] ?? 0)
    return {line, column: col}
  }
  const found: Use[] = []
  visit(parseDocument(text, {lineCounter}), {
    Map: (_, step) => {
      const uses = step.get('uses', true)
      if (isScalar(uses)) found.push({uses, step, at: positionOf(uses), positionOf})
    }
  })
  return found
}
