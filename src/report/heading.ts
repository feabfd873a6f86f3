import type {FailureReason} from '../base/errors.ts'
import {formatDuration} from '../base/text.ts'
import {CLOUD, parseSlug} from '../circleci/slug.ts'
import {notWaitedFor, otherCommit, type Result} from '../record/result.ts'
import {code, link, markdown} from './escape.ts'
import {row, table, wholeText, type Section} from './sections.ts'
import {pipelineDurationMs} from './timeline.ts'
import {conclusionLook, isRed, pipelineLook, type View} from './views.ts'

const PARAMETERS = 30
const WARNINGS = 5

/** What there is to say where there is no pipeline to speak of: a step's own errors, by their reason. */
const WITHOUT_PIPELINE: Partial<Record<FailureReason, string>> = {
  input: 'Wrong input, no CircleCI pipeline was triggered',
  auth: 'CircleCI does not accept the token',
  'not-found': 'Not found on CircleCI',
  'api-unavailable': 'CircleCI could not be reached',
  rejected: 'CircleCI rejected the request for a pipeline',
  'trigger-ambiguous': 'CircleCI did not answer the trigger, a pipeline may be running',
  'no-pipeline': 'CircleCI triggered no pipeline',
  timeout: 'No CircleCI pipeline was found in time',
  'github-cancelled': 'Cancelled before a CircleCI pipeline was known'
}

/** Verdict with link, then who, what and how long. */
export function renderHead(result: View): string {
  const facts = [...built(result), ...triggeredBy(result), ...took(result)]
  return [
    heading(result),
    '',
    ...verdict(result),
    ...(facts.length === 0 ? [] : [facts.join(' \u00b7 '), '']),
    ...parameters(result),
    ...aboutCommit(result),
    ...warnings(result)
  ].join('\n')
}

/** `## \u274c CircleCI pipeline #42 failed: gh/acme/shop`, with the pipeline's address. Also right where there is no pipeline or no verdict. */
export function heading(result: View): string {
  const {label, name, pipeline, slug} = result
  const {emoji, words} = pipelineLook(result)
  const called = label === undefined || name === undefined ? '' : `${code(name)}: `
  const text =
    pipeline === undefined
      ? withoutPipeline(result)
      : `${link(markdown(`CircleCI pipeline #${pipeline.number}`), pipeline.url)} ${words}`
  return `## ${emoji} ${called}${text}${slug === '' ? '' : `: ${code(slug)}`}`
}

function withoutPipeline({verdict}: Result): string {
  if (verdict === undefined) return 'No CircleCI pipeline triggered'
  const text = verdict.reason === undefined ? undefined : WITHOUT_PIPELINE[verdict.reason]
  return text ?? `The CircleCI step ${conclusionLook(verdict).words}`
}

function verdict(result: Result): string[] {
  const message = result.verdict?.message ?? notWaitedFor({...result, pipelines: [result]}) ?? ''
  return message === '' ? [] : [markdown(message, 2000), '']
}

function built({ref, pipeline, slug, host}: Result): string[] {
  const tag = pipeline?.tag ?? (ref !== undefined && 'tag' in ref ? ref.tag : undefined)
  const branch = pipeline?.branch ?? (ref !== undefined && 'branch' in ref ? ref.branch : undefined)
  const commit = renderCommit(pipeline?.revision, slug, host)
  const at = commit === '' ? '' : ` at ${commit}`
  if (tag !== undefined) return [`**Tag** ${code(tag)}${at}`]
  if (branch !== undefined) return [`**Branch** ${code(branch)}${at}`]
  return commit === '' ? [] : [`**Commit** ${commit}`]
}

/** The short commit, linked where its address is certain: `gh` and `bb` on CircleCI Cloud are github.com and bitbucket.org. */
export function renderCommit(revision: string | undefined, slug: string, host: string): string {
  const short = code(revision?.slice(0, 7) ?? '')
  const parsed = host === CLOUD ? parseSlug(slug) : undefined
  if (parsed === undefined || revision === undefined || !/^[\da-f]{7,64}$/.test(revision))
    return short
  const repository = [parsed.organization, parsed.project].map(encodeURIComponent).join('/')
  const pages = {
    gh: `https://github.com/${repository}/commit/${revision}`,
    bb: `https://bitbucket.org/${repository}/commits/${revision}`,
    circleci: undefined
  }
  return link(short, pages[parsed.provider])
}

