import {refOfRequest} from '../../src/trigger/intent.ts'
import {isLoss} from './plan.ts'
import {isOurs, type Trial} from './trial.ts'

// What was promised, in numbers of its own: the code under test must not be its own measure.
const BUDGET_MS = 300_000
const SEARCH_WINDOW_MS = 15_000
const SETTLE_MS = 2_000
/** Longest pause between two requests: what a rate limit asks for in the plans, and some jitter. */
const LONGEST_PAUSE_MS = 22_000
/** The budget, one request that hangs, and the search that follows it. */
const LONGEST_RUN_MS = BUDGET_MS + 30_000 + 90_000

/** What a schedule did that must never happen, in words; nothing when all is well. */
export function violations(trial: Trial): readonly string[] {
  return [
    ...checkRequests(trial),
    ...checkPipeline(trial),
    ...checkEnding(trial),
    ...checkIntent(trial),
    ...checkPost(trial)
  ]
}

function checkRequests(trial: Trial): readonly string[] {
  const {ours, posts, ending, elapsedMs, reads, faults, plan} = trial
  return check({
    'made two pipelines': ours.length > 1 && isFair(trial),
    'made a second pipeline after the first was listed': ours.some((own, index) =>
      ours.slice(index + 1).some(later => isShownBefore(own, later, trial))
    ),
    'did not say that there are two':
      ours.length > 1 &&
      ending === 'created' &&
      !trial.saidTwo &&
      ours.every(own => isShown(own, trial)),
    'made a pipeline without a POST': ours.length > posts.length,
    'sent nothing': posts.length === 0 && ending !== 'aborted',
    'sent again after two losses': posts.filter(isLoss).length > 2,
    'sent again after a certificate error': posts.slice(0, -1).includes('bad-certificate'),
    'did not look again after a second request':
      ending === 'created' &&
      posts.some(isLoss) &&
      reads === 0 &&
      faults === 0 &&
      plan.abortAt === undefined,
    'took too long': elapsedMs > LONGEST_RUN_MS
  })
}

/** Whether each pipeline is sure to be listed to a search that has no faults. */
function isFair({plan}: Trial): boolean {
  return plan.lagMs <= SEARCH_WINDOW_MS && plan.weather.forgets === 0
}

function isShown({pipeline: {id}}: Trial['ours'][number], {shown}: Trial): boolean {
  return shown.has(id)
}

/** Whether a pipeline was listed to the run before the POST that made a later one. */
function isShownBefore(
  own: Trial['ours'][number],
  later: Trial['ours'][number],
  {shown}: Trial
): boolean {
  return (shown.get(own.pipeline.id) ?? Infinity) < later.post
}

function checkPipeline(trial: Trial): readonly string[] {
  const {pipeline, ending, plan, ours} = trial
  if (pipeline === undefined) {
    return check({'came out without': ending === 'created' || ending === 'adopted'})
  }
  // A pipeline asked for by the very same request cannot be told from ours while ours is not listed.
  const excused =
    plan.twins && !plan.marked && ending === 'adopted' && (ours.length === 0 || isTwin(trial))
  return check({
    'took a stranger': !isOurs(trial, pipeline) && !excused && !isUndated(pipeline, trial)
  })
}

/**
 * Whether the one taken is the same request's of a minute before, the list before the trigger did not show it, and
 * CircleCI's dates are missing, or so far behind its other clocks that it looks new.
 */
function isUndated(
  {id}: {readonly id: string},
  {made, intent, plan: {weather, telling}}: Trial
): boolean {
  const taken = made.find(other => other.pipeline.id === id)
  const unlisted = intent?.after === undefined || weather.mine !== 'ok' || weather.forgets > 0
  return unlisted && (telling.dateSkewMs ?? -Infinity) < -20_000 && taken?.doubtful === true
}

/** Whether the one taken was a twin, and ours was not listed within the time a pipeline must have been alone. */
function isTwin(trial: Trial): boolean {
  const {pipeline, ours, made, plan} = trial
  const taken = made.find(other => other.pipeline.id === pipeline?.id)
  return ours.every(
    own =>
      taken !== undefined &&
      (own.visibleAt > taken.visibleAt + SETTLE_MS ||
        (plan.weather.forgets > 0 && !isShown(own, trial)))
  )
}

