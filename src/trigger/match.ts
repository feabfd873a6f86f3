import type {ParameterValue, Pipeline, PipelineParameters, Ref} from '../circleci/model.ts'
import {isDefault, type Declarations} from './declarations.ts'
import {fingerprint} from './fingerprint.ts'
import type {Intent} from './intent.ts'

/**
 * Whether a pipeline is the one looked for. `unsure`: it cannot be told (yet). Such a pipeline is never adopted, and
 * the trigger is not sent again while there is one.
 */
export type Match = 'yes' | 'no' | 'unsure'

/**
 * How far the clocks of CircleCI's own machines may be apart, in milliseconds: a pipeline created that little before
 * our request left is neither surely ours nor surely older.
 */
export const CLOCK_MARGIN_MS = 2_000

/** What is known of a pipeline besides its entry in a listing. */
export interface Evidence {
  /** When our request left, by CircleCI's clock, in epoch milliseconds; `undefined`: age does not matter. */
  readonly since: number | undefined
  /** Its values and parameters; `undefined` while they were not read. */
  readonly values: PipelineParameters | undefined
  /** What its config declares; `undefined` while, or because, it was not read. */
  readonly declarations: Declarations | undefined
}

/**
 * Compares one of our user's pipelines with what was sent: started by the API, not before the request left, on the
 * same ref, with the same parameters. `no` is final, whatever else may still be read; anything else asks for it.
 */
export function matchPipeline(pipeline: Pipeline, intent: Intent, evidence: Evidence): Match {
  return all([
    matchTriggerType(pipeline.triggerType),
    evidence.since === undefined ? 'yes' : matchAge(pipeline.createdAt, evidence.since),
    matchRef(pipeline, evidence.values, intent.ref),
    matchParameters(pipeline.state, evidence.values, intent),
    matchOthers(evidence, intent)
  ])
}

function all(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('unsure') ? 'unsure' : 'yes'
}

/**
 * Both trigger endpoints make pipelines of type `api` (the run endpoint's show `create pipeline run api` besides).
 * A type that is neither that nor one of a push or a schedule may be a new name for it.
 */
function matchTriggerType(type: string): Match {
  if (type === 'api') return 'yes'
  return type === 'webhook' || type === 'scheduled_pipeline' || type === 'schedule'
    ? 'no'
    : 'unsure'
}

function matchAge(createdAt: string, since: number): Match {
  // A time without a fraction of a second may have been cut: it stands for the whole second.
  const latest = Date.parse(createdAt) + (createdAt.includes('.') ? 0 : 999)
  if (Number.isNaN(latest)) return 'unsure'
  if (latest >= since) return 'yes'
  return latest >= since - CLOCK_MARGIN_MS ? 'unsure' : 'no'
}

function matchRef(
  pipeline: Pipeline,
  values: PipelineParameters | undefined,
  wanted: Ref | undefined
): Match {
  if (wanted === undefined) return 'yes'
  const branch = text(pipeline.branch) ?? text(values?.['pipeline.git.branch'])
  const tag = text(pipeline.tag) ?? text(values?.['pipeline.git.tag'])
  if (branch === undefined && tag === undefined) return 'unsure'
  if ('tag' in wanted) return tag === wanted.tag ? 'yes' : 'no'
  return branch === undefined ? 'no' : matchBranch(branch, wanted.branch)
}

/** CircleCI shows the branch of a pull request as it was sent, `pull/<n>/head`, or as `pull/<n>`. */
function matchBranch(branch: string, wanted: string): Match {
  if (branch === wanted) return 'yes'
  const [, bare, side] = /^(pull\/\d+)\/(head|merge)$/.exec(wanted) ?? []
  if (bare !== branch) return 'no'
  return side === 'head' ? 'yes' : 'unsure'
}

/**
 * Every parameter sent must be there with its value and its type. One that is missing tells a stranger only when the
 * pipeline is past reading its config: before, and when that failed, CircleCI may not list parameters.
 */
function matchParameters(
  state: string,
  values: PipelineParameters | undefined,
  {nonce, parameters}: Intent
): Match {
  if (values === undefined) return 'unsure'
  return all(
    Object.entries(parameters).map(([name, wanted]) => {
      const value = parameterOf(values, name)
      if (value === undefined) return state === 'created' ? 'no' : 'unsure'
      return fingerprint(nonce, name, value) === wanted ? 'yes' : 'no'
    })
  )
}

/**
 * What was not sent must have its default: else somebody sent more than we did. Without the config's declarations
 * that cannot be told, and what was sent has to do.
 */
function matchOthers({values, declarations}: Evidence, intent: Intent): Match {
  if (values === undefined || declarations === undefined) return 'yes'
  return all(
    otherParameters(values, intent).map(([name, value]) => isDefault(declarations, name, value))
  )
}

/** The parameters among a pipeline's values that were not sent, with their values. */
export function otherParameters(
  values: PipelineParameters,
  {parameters}: Intent
): readonly (readonly [string, ParameterValue])[] {
  return Object.entries(values)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => [key.slice(PREFIX.length), value] as const)
    .filter(([name]) => !Object.hasOwn(parameters, name))
}

const PREFIX = 'pipeline.parameters.'

/** The value of a parameter among a pipeline's values: its key is `pipeline.parameters.<name>`, if not the bare name. */
function parameterOf(values: PipelineParameters, name: string): ParameterValue | undefined {
  const key = [`${PREFIX}${name}`, name].find(one => Object.hasOwn(values, one))
  return key === undefined ? undefined : values[key]
}

function text(value: ParameterValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
