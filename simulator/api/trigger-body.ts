import type {ApiRequest} from '../http/request.ts'
import {jsonBody} from '../http/request.ts'
import type {ProjectSpec} from '../scenario.ts'
import type {ParameterValue, Ref} from '../world/records.ts'
import {Refusal} from './refusal.ts'

/** A JSON object whose fields are still unknown. */
export type Fields = Readonly<Record<string, unknown>>

/** Returns the fields of a request's body; one that is not declared as JSON counts as empty. */
export function fieldsOf(request: ApiRequest): Fields {
  let body: unknown
  try {
    body = jsonBody(request)
  } catch {
    throw new Refusal(400, 'Unexpected request body provided.')
  }
  return objectOf(body, new Refusal(400, 'Unexpected request body provided.'))
}

/** Returns a field that is an object; absent and null count as empty. */
export function objectField(fields: Fields, name: string): Fields {
  return objectOf(fields[name], mistyped(name, 'object', fields[name]))
}

/** Returns what a live reply said of a field with a value of another type. */
export function mistyped(name: string, wanted: string, value: unknown): Refusal {
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return new Refusal(400, `Field '${name}' should be '${wanted}', but was '${found}'.`)
}

/** Returns a field that is a string, or undefined when it is absent or null; `within` is the object it is in. */
export function stringField(fields: Fields, name: string, within = ''): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw mistyped(within + name, 'string', value)
  return value
}

/** Refuses fields an operation does not know, as the newer endpoints do. */
export function refuseUnknown(fields: Fields, known: readonly string[], within = ''): void {
  const unknown = Object.keys(fields).find(name => !known.includes(name))
  if (unknown !== undefined) throw new Refusal(400, `Unexpected field '${within}${unknown}'.`)
}

/** Returns the ref some fields name; a branch and a tag exclude each other. */
export function refField(fields: Fields): Ref {
  const branch = stringField(fields, 'branch')
  const tag = stringField(fields, 'tag')
  if (branch !== undefined && tag !== undefined) {
    throw new Refusal(400, 'Branch and tag cannot both be given.')
  }
  if (branch === '' || tag === '') {
    throw new Refusal(400, `${tag === undefined ? 'Branch' : 'Tag'} must not be empty.`)
  }
  if (tag !== undefined) return {tag}
  return branch === undefined ? {} : {branch}
}

/** Refuses a ref the repository does not have. `pull/<n>` is none; `pull/<n>/head` and `/merge` are. */
export function requireRef({branch, tag}: Ref, project: ProjectSpec): void {
  if (branch !== undefined && !branchExists(branch, project)) {
    throw new Refusal(400, 'Branch not found')
  }
  const {tags} = project
  if (tag !== undefined && !(tags?.includes(tag) ?? !tag.startsWith('no-such-'))) {
    throw new Refusal(400, 'Tag not found')
  }
}

/** Returns the pipeline parameters; CircleCI takes 100, with keys up to 128 and values up to 512 characters. */
export function parametersField(fields: Fields): Record<string, ParameterValue> {
  const entries = Object.entries(objectField(fields, 'parameters'))
  if (entries.length > 100) throw new Refusal(400, 'At most 100 parameters can be given.')
  return Object.fromEntries(entries.map(([key, value]) => [key, checkParameter(key, value)]))
}

function checkParameter(key: string, value: unknown): ParameterValue {
  if (key.length > 128) throw new Refusal(400, 'Parameter names have at most 128 characters.')
  const valid = typeof value === 'boolean' || typeof value === 'string' || Number.isInteger(value)
  if (!valid) throw mistyped(`parameters.${key}`, 'string', value)
  if (String(value).length > 512) {
    throw new Refusal(400, 'Parameter values have at most 512 characters.')
  }
  return value as ParameterValue
}

function branchExists(branch: string, project: ProjectSpec): boolean {
  if (branch.startsWith('pull/')) return /^pull\/\d+\/(head|merge)$/.test(branch)
  if (branch === project.defaultBranch) return true
  return project.branches?.includes(branch) ?? !branch.startsWith('no-such-')
}

function objectOf(value: unknown, refusal: Refusal): Fields {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw refusal
  return value as Fields
}
