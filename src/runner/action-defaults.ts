import {readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {parse} from 'yaml'

let defaults: ReadonlyMap<string, string> | undefined

/**
 * The default of an input as action.yml states it, the one place where defaults are kept. The runner passes defaults
 * itself; this is for an input set to a blank value, and for whoever starts the bundle by hand. Defaults that are
 * expressions only the runner can evaluate: they count as none.
 */
export function defaultOf(name: string): string | undefined {
  defaults ??= readDefaults()
  return defaults.get(name)
}

function readDefaults(): ReadonlyMap<string, string> {
  // One level up from here both in `src/` and in `dist/`.
  const here = dirname(fileURLToPath(import.meta.url))
  const found = new Map<string, string>()
  const action = parse(readFileSync(join(here, '..', ['action', 'yml'].join('.')), 'utf8')) as {
    inputs: Record<string, {default?: unknown}>
  }
  for (const [name, input] of Object.entries(action.inputs)) {
    if (typeof input.default === 'string' && !input.default.includes('${{')) {
      found.set(name, input.default)
    }
  }
  return found
}
