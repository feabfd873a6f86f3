import {randomUUID} from 'node:crypto'
import {readFileSync, renameSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import * as core from '@actions/core'

import {isObject} from '../base/json.ts'
import {formatSlug, parseSlug, type Slug} from '../circleci/slug.ts'
import type {PipelineRecord, StepRecord} from '../record/record.ts'
import {isUnfinished} from '../circleci/statuses.ts'
import {parseIntent, type Intent} from '../trigger/intent.ts'

/** A pipeline this step answers for, as kept for the post step. */
export interface SavedPipeline {
  readonly id: string
  readonly number: number
  readonly slug: Slug
  /** Ids of its workflows that were last seen unfinished. */
  readonly workflows?: readonly string[] | undefined
}

/** What the main step leaves for the post step to see to. Nothing of it is left once the step came to its end. */
export interface SavedState {
  /** Triggers that may be under way. */
  readonly intents: readonly Intent[]
  readonly pipelines: readonly SavedPipeline[]
  /** The commit on which a commit status is pending. */
  readonly statusSha: string | undefined
  /** True once the main step had begun to cancel what it answers for: the post step finishes that. */
  readonly cancelling: boolean
}

/** Nothing is left. */
export const NOTHING_LEFT: SavedState = {
  intents: [],
  pipelines: [],
  statusSha: undefined,
  cancelling: false
}

/** Whether there is nothing for the post step to do. */
export function isNothingLeft({intents, pipelines, statusSha}: SavedState): boolean {
  return intents.length === 0 && pipelines.length === 0 && statusSha === undefined
}

/**
 * Most bytes of a state that is handed over in an environment variable: on Windows one holds 32,767 characters, and all
 * of them together some more. (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setenvironmentvariable)
 */
const MAX_BYTES = 30_000
/** Longest text that is read back. */
const MAX_FILE_LENGTH = 8 * 1024 * 1024
/** Name of a file that holds a longer state, in the runner's folder for temporary files. */
const FILE = /^circleci-pipeline-state-[0-9a-f-]{36}\.json$/
/** Nothing that could be more than one segment of a path. */
const ID = /^[\w-]{1,100}$/
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/** What of a step's record the post step would have to see to, were the step to end now. */
export function stateOf({pipelines, statusSha, ended}: StepRecord): SavedState {
  // Cancelled before CircleCI answered a trigger: what that made could not be cancelled.
  const isOut = ({verdict, pipeline}: PipelineRecord): boolean =>
    verdict?.reason === 'github-cancelled' && pipeline === undefined
  const left = ended ? pipelines.filter(one => one.cancelling || isOut(one)) : pipelines
  return {
    intents: left.flatMap(({intent}) => intent ?? []),
    pipelines: left.flatMap(({owned, pipeline, slug, workflows}) => {
      if (!owned || pipeline === undefined) return []
      const {id, number} = pipeline
      const open = workflows.filter(one => one.id !== '' && isUnfinished(one.status))
      const ids = workflows.length === 0 ? {} : {workflows: open.map(one => one.id)}
      return [{id, number, slug, ...ids}]
    }),
    statusSha,
    cancelling: pipelines.some(one => one.cancelling)
  }
}

/**
 * Keeps the state of one step where the post step finds it; each save replaces the one before. A long state goes to a
 * file in `folder`, the runner's for temporary files, and only the file's name is handed over.
 */
export class StateKeeper {
  private readonly folder: string
  private readonly file = `circleci-pipeline-state-${randomUUID()}.json`
  private saved = ''

  constructor(folder: string) {
    this.folder = folder
  }

  save(state: SavedState): void {
    const text = isNothingLeft(state) ? '' : JSON.stringify(plain(state))
    if (text === this.saved) return
    core.saveState('left', text === '' ? '' : this.fit(text))
    this.saved = text
  }

  private fit(text: string): string {
    if (Buffer.byteLength(text) <= MAX_BYTES) return text
    // A kill in the middle of writing must not leave half a state.
    const path = join(this.folder, this.file)
    writeFileSync(`${path}.new`, text, {mode: 0o600})
    renameSync(`${path}.new`, path)
    return JSON.stringify({file: this.file})
  }
}

function plain({pipelines, ...state}: SavedState): object {
  return {...state, pipelines: pipelines.map(one => ({...one, slug: formatSlug(one.slug)}))}
}

/**
 * Reads the state back; `folder` is the runner's for temporary files. Anything that is not exactly what the main step
 * writes counts as not there: what is found here is cancelled, and other steps of the job could have written it.
 */
export function readState(folder: string): SavedState {
  const json = parseObject(core.getState('left'))
  const {file, ...others} = json
  if (file === undefined) return stateFrom(json)
  if (typeof file !== 'string' || !FILE.test(file) || Object.keys(others).length > 0) {
    return NOTHING_LEFT
  }
  try {
    return stateFrom(parseObject(readFileSync(join(folder, file), 'utf8')))
  } catch {
    return NOTHING_LEFT
  }
}

function stateFrom(json: Readonly<Record<string, unknown>>): SavedState {
  const {intents, pipelines, statusSha, cancelling, ...more} = json
  if (Object.keys(more).length > 0) return NOTHING_LEFT
  return {
    intents: listOf(intents, one => parseIntent(JSON.stringify(one))),
    pipelines: listOf(pipelines, parsePipeline),
    statusSha: typeof statusSha === 'string' && SHA.test(statusSha) ? statusSha : undefined,
    cancelling: cancelling === true
  }
}

function listOf<T>(json: unknown, parse: (one: unknown) => T | undefined): readonly T[] {
  if (!Array.isArray(json)) return []
  return json.map(parse).filter(one => one !== undefined)
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  if (text.length > MAX_FILE_LENGTH) return {}
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? {...json} : {}
  } catch {
    return {}
  }
}

function parsePipeline(json: unknown): SavedPipeline | undefined {
  const {id, number, slug, workflows, ...more} = Object(json) as Record<string, unknown>
  const parsed = typeof slug === 'string' ? parseSlug(slug) : undefined
  if (parsed === undefined || formatSlug(parsed) !== slug) return undefined
  if (typeof id !== 'string' || !ID.test(id) || Object.keys(more).length > 0) return undefined
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number <= 0) return undefined
  if (workflows === undefined) return {id, number, slug: parsed}
  const ids = listOf(workflows, one => (typeof one === 'string' && ID.test(one) ? one : undefined))
  return {id, number, slug: parsed, workflows: ids}
}
