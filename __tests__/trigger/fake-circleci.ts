import type {CallOptions} from '../../src/circleci/client.ts'
import type {TriggerReply, TriggerRequest} from '../../src/circleci/trigger-request.ts'
import {AbortedError, RefusedError, UnavailableError} from '../../src/circleci/faults.ts'
import type {Pipeline, PipelineConfig, PipelineParameters} from '../../src/circleci/model.ts'
import type {Slug} from '../../src/circleci/slug.ts'
import type {Clock} from '../../src/base/clock.ts'
import type {TriggerContext} from '../../src/trigger/once.ts'

export const SLUG: Slug = {provider: 'gh', organization: 'acme', project: 'shop'}

/** A request of the classic endpoint: branch `main`, one parameter. */
export function aRequest(
  overrides: Partial<Extract<TriggerRequest, {endpoint: 'classic'}>> = {}
): TriggerRequest {
  return {
    endpoint: 'classic',
    slug: SLUG,
    ref: {branch: 'main'},
    parameters: {suite: 'unit'},
    ...overrides
  }
}

/** A pipeline that fits `aRequest`, created one second after nine o'clock. */
export function aPipeline(overrides: Partial<Pipeline> = {}): Pipeline {
  const number = overrides.number ?? 7
  return {
    id: `pipeline-${number}`,
    number,
    projectSlug: 'gh/acme/shop',
    state: 'created',
    createdAt: '2026-03-02T09:00:01.000Z',
    errors: [],
    warnings: [],
    triggerType: 'api',
    actorLogin: 'robot',
    branch: 'main',
    tag: undefined,
    defaultBranch: undefined,
    revision: 'c0ffee',
    ...overrides
  }
}

/** What each endpoint answers, given how often it was called before; an `Error` is thrown. */
export interface Script {
  trigger?: (count: number) => TriggerReply | Error
  mine?: (count: number) => readonly Pipeline[] | Error
  project?: (count: number) => readonly Pipeline[] | Error
  me?: (count: number) => string | Error
  pipeline?: (count: number) => Pipeline | Error
  values?: (id: string, count: number) => PipelineParameters | Error
  config?: (id: string, count: number) => PipelineConfig | Error
  /** Ids of the definitions; 404 by default, as of a host that has none. */
  definitions?: (count: number) => readonly string[] | Error
  /** CircleCI's clock minus ours at each answer; `undefined`: an answer without a `Date`. */
  skewMs?: (count: number) => number | undefined
  pageSize?: number
  clock: Clock
}

/** A CircleCI that answers by a script, and keeps count. */
export interface FakeCircleCI {
  readonly circleci: TriggerContext['circleci']
  /** One word a request: `trigger`, `mine`, `project` (the list), `me`, `values`, `config`, `definitions`. */
  readonly calls: readonly string[]
  /** When each request came, by the clock. */
  readonly times: readonly number[]
}

export function fakeCircleCI(script: Script): FakeCircleCI {
  const calls: string[] = []
  const times: number[] = []
  const {clock, pageSize = 20} = script
  let skew: number | undefined
  const answer = <T>(
    name: string,
    options: CallOptions | undefined,
    make: (count: number) => T | Error
  ): Promise<T> => {
    const count = calls.filter(call => call === name).length
    calls.push(name)
    times.push(clock.now())
    if (options?.signal?.aborted === true) return Promise.reject(new AbortedError(name))
    const made = make(count)
    if (made instanceof UnavailableError) return Promise.reject(made)
    skew = script.skewMs === undefined ? 0 : (script.skewMs(calls.length - 1) ?? skew)
    return made instanceof Error ? Promise.reject(made) : Promise.resolve(made)
  }
  return {
    calls,
    times,
    circleci: {
      serverNow: () => (skew === undefined ? undefined : clock.now() + skew),
      trigger: (_request, options) =>
        answer<TriggerReply>(
          'trigger',
          options,
          count => script.trigger?.(count) ?? denied('trigger')
        ),
      pipeline: (_id, options) =>
        answer('pipeline', options, count => script.pipeline?.(count) ?? aPipeline()),
      me: async options => {
        const login = await answer('me', options, count => script.me?.(count) ?? 'robot')
        return {id: 'user-1', login, name: 'Robot'}
      },
      pipelines: async function* (_slug, {mine}, options) {
        const list = mine === true ? 'mine' : 'project'
        for (let from = 0; ; from += pageSize) {
          const all = await answer(list, options, count => script[list]?.(count) ?? [])
          yield all.slice(from, from + pageSize)
          if (from + pageSize >= all.length) return
        }
      },
      pipelineValues: (id, options) =>
        answer('values', options, count => script.values?.(id, count) ?? valuesOf({suite: 'unit'})),
      pipelineConfig: (id, options) =>
        answer<PipelineConfig>(
          'config',
          options,
          count => script.config?.(id, count) ?? denied('config')
        ),
      project: () =>
        Promise.resolve({id: 'project-1', slug: 'gh/acme/shop', name: 'shop', provider: 'GitHub'}),
      definitions: async (_id, options) => {
        const ids = await answer<readonly string[]>(
          'definitions',
          options,
          count =>
            script.definitions?.(count) ?? new RefusedError('GET /definitions', 404, 'Not found')
        )
        return ids.map(id => ({
          id,
          name: id,
          description: undefined,
          configRepository: undefined,
          checkoutRepository: undefined
        }))
      }
    }
  }
}

/** A config as CircleCI tells it. */
export function configOf(overrides: Partial<PipelineConfig> = {}): PipelineConfig {
  return {source: 'version: 2.1', setupSource: '', compiled: '', compiledSetup: '', ...overrides}
}

/** Values as CircleCI would tell them if it told parameters. */
export function valuesOf(parameters: PipelineParameters): PipelineParameters {
  return Object.fromEntries([
    ['pipeline.number', 7],
    ...Object.entries(parameters).map(([name, value]) => [`pipeline.parameters.${name}`, value])
  ]) as PipelineParameters
}

export function denied(what = 'GET /pipeline'): RefusedError {
  return new RefusedError(what, 403, 'Permission denied.')
}

export function lost(
  problem = 'failed: socket hang up',
  details: {retryAfterMs?: number; foreign?: boolean} = {}
): UnavailableError {
  return new UnavailableError('POST /api/v2/project/gh/acme/shop/pipeline', problem, {
    processed: 'unknown',
    ...details
  })
}

export function notTaken(
  problem = 'failed: connect ECONNREFUSED',
  details: {final?: boolean; unresolved?: boolean; retryAfterMs?: number} = {}
): UnavailableError {
  return new UnavailableError('POST /api/v2/project/gh/acme/shop/pipeline', problem, {
    processed: 'no',
    ...details
  })
}
