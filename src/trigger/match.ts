import type {Pipeline, PipelineConfig, PipelineParameters, Ref} from '../circleci/model.ts'
import {branchOrTag} from './event-ref.ts'
import {fingerprint, requestIdsIn, type Intent} from './intent.ts'
import {nameOf} from './ref.ts'

/**
 * Whether a pipeline is the one looked for. `unsure`: that is not known (yet). Such a pipeline is never adopted, and the
 * trigger is not sent again while there is one.
 */
export type Match = 'yes' | 'no' | 'unsure'

/** A match with the reason for a doubt: a clause about the pipeline, '' for a `yes`. */
export interface Finding {
  readonly match: Match
  readonly why: string
  /** Whether it holds the id of the request: then there is no doubt. */
  readonly proven: boolean
}

/** What is known of a pipeline. What was not read, or is not shown, is `undefined`. */
export interface Facts {
  readonly pipeline: Pipeline
  /** Whether the token's user started it. */
  readonly user: Match
  /** Whether `pipeline/mine` lists it: then that list is kept for this user. */
  readonly mine: boolean
  /** When the request left, by CircleCI's clock, in epoch milliseconds. */
  readonly since: number | undefined
  readonly values: PipelineParameters | undefined
  readonly config: PipelineConfig | undefined
  /** False on a host that has no pipeline definitions (a CircleCI Server). */
  readonly hasDefinitions?: boolean | undefined
}

/** How far CircleCI's own clocks may be apart, in milliseconds: that of its `Date` headers and that of `created_at`. */
const CLOCK_DOUBT_MS = 5 * 60_000

/**
 * Compares a pipeline with what was sent: user, trigger type, age, ref, definition, the ref of the config, parameters.
 * What CircleCI does not show proves nothing (`unsure`); only what contradicts is a `no`. The id of the request, where
 * the pipeline shows it, settles every doubt, and so does the id of another request; `isOurs` recognises ours.
 */
export function matchPipeline(
  facts: Facts,
  intent: Intent,
  isOurs: (requestId: string) => boolean
): Finding {
  const listed = worst([
    finding(facts.user, 'CircleCI does not say whether this token started it'),
    matchTriggerType(facts.pipeline.triggerType),
    matchAge(facts, intent),
    matchRef(facts, intent.ref)
  ])
  if (listed.match === 'no') return listed
  const ids = requestIdsIn(facts.values, facts.config)
  if (ids.some(isOurs)) return {match: 'yes', why: '', proven: true}
  if (ids.length > 0) return finding('no', 'it has the id of another request')
  return worst([
    listed,
    matchDefinition(facts, intent.definition),
    matchConfigRef(facts.values, intent.config),
    matchParameters(facts, intent)
  ])
}

const YES: Finding = {match: 'yes', why: '', proven: false}

function finding(match: Match, why: string): Finding {
  return match === 'yes' ? YES : {match, why, proven: false}
}

function worst(findings: readonly Finding[]): Finding {
  const of = (wanted: Match): Finding | undefined => findings.find(({match}) => match === wanted)
  return of('no') ?? of('unsure') ?? YES
}

/** Types that are surely not of a trigger by the API. The list is open; both endpoints make `api`. */
const OTHER_TYPES = new Set(['webhook', 'scheduled_pipeline', 'schedule'])

function matchTriggerType(type: string): Finding {
  if (type === 'api') return YES
  return finding(OTHER_TYPES.has(type) ? 'no' : 'unsure', `its trigger type is "${type}"`)
}

/**
 * Numbers grow: one that was listed before the request left is no question of clocks. `created_at` and `Date` come from
 * different machines of CircleCI's, so what is older by less than `CLOCK_DOUBT_MS` may be ours all the same.
 */
export function matchAge(
  {pipeline: {number, createdAt}, since, mine}: Pick<Facts, 'pipeline' | 'since' | 'mine'>,
  {after}: Pick<Intent, 'after'>
): Finding {
  if (after !== undefined && number <= after) return finding('no', 'it is older')
  // A list without an entry may be one that is not kept for this user: then it proved nothing.
  const isNewer = after !== undefined && (after > 0 || mine)
  const why = 'it may be older'
  if (since === undefined) return finding(isNewer ? 'yes' : 'unsure', why)
  // A time without a fraction of a second may have been cut: it stands for the whole second.
  const created = Date.parse(createdAt) + (createdAt.includes('.') ? 0 : 999)
  if (created >= since) return YES
  return finding(created < since - CLOCK_DOUBT_MS && !isNewer ? 'no' : 'unsure', why)
}

/** Without a ref CircleCI builds the default branch. */
function matchRef({pipeline, values}: Facts, wanted: Ref | undefined): Finding {
  const branch = text(pipeline.branch) ?? valueOf(values, 'pipeline.git.branch')
  const tag = text(pipeline.tag) ?? valueOf(values, 'pipeline.git.tag')
  if (wanted === undefined) {
    const match = tag === undefined ? matchDefault({...pipeline, branch}, values) : 'no'
    return finding(match, 'CircleCI does not say whether its branch is the default branch')
  }
  if ((branch ?? tag) === undefined) return finding('unsure', 'CircleCI does not name its ref')
  const match = matchRefs({branch, tag}, wanted)
  return finding(match, match === 'no' ? 'it is for another ref' : 'it may be for another ref')
}

/** GitHub App pipelines show the default branch in the parameters of their trigger, the values whether theirs is it. */
function matchDefault(
  {branch, defaultBranch}: Pick<Pipeline, 'branch' | 'defaultBranch'>,
  values: PipelineParameters | undefined
): Match {
  const isDefault = String(values?.['pipeline.git.branch.is_default'])
  if (isDefault === 'true') return 'yes'
  if (isDefault === 'false') return 'no'
  if (branch === undefined || defaultBranch === undefined) return 'unsure'
  return branch === defaultBranch ? 'yes' : 'no'
}