function triggeredBy({pipeline, triggered, attached}: Result): string[] {
  if (pipeline === undefined) return []
  const actor = pipeline.actorLogin === undefined ? '' : ` as ${markdown(pipeline.actorLogin, 60)}`
  if (triggered) return [`**Triggered by** this step${actor}`]
  const by =
    pipeline.triggerType === undefined
      ? ''
      : ` (${markdown(pipeline.triggerType.replaceAll('_', ' '), 60)}${actor})`
  return [
    attached
      ? `**Attached** to a pipeline this step did not trigger${by}`
      : `**Triggered by** another${by}`
  ]
}

function took(result: Result): string[] {
  if (result.pipeline === undefined) return []
  return [`**Took** ${formatDuration(pipelineDurationMs(result))}${usual(result)}`]
}

/** Beside the duration, how long it usually takes; with several workflows or attempts their table shows it. */
function usual({history, workflows}: Result): string {
  const past = history.find(({workflow}) => workflow === workflows[0]?.name)
  return past === undefined || past.runs === 0 || workflows.length > 1
    ? ''
    : `, usually ${formatDuration(past.medianSeconds * 1000)}`
}

function parameters({parameters: given}: Result): string[] {
  const entries = Object.entries(given)
  if (entries.length === 0) return []
  const shown = entries
    .slice(0, PARAMETERS)
    .map(([name, value]) => code(`${name}: ${JSON.stringify(value)}`))
  const more = entries.length - shown.length
  return [`**Parameters** ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}`, '']
}

function aboutCommit(result: Result): string[] {
  const other = otherCommit(result)
  return other === undefined ? [] : [`> [!WARNING]\n> ${markdown(other, 500)}`, '']
}

/** What CircleCI says of a config that it took all the same. */
function warnings({pipeline}: Result): string[] {
  const given = pipeline?.warnings ?? []
  if (given.length === 0) return []
  const shown = given
    .slice(0, WARNINGS)
    .map(({type, message}) => `- ${markdown(message, 500)} (${code(type)})`)
  const more = given.length - shown.length
  return [
    '**CircleCI warns about the config**',
    '',
    ...shown,
    ...(more > 0 ? [`- and ${more} more`] : []),
    ''
  ]
}

/** What became of several pipelines: a table under the verdict on all, whose sentence follows when no row says why. */
export function pipelineTable(
  {verdict}: Result,
  views: readonly View[],
  mark: '##' | '###'
): Section[] {
  const red = views.filter(isRed).length
  const emoji = verdict === undefined ? '\ud83d\udd35' : conclusionLook(verdict).emoji
  const passed = verdict?.passes === true ? ': all passed' : ''
  const why = red > 0 || verdict?.passes !== false ? '' : `${markdown(verdict.message, 2000)}\n\n`
  const outcomes = red === 0 ? passed : `: ${red} did not pass`
  const severalProjects = new Set(views.map(({slug}) => slug)).size > 1
  return [
    table(`${mark} ${emoji} ${views.length} CircleCI pipelines${outcomes}`, {
      headings: ['Pipeline', ...(severalProjects ? ['Project'] : []), 'Result', 'Took'],
      rows: views.map(view => pipelineRow(view, severalProjects)),
      noun: 'pipeline',
      rank: 8
    }),
    wholeText(why)
  ]
}

function pipelineRow(view: View, severalProjects: boolean): string {
  const {label = '', pipeline, slug, verdict} = view
  const number = pipeline === undefined || label.includes('#') ? '' : ` #${pipeline.number}`
  const {emoji, words} = pipelineLook(view)
  const why = isRed(view) ? `<br><sub>${markdown(verdict?.message ?? '', 200)}</sub>` : ''
  return row(
    link(markdown(label + number, 100), pipeline?.url),
    ...(severalProjects ? [code(slug)] : []),
    `${emoji} ${words}${why}`,
    pipeline === undefined ? '' : formatDuration(pipelineDurationMs(view))
  )
}
