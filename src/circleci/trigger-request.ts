import {Fields, isObject, ShapeError, type Json} from '../base/json.ts'
import type {PipelineParameters, Ref, TriggeredPipeline} from './model.ts'
import type {Slug} from './slug.ts'

/** What a trigger asks for. The run endpoint also takes a definition and the ref of the config. */
export type TriggerRequest =
  | {
      readonly endpoint: 'classic'
      readonly slug: Slug
      readonly ref: Ref | undefined
      readonly parameters: PipelineParameters
    }
  | {
      readonly endpoint: 'run'
      readonly slug: Slug
      readonly definitionId: string | undefined
      readonly checkout: Ref | undefined
      readonly config: Ref | undefined
      readonly parameters: PipelineParameters
    }

/** The two answers of a trigger that was understood: a pipeline, or a message saying why there is none. */
export type TriggerReply =
  | {
      readonly kind: 'created'
      /** Its number is `undefined` where the answer has only the id. */
      readonly pipeline: Omit<TriggeredPipeline, 'number'> & {
        readonly number: number | undefined
      }
    }
  | {readonly kind: 'no-pipeline'; readonly message: string}

/** The body of a trigger; what was not asked for is left out, as CircleCI refuses empty values. */
export function triggerBody(request: TriggerRequest): Record<string, Json> {
  const parameters = Object.keys(request.parameters).length > 0 ? request.parameters : undefined
  const body =
    request.endpoint === 'classic'
      ? {...request.ref, parameters}
      : {
          definition_id: request.definitionId,
          config: request.config,
          checkout: request.checkout,
          parameters
        }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

/**
 * Reads the answer of a trigger. The run endpoint answers 200, with any body, where it made no pipeline (a commit that says
 * to skip CI, for one); of a classic trigger a 200 counts only with a message.
 * https://circleci.com/docs/api/v2/#operation/triggerPipelineRun
 */
export function decodeTrigger(
  json: Json,
  status: number,
  endpoint: TriggerRequest['endpoint']
): TriggerReply {
  // Whatever a run's 200 holds, it is not a pipeline's id.
  if (endpoint === 'run' && status === 200 && !isObject(json)) {
    return {kind: 'no-pipeline', message: ''}
  }
  const fields = new Fields(json, 'trigger')
  const message = fields.string('message')
  const id = fields.string('id') ?? ''
  if (id === '' && status === 200 && (endpoint === 'run' || message !== undefined)) {
    return {kind: 'no-pipeline', message: message ?? ''}
  }
  if (id === '') throw new ShapeError('trigger: no "id"')
  const number = fields.number('number')
  return {
    kind: 'created',
    pipeline: {
      id,
      number: Number.isSafeInteger(number) && Number(number) > 0 ? number : undefined,
      state: fields.string('state') ?? 'pending',
      createdAt: fields.string('created_at') ?? ''
    }
  }
}
