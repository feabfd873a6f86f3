import {timeLimit} from './base/clock.ts'
import type {Slug} from './circleci/slug.ts'
import {pipelineRecord} from './record/record.ts'
import {verdictOfAll} from './record/result.ts'
import {runPipeline, type Ended, type RunContext} from './run.ts'

/** Everything the story of a step is handed; it reads nothing else. */
export type StepContext = Omit<RunContext, 'deadline' | 'limit'>

/**
 * The story of a step: runs its pipelines to their ends within one timeout, and gives its verdict. Always resolves: what
 * goes wrong is a verdict with a reason, and whatever was found by then is in the record.
 */
export async function runStep(context: StepContext, slug: Slug): Promise<void> {
  const {inputs, step, clock, signal} = context
  const timeoutMs = inputs.timeoutSeconds * 1000
  const limit = timeLimit(clock, timeoutMs, signal)
  const deadline = clock.now() + timeoutMs
  const pipeline = pipelineRecord(slug, inputs.host)
  step.pipelines.push(pipeline)
  const entries: Ended[] = []
  try {
    entries.push(await runPipeline(pipeline, {...context, deadline, limit: limit.signal}))
  } finally {
    limit.end()
  }
  step.verdict = verdictOfAll(entries.flatMap(({verdict}) => verdict ?? []))
  step.deciding = entries.find(({verdict}) => verdict === step.verdict)?.deciding
}
