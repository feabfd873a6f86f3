import {parseSlug} from '../circleci/slug.ts'
import {formatDuration} from '../base/duration.ts'
import {otherCommit, type Result} from '../record/result.ts'
import {conclusionLook} from './status.ts'
import {pipelineDurationMs} from './timeline.ts'
import {code, link, markdown} from './untrusted.ts'

const PARAMETERS = 30
const WARNINGS = 5

/** The summary's head: verdict with link, then who, what and how long. */
export function renderHead(result: Result): string {
  const facts = [...built(result), ...triggeredBy(result), ...took(result)]
  return [
    heading(result),
    '',
    ...verdict(result),
    ...(facts.length === 0 ? [] : [facts.join(' · '), '']),
    ...parameters(result),
    ...aboutCommit(result),
    ...warnings(result)
  ].join('\n')
}

/** `## ❌ CircleCI pipeline #42 failed: gh/acme/shop`, with the pipeline's address. Also right where there is no pipeline or no verdict. */
export function heading(result: Result): string {
  const {emoji, text} = outcome(result)
  return `## ${emoji} ${text}${result.slug === '' ? '' : `: ${code(result.slug)}`}`
}

function outcome({pipeline, verdict, triggered}: Result): {emoji: string; text: string} {
  const look = verdict && conclusionLook(verdict.conclusion)
  if (pipeline !== undefined) {
    const name = link(markdown(`CircleCI pipeline #${pipeline.number}`), pipeline.url)
    return {
      emoji: look?.emoji ?? '🔵',
      text: `${name} ${look?.words ?? (triggered ? 'triggered' : 'found')}`
    }
  }
  if (verdict === undefined) return {emoji: '🔵', text: 'No CircleCI pipeline triggered'}
  // Not "no pipeline": when the answer of a trigger was lost, one may well be running.
  const reason = verdict.reason === undefined ? '' : ` (${code(verdict.reason)})`
  return {
    emoji: look?.emoji ?? '',
    text: `CircleCI ${verdict.conclusion.replaceAll('_', ' ')}${reason}`
  }
}

function verdict({verdict: given}: Result): string[] {
  return given === undefined || given.message === '' ? [] : [markdown(given.message, 2000), '']
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
  const parsed = host === 'https://circleci.com' ? parseSlug(slug) : undefined
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
  const ms = pipelineDurationMs(result)
  return result.pipeline === undefined && ms < 5000
    ? []
    : [`**Took** ${formatDuration(ms)}${usual(result)}`]
}

/** Beside the duration, how long it usually takes; with several workflows or attempts only their table can tell. */
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
