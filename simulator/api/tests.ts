import type {Reply} from '../http/reply.ts'
import type {TestSpec} from '../scenario.ts'
import type {Call} from './call.ts'
import {isStarted, jobOf} from './jobs.ts'
import {page} from './pagination.ts'

/** https://circleci.com/docs/api/v2/#operation/getTests; there are none before the job has stopped. */
export function getTests(call: Call): Reply {
  const {now} = jobOf(call)
  const stored = isStarted(call.world, now) && now.plan.stop <= call.world.now()
  return page(call, stored ? (now.job.spec.tests ?? []) : [], testView)
}

/** Returns one result. */
export function testView(test: TestSpec): object {
  const {result = 'success'} = test
  return {
    // The document allows null; CircleCI's own MCP server takes nothing but a string.
    message: test.message ?? '',
    source: test.source ?? 'unknown',
    run_time: test.seconds ?? 0.01,
    file: test.file ?? '',
    result,
    name: test.name,
    classname: test.classname ?? '',
    ...test.fields
  }
}
