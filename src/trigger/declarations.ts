import {Composer} from 'yaml'
import type {ParameterValue, PipelineConfig} from '../circleci/model.ts'
import {parseTokens} from './yaml-tokens.ts'

/** What a pipeline's config declares of its parameters. */
export interface Declarations {
  /** True with a setup workflow, whose continuation may set parameters nobody sent. */
  readonly dynamic: boolean
  /** Default by name; `undefined` for a parameter declared without one. */
  readonly defaults: ReadonlyMap<string, unknown>
}

/** No config is nested deeper. */
const MAX_DEPTH = 200

/**
 * Reads the parameters a config declares. A trigger is held against the setup config where there is one. Returns
 * `undefined` when the config cannot be read.
 * https://circleci.com/docs/reference/configuration-reference/#parameters
 */
export function readDeclarations(
  config: Pick<PipelineConfig, 'source' | 'setupSource'>
): Declarations | undefined {
  const setup = config.setupSource
  const root = parseYaml(setup === '' ? config.source : setup)
  if (!isRecord(root)) return undefined
  const declared = isRecord(root['parameters']) ? root['parameters'] : {}
  return {
    dynamic: setup !== '' || root['setup'] === true,
    defaults: new Map(
      Object.entries(declared).map(([name, declaration]) => [
        name,
        isRecord(declaration) ? declaration['default'] : undefined
      ])
    )
  }
}

/**
 * Whether a parameter that we did not send has the value it has when nobody sends it. `unsure` when a continuation
 * may have set it, or when its default is written in another type than it arrives in. One that is not declared cannot
 * be sent, so it tells nothing.
 */
export function isDefault(
  declarations: Declarations,
  name: string,
  value: ParameterValue
): 'yes' | 'no' | 'unsure' {
  if (!declarations.defaults.has(name)) return 'yes'
  const wanted = declarations.defaults.get(name)
  if (wanted === value) return 'yes'
  if (declarations.dynamic) return 'unsure'
  return wanted === undefined || typeof wanted === typeof value ? 'no' : 'unsure'
}

function parseYaml(text: string): unknown {
  const tokens = parseTokens(text, MAX_DEPTH)
  if (tokens === undefined) return undefined
  // CircleCI reads YAML 1.1, where `yes` and `on` are booleans.
  const [document] = new Composer({version: '1.1', logLevel: 'silent'}).compose(tokens)
  if (document === undefined || document.errors.length > 0) return undefined
  try {
    return document.toJS()
  } catch {
    // Aliases that unfold to more than anybody writes.
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
