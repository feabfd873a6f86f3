import {existsSync, readFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, it} from '@jest/globals'
import {stopRigs} from './client.ts'
import {type OpenApiDocument, checkerOf} from './openapi.ts'
import {schemaOf, shapes} from './shapes.ts'
import {type Stop, tour} from './tour.ts'

let stops: readonly Stop[] = []

beforeAll(async () => {
  stops = await tour()
})

afterAll(stopRigs)

const isV2 = ({operation}: Stop): boolean => operation.startsWith('/')
const isGood = ({answer}: Stop): boolean => answer.status < 300

describe('every answer', () => {
  it('has exactly the fields that clients of CircleCI’s API rely on', () => {
    const check = checkerOf(documentOf(shapes))
    const problems = stops.filter(stop => isV2(stop) && isGood(stop)).flatMap(check)
    expect([...new Set(problems)]).toEqual([])
  })

  it('of every operation has been seen', () => {
    const seen = stops.map(
      ({method, operation, answer}) => `${method} ${operation} ${answer.status}`
    )
    expect(Object.keys(shapes).filter(key => !seen.includes(key))).toEqual([])
  })

  it('that refuses something has a message, and no other field', () => {
    const refusals = stops.filter(stop => !isGood(stop))
    expect(new Set(refusals.map(({answer}) => answer.status))).toEqual(new Set([400, 401, 404]))
    const odd = refusals.filter(
      ({answer}) => !/^\{"message":"[^"]+"\}$/.test(answer.text.replaceAll('\\"', ''))
    )
    expect(odd).toEqual([])
  })

  it('is JSON, says so, and is dated', () => {
    const odd = stops.filter(
      ({answer: {headers, json}}) =>
        json === undefined ||
        headers.get('content-type') !== 'application/json;charset=utf-8' ||
        headers.get('date') === null
    )
    expect(odd).toEqual([])
  })
})

/** Where real replies are known to differ from the document, the real shape wins. */
const knownDifferences: readonly RegExp[] = [
  // Real keys have underscores: CircleCI's MCP server reads `flaky_tests` and `total_flaky_tests`.
  /flaky-tests 200: {2}must have required property '(flaky-tests|total-flaky-tests)'$/,
  // The real key is `vcs_type`: CircleCI's CLI reads that.
  /collaborations 200: \/\* must have required property 'vcs-type'$/,
  // Jobs that have not started have no `started_at`, although the document requires one.
  /\/job 200: \/items\/\* must have required property 'started_at'$/,
  /\/job\/\{job-number\} 200: {2}must have required property 'started_at'$/,
  // There are more types of errors than the document lists: the changelog announces `config-deprecated-syntax`.
  /\/errors\/\*\/type must be equal to one of the allowed values$/
]

// CircleCI's own document is not part of this repository; where it lies beside it, drift shows.
const path = fileURLToPath(new URL('../../../shared/circleci-openapi.json', import.meta.url))

for (const file of [path].filter(existsSync)) {
  describe('CircleCI’s OpenAPI document', () => {
    const document = readDocument(file)
    let problems: readonly string[] = []

    beforeAll(() => {
      problems = stops.filter(isV2).flatMap(checkerOf(document))
    })

    it('describes every operation the simulator has', () => {
      const operations = Object.keys(shapes).map(key => key.split(' ')[1] ?? '')
      expect(operations.filter(operation => !(operation in document.paths))).toEqual([])
    })

    it('agrees with every answer, but for the differences known', () => {
      const unknown = problems.filter(
        problem => !knownDifferences.some(known => known.test(problem))
      )
      expect([...new Set(unknown)]).toEqual([])
    })

    it('still differs where it is known to', () => {
      const gone = knownDifferences.filter(known => !problems.some(problem => known.test(problem)))
      expect(gone).toEqual([])
    })
  })
}

function readDocument(file: string): OpenApiDocument {
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument
}

/** Returns shapes in the form of an OpenAPI document. */
function documentOf(all: typeof shapes): OpenApiDocument {
  const paths: Record<string, Record<string, {responses: Record<string, object>}>> = {}
  for (const [key, shape] of Object.entries(all)) {
    const [method = '', path = '', status = ''] = key.split(' ')
    const operations = (paths[path] ??= {})
    const operation = (operations[method.toLowerCase()] ??= {responses: {}})
    operation.responses[status] = {content: {'application/json': {schema: schemaOf(shape)}}}
  }
  return {paths, components: {}}
}
