import {describe, expect, it} from '@jest/globals'
import {decodeJobSteps, readStepLog} from '../../src/circleci/steps.ts'
import type {ApiContext} from '../../src/circleci/api.ts'
import type {WireReply} from '../../src/circleci/transport.ts'

const PATH = '/api/v3/jobs/j'

describe('the steps of a job in v3', () => {
  it('are read with where their streams are, of several tries the last', () => {
    const step = {num: 4, name: 'npm test', outcome: 'failed', exit_code: 1, command: 'npm test'}
    const json = {
      data: {
        attributes: {
          parallel_executions: [
            {steps: [step, {...step, outcome: 'succeeded', stdout_bytes: 0, stderr_bytes: 0}]},
            {steps: [{...step, outcome: 'timedout', stdout_bytes: 12}]}
          ]
        }
      }
    }
    const query = 'filter%5Bexecution%5D=1&filter%5Bstep_num%5D=4'
    expect(decodeJobSteps(json, PATH)).toMatchObject([
      {nodeIndex: 0, failed: false, hasOutput: false},
      {
        ...{stepName: 'npm test', nodeIndex: 1, failed: true, exitCode: 1, hasOutput: true},
        streams: [
          {path: `${PATH}/stdout?${query}`, bytes: 12},
          {path: `${PATH}/stderr?${query}`, bytes: undefined}
        ]
      }
    ])
    for (const odd of [{}, {data: null}, {data: {attributes: {parallel_executions: [null, {}]}}}]) {
      expect(decodeJobSteps(odd, PATH)).toEqual([])
    }
  })
})

/** A server that keeps a text, sends at most so much of it at a time, and tells which bytes were asked for. */
function serving(text: string, most = Infinity, ranges = true) {
  const asked: string[] = []
  const send = (headers: Readonly<Record<string, string>>): WireReply => {
    asked.push(`${headers['range']} ${headers['circle-token']}`)
    const from = ranges ? Number(/\d+/.exec(headers['range'] ?? '')?.[0]) : 0
    const part = text.slice(from, from + most)
    const status = from > 0 && part === '' ? 416 : ranges ? 206 : 200
    const terminal = from + part.length === text.length ? {'x-terminal': 'true'} : {}
    return {
      status,
      headers: terminal,
      body: (async function* () {
        yield await Promise.resolve(Buffer.from(part))
      })(),
      close: () => undefined
    }
  }
  const context = {
    host: 'https://circleci.com',
    token: 'secret',
    clock: {now: () => 0},
    log: {debug: () => undefined},
    transport: {
      send: ({headers}: {headers: Record<string, string>}) => Promise.resolve(send(headers))
    }
  } as unknown as ApiContext
  return {asked, context}
}

describe('the output of a step in v3', () => {
  const text = 'one\ntwo\nthree\n'
  const stream = {path: `${PATH}/stdout`, bytes: text.length}

  it.each([
    {name: 'whole', server: serving(text), max: 100, read: {text, cut: false}, requests: 1},
    {
      name: 'its end',
      server: serving(text),
      max: 6,
      read: {text: 'three\n', cut: true},
      requests: 1
    },
    {name: 'in pieces', server: serving(text, 5), max: 100, read: {text, cut: false}, requests: 3},
    {
      name: 'without ranges',
      server: serving(text, Infinity, false),
      max: 6,
      read: {text: 'three\n', cut: true},
      requests: 1
    }
  ])('is read $name', async ({server: {asked, context}, max, read, requests}) => {
    expect(await readStepLog(context, [stream], max)).toEqual(read)
    expect(asked).toHaveLength(requests)
    expect(asked.every(one => one.endsWith(' secret'))).toBe(true)
  })

  it('is both streams, and nothing is asked for an empty one', async () => {
    const {asked, context} = serving('end')
    const empty = {path: `${PATH}/stderr`, bytes: 0}
    expect(await readStepLog(context, [empty], 100)).toEqual({text: '', cut: false})
    expect(asked).toEqual([])
    const unknown = {path: `${PATH}/stderr`, bytes: undefined}
    expect((await readStepLog(context, [unknown, unknown], 100)).text).toBe('end\nend\n')
  })
})