/** A pipeline of a tag may show a branch besides. */
function matchRefs(
  {branch, tag}: {readonly branch?: string | undefined; readonly tag?: string | undefined},
  wanted: Ref
): Match {
  if ('tag' in wanted) return tag === wanted.tag ? 'yes' : 'no'
  const match = branch === undefined ? 'no' : matchBranch(branch, wanted.branch)
  return match === 'yes' && tag !== undefined ? 'unsure' : match
}

/** `pull/<n>` and `pull/<n>/head` are one ref, and CircleCI may show either. The merge may be shown in short too. */
function matchBranch(branch: string, wanted: string): Match {
  if (nameOf({branch}) === nameOf({branch: wanted})) return 'yes'
  return /^pull\/\d+$/.test(branch) && wanted === `${branch}/merge` ? 'unsure' : 'no'
}

/**
 * Whether a pipeline is of the definition asked for, by `pipeline.definition.id`; one that does not tell it is only where
 * the host has none. https://circleci.com/docs/reference/variables/#pipeline-values (no reply was seen)
 */
function matchDefinition({values, hasDefinitions}: Facts, wanted: string | undefined): Finding {
  if (wanted === undefined) return YES
  const definition = definitionOf(values)
  if (definition === undefined) {
    const match = hasDefinitions === false ? 'yes' : 'unsure'
    return finding(match, 'CircleCI does not name its definition')
  }
  const isSame = definition === wanted.toLowerCase()
  return finding(isSame ? 'yes' : 'no', 'it has another definition')
}

/** Only GitHub App pipelines show it, as `refs/heads/main`; one that does not differs in nothing known. */
function matchConfigRef(values: PipelineParameters | undefined, wanted: Ref | undefined): Finding {
  const ref = valueOf(values, 'pipeline.config.ref')
  if (wanted === undefined || ref === undefined) return YES
  const why = 'its config is from another ref'
  const full = branchOrTag(ref)
  if (full !== undefined) return finding(matchRefs(full, wanted), why)
  if (/^[0-9a-f]{40,64}$/.test(ref)) return finding('unsure', why)
  const bare = ref.replace(/^refs\//, '')
  return finding(matchRefs('tag' in wanted ? {tag: bare} : {branch: bare}, wanted), why)
}

/**
 * CircleCI's own clients say that the values do not hold the parameters of a request, and nothing else of API v2 shows
 * them; no reply was seen that does. Where some are shown, all must be, and equal. Where none is, only a config that
 * takes none proves that there were none.
 * https://github.com/CircleCI-Labs/terraform-provider-circleci (internal/circleci/pipeline_values.go)
 */
function matchParameters({values, config}: Facts, {nonce, parameters}: Intent): Finding {
  const shown = new Map(
    Object.entries(values ?? {})
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => [key.slice(PREFIX.length), value] as const)
  )
  const sent = Object.entries(parameters)
  for (const [name, wanted] of sent) {
    const value = shown.get(name)
    if (value !== undefined && fingerprint(nonce, name, value) !== wanted) {
      return finding('no', `its parameter "${name}" differs`)
    }
  }
  const areSame =
    shown.size === sent.length &&
    (sent.length > 0
      ? sent.every(([name]) => shown.has(name))
      : config !== undefined && !mayDeclareParameters(config))
  const why = 'CircleCI does not say which parameters it was triggered with'
  return finding(areSame ? 'yes' : 'unsure', why)
}

const PREFIX = 'pipeline.parameters.'

/** The text that a pipeline value holds; `undefined` where there is none. */
export function valueOf(values: PipelineParameters | undefined, name: string): string | undefined {
  return text(values?.[name])
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether CircleCI has made a pipeline: its values and its config change no more. */
export function isMade({state}: Pipeline): boolean {
  return state === 'created' || state === 'errored'
}

/**
 * The id of the definition that made a pipeline, in lower case; `undefined`: its values do not hold it, and no reply was
 * seen that does. https://circleci.com/docs/reference/variables/#pipeline-values
 */
export function definitionOf(values: PipelineParameters | undefined): string | undefined {
  return valueOf(values, 'pipeline.definition.id')?.toLowerCase()
}

/**
 * Whether a config, or that of its setup workflow, may declare parameters: `false` only where there is a text, every line
 * of it that begins in the first column is a plain key of the top level, and none of them is `parameters`.
 * https://circleci.com/docs/reference/configuration-reference/#parameters
 */
export function mayDeclareParameters({
  source,
  setupSource
}: Pick<PipelineConfig, 'source' | 'setupSource'>): boolean {
  const texts = [source, setupSource].filter(text => text !== '')
  return texts.length === 0 || texts.some(mayDeclareAny)
}

function mayDeclareAny(text: string): boolean {
  // Those of YAML 1.1, which CircleCI reads.
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|[\r\n\x85\u2028\u2029]/)
  const [first = '', ...others] = lines.filter(line => !/^\s*(?:#|$)/.test(line))
  const [top = '', ...rest] = first.trimEnd() === '---' ? others : [first, ...others]
  const keys = [top, ...rest.filter(line => !line.startsWith(' '))]
  return !keys.every(line => {
    const [, key, value = ''] = /^([\w-]+)\s*:(?:\s+(.*))?$/.exec(line) ?? []
    return key !== undefined && (key !== 'parameters' || /^\{\s*\}\s*$/.test(value))
  })
}
