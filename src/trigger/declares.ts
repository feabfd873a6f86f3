import {Composer} from 'yaml'
import type {PipelineConfig} from '../circleci/model.ts'
import {parseTokens} from './yaml-tokens.ts'

/** No config is nested deeper. */
const MAX_DEPTH = 200
/** In characters; more takes longer than half a second to parse. */
const MAX_LENGTH = 200_000

/**
 * Whether a config, or that of its setup workflow, declares any parameter. `undefined` while, or because, it cannot be
 * read, and when it is too long for that. https://circleci.com/docs/reference/configuration-reference/#parameters
 */
export function declaresParameters(
  config: Pick<PipelineConfig, 'source' | 'setupSource'>
): boolean | undefined {
  const texts = [config.source, config.setupSource].filter(text => text !== '')
  const answers = texts.map(declaresAny)
  if (answers.includes(true)) return true
  return answers.length === 0 || answers.includes(undefined) ? undefined : false
}

function declaresAny(text: string): boolean | undefined {
  const root = parseYaml(text)
  if (!isMapping(root)) return undefined
  const declared = root['parameters'] ?? {}
  return !isMapping(declared) || Object.keys(declared).length > 0
}

function parseYaml(text: string): unknown {
  if (text.length > MAX_LENGTH) return undefined
  const tokens = parseTokens(text, MAX_DEPTH)
  if (tokens === undefined) return undefined
  // CircleCI reads YAML 1.1, where mappings can be merged.
  const [document] = new Composer({version: '1.1', logLevel: 'silent'}).compose(tokens)
  if (document === undefined || document.errors.length > 0) return undefined
  try {
    return document.toJS()
  } catch {
    // Aliases that unfold to more than anybody writes.
    return undefined
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