function checkEnding(trial: Trial): readonly string[] {
  const {ending, plan, ours, faults, elapsedMs, posts, message} = trial
  const overlooked = ours.length > 0 && isFair(trial)
  switch (ending) {
    case 'rejected':
    case 'no-pipeline':
      return check({[`${ending}, though there may be one`]: posts.some(isLoss)})
    case 'api-unavailable':
      return check({
        'api-unavailable, though there is one': ours.length > 0,
        'gave up early':
          posts.at(-1) !== 'bad-certificate' && elapsedMs < BUDGET_MS - LONGEST_PAUSE_MS
      })
    case 'ambiguous: search failed':
      // A list of ours without an entry proves nothing while the project's is denied.
      return check({
        'a search failed in fair weather':
          isFair(trial) && plan.weather.project !== 'denied' && (faults === 0 || !isStormy(trial))
      })
    case 'ambiguous: several':
      return check({'ambiguous without a reason': !isDoubtful(trial)})
    case 'ambiguous: lost twice':
      return check({
        'did not find its pipeline': overlooked && !message.includes('it created #'),
        'gave up after one loss': posts.length < 2
      })
    case 'created':
    case 'adopted':
    case 'aborted':
      return []
  }
}

/** Whether there is an outage that a search need not outlive. */
function isStormy({plan: {weather}}: Trial): boolean {
  const {outage} = weather
  return outage !== undefined && outage[1] - outage[0] > 40_000
}

/** Whether there is a pipeline of which CircleCI does not tell enough to say whether it is ours. */
function isDoubtful(trial: Trial): boolean {
  const {ours, made} = trial
  return (
    ours.length > 1 ||
    made.some(other => !other.ours && other.doubtful) ||
    (ours.length > 0 && !isEvident(trial))
  )
}

/** Whether CircleCI tells enough of our pipeline to say that it is ours. */
function isEvident({plan}: Trial): boolean {
  const {request, marked, declares, telling, weather} = plan
  if (marked) return true
  const {values, definition, isDefault, driftMs, dateSkewMs = Infinity, login} = telling
  const names = request.endpoint === 'run' && request.definitionId !== undefined
  // All that is declared, but the id that is not sent, would have to be told and sent.
  const parameters = !declares && Object.keys(request.parameters).length === 0
  return (
    parameters &&
    (!names || (definition && values !== 'refused')) &&
    (refOfRequest(request) !== undefined || (isDefault && values !== 'refused')) &&
    // Dates ahead of the other clocks make a pipeline look older than it is; without any, the list before has to tell.
    driftMs === 0 &&
    dateSkewMs <= 0 &&
    (login !== 'other' || weather.mine === 'ok')
  )
}

function checkIntent({ending, intent, ours}: Trial): readonly string[] {
  const taken = ending === 'created' || ending === 'adopted'
  return check({
    'forgot the intent before the id is saved': taken && intent === undefined,
    'left an intent for the post step': !taken && ending !== 'aborted' && intent !== undefined,
    'nothing left to find the pipeline by':
      ending === 'aborted' && ours.length > 0 && intent === undefined
  })
}

function checkPost(trial: Trial): readonly string[] {
  const {post, ours, plan, endedAt, made} = trial
  if (post === undefined || plan.twins || plan.riddle) return []
  if (post.kind === 'found' && isUndated(post.pipeline, trial)) return []
  const [own] = ours
  const isClear = made.every(other => other.ours || !other.doubtful)
  if (own === undefined) {
    return check({
      'the post step found a stranger': post.kind === 'found',
      'the post step found something': isClear && post.kind !== 'none'
    })
  }
  // A job cancelled in the middle of a request can be searched for before CircleCI would have answered.
  if (own.visibleAt > endedAt + SEARCH_WINDOW_MS) return []
  const {id} = own.pipeline
  return check({
    'the post step did not see the pipeline':
      (post.kind === 'found' && post.pipeline.id !== id) ||
      (post.kind === 'several' && !post.pipelines.some(one => one.id === id)) ||
      post.kind === 'none',
    'the post step did not find the pipeline': isClear && isEvident(trial) && post.kind !== 'found'
  })
}

function check(faults: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.keys(faults).filter(what => faults[what])
}
