import type {PipelineParameters, Ref} from '../circleci/model.ts'
import {formatSlug} from '../circleci/slug.ts'
import type {Target} from './target.ts'

/** What is to be triggered, for the line before: project, ref and why, definition, parameters. Raw text. */
export function describeTarget(target: Target): string {
  const {request, ref, refReason, definition} = target
  const what = ref === undefined ? 'its default branch' : describeRef(ref)
  const parts = [`${formatSlug(request.slug)}: ${what} (${refReason})`]
  if (definition !== undefined) parts.push(`definition "${definition.name}" (${definition.id})`)
  else if (request.endpoint === 'run' && request.definitionId !== undefined) {
    parts.push(`definition ${request.definitionId}`)
  }
  if (request.endpoint === 'run' && request.config !== undefined && request.config !== ref) {
    parts.push(`config from ${describeRef(request.config)}`)
  }
  if (Object.keys(request.parameters).length > 0) {
    parts.push(`parameters ${describeParameters(request.parameters)}`)
  }
  return parts.join(', ')
}

function describeRef(ref: Ref): string {
  return 'tag' in ref ? `tag ${ref.tag}` : `branch ${ref.branch}`
}

function describeParameters(parameters: PipelineParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')
}
