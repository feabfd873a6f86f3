import {type Reply, text} from '../http/reply.ts'
import {type Call, numberParam} from './call.ts'
import {jobOf} from './jobs.ts'
import {notFound} from './refusal.ts'
import {stepsOf} from './steps.ts'

/**
 * Answers `GET /api/private/output/raw/{slug}/{number}/output/{node}/{step}`, what a step printed as plain text. It is
 * not documented; CircleCI's own MCP server reads it.
 */
export function getRawOutput(call: Call): Reply {
  return text(200, stepOf(call).output ?? '', 'text/plain')
}

/** The same for what a step printed on stderr. */
export function getRawError(call: Call): Reply {
  return text(200, stepOf(call).error ?? '', 'text/plain')
}

function stepOf(call: Call) {
  const {now} = jobOf(call)
  const [node, position] = [numberParam(call, 'node'), numberParam(call, 'step')]
  const found = stepsOf(call.world, now).find(step => step.position === position)
  if (!found?.nodes.some(({index}) => index === node)) throw notFound()
  return found.step
}
