import {Ajv, type AnySchema, type ValidateFunction} from 'ajv'
import addFormats from 'ajv-formats'
import type {Stop} from './tour.ts'

/** The part of an OpenAPI document that says what answers look like. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: object
}

interface Operation {
  readonly responses: Readonly<Record<string, {readonly content?: Content; readonly $ref?: string}>>
}

type Content = Readonly<Record<string, {readonly schema: AnySchema}>>

/** Checks one answer and returns what is wrong with it. */
export type Checker = (stop: Stop) => string[]

/** Makes a checker of answers out of an OpenAPI 3.0 document. */
export function checkerOf(document: OpenApiDocument): Checker {
  const ajv = new Ajv({strict: false, allErrors: true})
  addFormats.default(ajv)
  for (const format of ['int64', 'float', 'double', 'integer']) ajv.addFormat(format, true)
  const validators = new Map<string, ValidateFunction>()
  return ({method, operation, answer}) => {
    const key = `${method} ${operation} ${answer.status}`
    const schema = schemaFor(document, method, operation, answer.status)
    if (schema === undefined) return [`${key}: not in the document`]
    const known = validators.get(key) ?? ajv.compile(schema)
    validators.set(key, known)
    if (known(answer.json)) return []
    return (known.errors ?? []).map(({instancePath, message}) => {
      const place = instancePath.replace(/\/\d+/g, '/*')
      return `${key}: ${place} ${message ?? ''}`
    })
  }
}

function schemaFor(
  document: OpenApiDocument,
  method: string,
  operation: string,
  status: number
): AnySchema | undefined {
  const responses = document.paths[operation]?.[method.toLowerCase()]?.responses
  const declared = responses?.[status] ?? responses?.['default']
  if (declared === undefined) return undefined
  const response = declared.$ref === undefined ? declared : lookUp(document, declared.$ref)
  const schema = (response as {content?: Content}).content?.['application/json']?.schema
  return schema === undefined ? {} : (plain(document, schema) as AnySchema)
}

/** Returns a schema as JSON Schema: references inlined, and `nullable` (or `x-nullable`) spelled out. */
function plain(document: OpenApiDocument, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(entry => plain(document, entry))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value) return plain(document, lookUp(document, String(value.$ref)))
  const {nullable, 'x-nullable': extended, ...rest} = value as Record<string, unknown>
  const entries = Object.entries(rest).map(([key, entry]) => [key, plain(document, entry)])
  const schema: unknown = Object.fromEntries(entries)
  return nullable === true || extended === true ? {anyOf: [schema, {type: 'null'}]} : schema
}

function lookUp(document: OpenApiDocument, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document)
}
