import type {Result, Verdict} from '../record/result.ts'
import {isFailed} from '../circleci/statuses.ts'

/** More jobs than this are counted, not named. */
const NAMED_JOBS = 10

/** The step's error: the verdict's sentence, each failed job with its page, and the pipeline's page. Raw text. */
export function renderFailure(result: Result, verdict: Verdict): string {
  const failed = result.jobs.filter(job => job.latest && isFailed(job.status))
  const lines = failed
    .slice(0, NAMED_JOBS)
    .map(({name, workflow, status, url}) =>
      [`Job "${name}" of "${workflow}": ${status}`, ...(url === undefined ? [] : [url])].join(' ')
    )
  if (failed.length > NAMED_JOBS) lines.push(`and ${failed.length - NAMED_JOBS} more failed jobs`)
  const {pipeline} = result
  if (pipeline !== undefined && !verdict.message.includes(pipeline.url)) {
    lines.push(`Pipeline #${pipeline.number}: ${pipeline.url}`)
  }
  return [verdict.message, ...lines].join('\n')
}
