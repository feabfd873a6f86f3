import {type Reply, json} from '../http/reply.ts'
import {continuePipeline} from '../world/commands.ts'
import {pipelineState} from '../world/pipeline.ts'
import type {Call} from './call.ts'
import {Refusal, notFound} from './refusal.ts'
import {fieldsOf, parametersField, stringField} from './trigger-body.ts'

/** https://circleci.com/docs/api/v2/#operation/continuePipeline; once, out of the setup phase. */
export function continueSetup(call: Call): Reply {
  const fields = fieldsOf(call.request)
  const key = stringField(fields, 'continuation-key')
  if (key === undefined || stringField(fields, 'configuration') === undefined) {
    throw new Refusal(400, 'Missing one or more JSON fields.')
  }
  const parameters = parametersField(fields)
  const pipeline = call.world.pipelines.find(({continuationKey}) => continuationKey === key)
  if (pipeline === undefined) throw notFound('Pipeline not found')
  if (pipelineState(call.world, pipeline) !== 'setup') {
    throw new Refusal(400, 'Pipeline is not in setup state.')
  }
  const conflict = Object.entries(parameters).some(
    ([name, value]) =>
      pipeline.parameters[name] !== undefined && pipeline.parameters[name] !== value
  )
  if (conflict) throw new Refusal(400, 'Conflicting pipeline parameters.')
  continuePipeline(call.world, pipeline)
  return json(200, {message: 'Pipeline successfully continued.'})
}
