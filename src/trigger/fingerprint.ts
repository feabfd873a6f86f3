import {createHash} from 'node:crypto'
import type {ParameterValue, PipelineParameters} from '../circleci/model.ts'

/** Pipeline parameters by name, each value told only by its fingerprint. */
export type Fingerprints = Readonly<Record<string, string>>

/**
 * Condenses one parameter into a SHA-256 in hex: of the salt, its name and its value with its type (`"1"` is not
 * `1`). State is a file that later steps of the job can read, so values are kept there only in this form; the
 * salt keeps equal values of two runs from looking alike.
 */
export function fingerprint(salt: string, name: string, value: ParameterValue): string {
  return createHash('sha256')
    .update(JSON.stringify([salt, name, value]))
    .digest('hex')
}

/** Fingerprints every parameter. */
export function fingerprintAll(salt: string, parameters: PipelineParameters): Fingerprints {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, fingerprint(salt, name, value)])
  )
}
