import {isLoss, type Plan} from './plan.ts'
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
    'made two pipelines': ours.length > 1 && !isBeyondSearch(trial),
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

/** Whether pipelines may stay out of the listings for longer than a search waits. */
function isBeyondSearch({plan}: Trial): boolean {
  return plan.lagMs > SEARCH_WINDOW_MS
}

function checkPipeline(trial: Trial): readonly string[] {
  const {pipeline, ending, plan, ours} = trial
  if (pipeline === undefined) {
    return check({'came out without': ending === 'created' || ending === 'adopted'})
  }
  // A pipeline asked for by the very same request cannot be told from ours while ours is not listed.
  const excused = plan.twins && ending === 'adopted' && (ours.length === 0 || isTwin(trial))
  return check({
    'took a stranger': !isOurs(trial, pipeline) && !excused,
    'took one of two': ending === 'adopted' && isEvident(trial)
  })
}

/** Whether two pipelines of ours were there to be seen by the last look, which takes no longer while all is well. */
function isEvident({ours, endedAt, faults}: Trial): boolean {
  return ours.length > 1 && faults === 0 && ours.every(own => own.visibleAt < endedAt - 3_000)
}

/** Whether the one taken was a twin, and ours was not listed within the time a pipeline must have been alone. */
function isTwin({pipeline, ours, made}: Trial): boolean {
  const taken = made.find(other => other.pipeline.id === pipeline?.id)
  return ours.every(own => taken !== undefined && own.visibleAt > taken.visibleAt + SETTLE_MS)
}

function checkEnding(trial: Trial): readonly string[] {
  const {ending, plan, ours, faults, elapsedMs, posts} = trial
  const overlooked = ours.length > 0 && !isBeyondSearch(trial)
  switch (ending) {
    case 'rejected':
    case 'no-pipeline':
      return check({[`${ending}, though there is one`]: overlooked})
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
          plan.weather.project !== 'denied' && (faults === 0 || !isStormy(plan))
      })
    case 'ambiguous: several':
      return check({
        'ambiguous without a twin':
          !plan.twins && !plan.riddle && plan.driftMs === 0 && ours.length < 2
      })
    case 'ambiguous: lost twice':
      return check({
        'did not find its pipeline': overlooked,
        'gave up after one loss': posts.length < 2
      })
    case 'created':
    case 'adopted':
    case 'aborted':
      return []
  }
}

/** Whether there is an outage that a search need not outlive. */
function isStormy({weather: {outage}}: Plan): boolean {
  return outage !== undefined && outage[1] - outage[0] > 40_000
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

function checkPost({post, ours, plan, endedAt}: Trial): readonly string[] {
  if (post === undefined || plan.twins || plan.riddle || plan.driftMs > 0) return []
  const [own] = ours
  if (own === undefined) return check({'the post step found something': post.kind !== 'none'})
  // A job cancelled in the middle of a request can be searched for before CircleCI would have answered.
  if (own.visibleAt > endedAt + SEARCH_WINDOW_MS) return []
  return check({
    'the post step did not find the pipeline':
      post.kind !== 'found' || post.pipeline.id !== own.pipeline.id
  })
}

function check(faults: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.keys(faults).filter(what => faults[what])
}
