import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {
  decodeArtifact,
  decodeConfig,
  decodeDefinition,
  decodeFlakyTests,
  decodeJob,
  decodePipeline,
  decodeProject,
  decodeRun,
  decodeTest,
  decodeUser,
  decodeValues,
  decodeWorkflow
} from '../../src/circleci/model.ts'
import {decodeJobSteps, decodeSteps} from '../../src/circleci/steps.ts'
import {ShapeError, type Json} from '../../src/base/json.ts'

const SHA = 'f454a02b5d10fcccfd7d9dd7608a76d6493a98b4'
const ID = '5034460f-c7c4-4c43-9457-de07e2029e7b'

describe('a pipeline', () => {
  it('is read from what CircleCI sends', () => {
    expect(
      decodePipeline({
        id: ID,
        errors: [{type: 'config', message: 'Unexpected argument(s): x'}],
        warnings: [{type: 'config-deprecated-syntax', message: 'Two\nlines'}, {message: 7}],
        project_slug: 'gh/CircleCI-Public/api-preview-docs',
        updated_at: '2019-08-24T14:15:22Z',
        number: 25,
        state: 'created',
        created_at: '2019-08-24T14:15:22Z',
        trigger: {
          type: 'api',
          received_at: '2019-08-24T14:15:22Z',
          actor: {login: 'dev', avatar_url: null}
        },
        vcs: {
          provider_name: 'GitHub',
          target_repository_url: 'https://github.com/CircleCI-Public/api-preview-docs',
          branch: 'feature/design',
          revision: 'f454a02b5d10fcccfd7d9dd7608a76d6493a98b4',
          commit: {subject: 'x', body: null},
          origin_repository_url: 'https://github.com/CircleCI-Public/api-preview-docs'
        }
      })
    ).toEqual({
      id: ID,
      number: 25,
      projectSlug: 'gh/CircleCI-Public/api-preview-docs',
      state: 'created',
      createdAt: '2019-08-24T14:15:22Z',
      errors: [{type: 'config', message: 'Unexpected argument(s): x'}],
      warnings: [
        {type: 'config-deprecated-syntax', message: 'Two\nlines'},
        {type: 'other', message: ''}
      ],
      triggerType: 'api',
      actorLogin: 'dev',
      branch: 'feature/design',
      tag: undefined,
      revision: 'f454a02b5d10fcccfd7d9dd7608a76d6493a98b4'
    })
  })

  it('of a GitHub App project tells its ref in the parameters of its trigger', () => {
    const pipeline = decodePipeline({
      id: ID,
      number: 1,
      state: 'pending',
      trigger_parameters: {
        git: {branch: 'main', checkout_sha: 'f454a02', repo_name: 'shop'},
        github_app: {ref: 'refs/heads/main'}
      }
    })
    expect(pipeline).toMatchObject({branch: 'main', tag: undefined, revision: 'f454a02'})
  })

  it.each([
    [
      'the GitHub App',
      {git: {branch: 'x', tag: '', checkout_sha: ''}, github_app: {commit_sha: SHA}}
    ],
    ['the GitHub App, in other words', {git: {branch: 'x'}, github_app: {checkout_sha: SHA}}],
    ['GitLab', {gitlab: {branch: 'x', commit_sha: SHA, tag: ''}}]
  ])('of %s tells its commit where it can, and an empty text is none', (_, parameters) => {
    const pipeline = {id: ID, number: 1, state: 'created', trigger_parameters: parameters}
    const built = {branch: 'x', tag: undefined, revision: SHA}
    expect(decodePipeline(pipeline)).toMatchObject(built)
    const vcs = {branch: '', tag: '', revision: ''}
    expect(decodePipeline({...pipeline, vcs})).toMatchObject(built)
  })

  it('bears whatever is missing or null that no verdict rests on', () => {
    const bare = {
      id: ID,
      number: 1,
      state: 'created',
      projectSlug: '',
      createdAt: '',
      errors: [],
      warnings: [],
      triggerType: '',
      actorLogin: undefined,
      branch: undefined,
      tag: undefined,
      revision: undefined
    }
    expect(decodePipeline({id: ID, number: 1, state: 'created'})).toEqual(bare)
    const nulls = {errors: null, trigger: null, vcs: null, trigger_parameters: null}
    expect(decodePipeline({id: ID, number: '1', state: 'created', ...nulls})).toEqual(bare)
    const odd = {errors: [null, 'x'], trigger: 'api', vcs: [], trigger_parameters: {git: 'main'}}
    expect(decodePipeline({id: ID, number: 1, state: 'created', ...odd})).toEqual(bare)
  })

  it('shows errors without type or words as well', () => {
    const errors = [{message: 'x'}, {type: 'plan'}, {}]
    expect(decodePipeline({id: ID, number: 1, state: 'errored', errors}).errors).toEqual([
      {type: 'other', message: 'x'},
      {type: 'plan', message: ''},
      {type: 'other', message: ''}
    ])
  })

  it.each([
    [{number: 1, state: 'created'}, 'no "id"'],
    [{id: '', number: 1, state: 'created'}, 'no "id"'],
    [{id: ID, state: 'created'}, 'no "number"'],
    [{id: ID, number: 1}, 'no "state"'],
    [{id: ID, number: 1, state: null}, 'no "state"']
  ])('without what matters is none: %j', (json, problem) => {
    expect(() => decodePipeline(json)).toThrow(new ShapeError(`pipeline: ${problem}`))
  })
})

describe('a workflow', () => {
  it('is read from what CircleCI sends', () => {
    expect(
      decodeWorkflow({
        pipeline_id: 'p',
        canceled_by: 'someone',
        id: ID,
        auto_rerun_number: 1,
        name: 'build-and-test',
        project_slug: 'gh/acme/shop',
        errored_by: null,
        tag: 'setup',
        status: 'failed',
        started_by: 'dev',
        max_auto_reruns: 5,
        pipeline_number: 25,
        created_at: '2019-08-24T14:15:22Z',
        stopped_at: '2019-08-24T14:16:22Z'
      })
    ).toEqual({
      id: ID,
      name: 'build-and-test',
      pipelineNumber: 25,
      status: 'failed',
      createdAt: '2019-08-24T14:15:22Z',
      stoppedAt: '2019-08-24T14:16:22Z',
      setup: true,
      autoRerunNumber: 1,
      maxAutoReruns: 5
    })
  })

  it.each([[null], [undefined], [7], [{}]])('with the status %j has one we do not know', status => {
    expect(decodeWorkflow({id: ID, name: 'w', status})).toMatchObject({
      status: 'unknown',
      stoppedAt: undefined,
      setup: false,
      autoRerunNumber: 0,
      maxAutoReruns: 0
    })
  })

  it.each([['success '], ['SUCCESS'], ['queued'], ['']])('keeps the status %j as it is', status => {
    expect(decodeWorkflow({id: ID, name: 'w', status}).status).toBe(status)
  })

  it.each([[{name: 'w'}], [{id: ID}], [{id: null, name: 'w'}], [{id: ID, name: ''}]])(
    'without what matters is none: %j',
    json => {
      expect(() => decodeWorkflow({status: 'success', ...json})).toThrow(ShapeError)
    }
  )
})

describe('a job', () => {
  it('is read from what CircleCI sends for an approval', () => {
    expect(
      decodeJob({
        dependencies: ['a', 'b', null],
        id: ID,
        started_at: null,
        name: 'hold',
        approved_by: 'someone',
        project_slug: 'gh/acme/shop',
        status: 'on_hold',
        type: 'approval',
        stopped_at: null,
        approval_request_id: ID,
        requires: {a: ['success']}
      })
    ).toEqual({
      id: ID,
      name: 'hold',
      type: 'approval',
      status: 'on_hold',
      number: undefined,
      startedAt: undefined,
      stoppedAt: undefined,
      requires: {a: ['success']},
      dependencies: ['a', 'b'],
      approvalRequestId: ID
    })
  })

  it('bears whatever is missing', () => {
    expect(decodeJob({id: ID, name: 'j'})).toMatchObject({
      type: 'build',
      status: 'unknown',
      number: undefined,
      dependencies: []
    })
    expect(decodeJob({id: ID, name: 'j', job_number: 7, status: null})).toMatchObject({
      status: 'unknown',
      number: 7
    })
    expect(() => decodeJob({id: ID})).toThrow('job: no "name"')
    expect(() => decodeJob({name: 'j'})).toThrow('job: no "id"')
  })
})

describe('other objects', () => {
  it('a project', () => {
    expect(
      decodeProject({
        slug: 'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
        name: 'shop',
        id: ID,
        organization_name: 'acme',
        vcs_info: {
          vcs_url: '//circleci.com/ba77c3b2/7d1e',
          provider: 'CircleCI',
          default_branch: 'main'
        }
      })
    ).toEqual({
      id: ID,
      name: 'shop',
      provider: 'CircleCI'
    })
    expect(decodeProject({id: ID})).toMatchObject({
      provider: ''
    })
  })

  it('a pipeline definition', () => {
    expect(
      decodeDefinition({
        id: ID,
        name: 'build',
        description: 'x',
        created_at: '2025-01-01T00:00:00Z',
        config_source: {
          provider: 'github_app',
          repo: {full_name: 'acme/config', external_id: '1'},
          file_path: '.circleci/config.yml'
        },
        checkout_source: {provider: 'github_app', repo: {full_name: 'acme/shop'}}
      })
    ).toEqual({
      id: ID,
      name: 'build',
      configRepository: 'acme/config',
      checkoutRepository: 'acme/shop'
    })
    expect(decodeDefinition({id: ID})).toMatchObject({name: '', configRepository: undefined})
  })

  it('a user', () => {
    expect(decodeUser({avatar_url: null, id: ID, login: 'dev', name: 'Dev Eloper'})).toEqual({
      id: ID,
      login: 'dev',
      name: 'Dev Eloper'
    })
    expect(() => decodeUser({login: 'dev'})).toThrow('user: no "id"')
  })

  it('an artifact', () => {
    expect(decodeArtifact({path: 'a/b', node_index: 3, url: 'https://x/y'})).toEqual({
      path: 'a/b',
      nodeIndex: 3,
      url: 'https://x/y'
    })
    expect(decodeArtifact({path: 'a', url: 'u'}).nodeIndex).toBe(0)
    expect(() => decodeArtifact({path: 'a'})).toThrow('artifact: no "url"')
  })

  it('a test, whose time is a number or a text', () => {
    const test = {
      name: 'adds',
      classname: 'cart',
      file: 'test/cart.js',
      source: 'unknown',
      result: 'failure',
      run_time: '0.25',
      message: 'expected 1'
    }
    expect(decodeTest(test)).toEqual({
      name: 'adds',
      classname: 'cart',
      file: 'test/cart.js',
      result: 'failure',
      message: 'expected 1'
    })
    expect(decodeTest({...test, run_time: 0.5, message: null, file: null})).toMatchObject({
      message: undefined,
      file: undefined
    })
    expect(decodeTest({})).toMatchObject({name: '', classname: '', result: 'unknown'})
  })

  it('a run of Insights', () => {
    const run = {id: ID, branch: 'main', duration: 61, created_at: 't', status: 'success'}
    expect(decodeRun(run)).toEqual({
      id: ID,
      branch: 'main',
      duration: 61,
      status: 'success',
      createdAt: 't'
    })
    expect(decodeRun({duration: null, status: null})).toMatchObject({
      duration: undefined,
      status: undefined
    })
  })

  it.each([
    [
      'as it is sent',
      {
        flaky_tests: [
          {test_name: 'adds', classname: 'cart', job_name: 'test', file: 'a.js', times_flaked: 4}
        ],
        total_flaky_tests: 1
      }
    ],
    [
      'as it is documented',
      {
        'flaky-tests': [
          {
            'test-name': 'adds',
            classname: 'cart',
            'job-name': 'test',
            file: 'a.js',
            'times-flaked': 4
          }
        ],
        'total-flaky-tests': 1
      }
    ]
  ])('flaky tests, %s', (_, json) => {
    expect(decodeFlakyTests(json)).toEqual([
      {testName: 'adds', classname: 'cart', jobName: 'test', file: 'a.js'}
    ])
  })

  it('flaky tests of which little is known', () => {
    expect(decodeFlakyTests({})).toEqual([])
    expect(decodeFlakyTests({flaky_tests: null})).toEqual([])
    expect(decodeFlakyTests({flaky_tests: [null, {classname: null}]})).toEqual([
      {testName: '', classname: undefined, file: undefined, jobName: ''}
    ])
  })

  it('the steps of a job page', () => {
    const action = {
      index: 1,
      step: 101,
      name: 'npm test',
      status: 'failed',
      exit_code: 1,
      failed: true,
      has_output: true,
      output_url: 'https://s3/x?sig',
      bash_command: 'npm test',
      run_time_millis: 1000
    }
    const page = {steps: [{name: 'Tests', actions: [action]}, {name: 'Nothing'}, null]}
    expect(decodeSteps(page)).toEqual([
      {
        stepName: 'Tests',
        nodeIndex: 1,
        status: 'failed',
        failed: true,
        exitCode: 1,
        command: 'npm test',
        outputUrl: 'https://s3/x?sig',
        hasOutput: true
      }
    ])
    const nulls = {failed: null, exit_code: null, bash_command: null, has_output: null}
    expect(decodeSteps({steps: [{actions: [{...action, ...nulls}]}]})[0]).toMatchObject({
      stepName: '',
      failed: undefined,
      exitCode: undefined,
      command: undefined,
      hasOutput: true
    })
    expect(decodeSteps({steps: [{actions: [{}]}]})[0]?.hasOutput).toBe(false)
    const again = {...action, status: 'success', auto_rerun_number: 1}
    const tried = decodeSteps({steps: [{actions: [action, {...action, index: 2}, again]}]})
    expect(tried.map(({nodeIndex, status}) => `${nodeIndex} ${status}`)).toEqual([
      '1 success',
      '2 failed'
    ])
    expect(decodeSteps({})).toEqual([])
  })

  it.each([
    [
      'as replies spell it',
      {source: 'a', compiled: 'b', setup_config: 'c', compiled_setup_config: 'd'}
    ],
    [
      'as the document spells it',
      {source: 'a', compiled: 'b', 'setup-config': 'c', 'compiled-setup-config': 'd'}
    ]
  ])('a config with that of a setup workflow, %s', (_, json) => {
    expect(decodeConfig(json)).toEqual({
      source: 'a',
      setupSource: 'c',
      compiled: 'b',
      compiledSetup: 'd'
    })
  })

  it('a config that is not there yet', () => {
    expect(decodeConfig({})).toEqual({source: '', setupSource: '', compiled: '', compiledSetup: ''})
  })

  it('pipeline values, with names nobody should have chosen', () => {
    const json: Json = JSON.parse(
      '{"pipeline.number":7,"pipeline.parameters.x":true,"y":"z","n":null,"o":{},"__proto__":"p"}'
    )
    expect(Object.entries(decodeValues(json))).toEqual([
      ['pipeline.number', 7],
      ['pipeline.parameters.x', true],
      ['y', 'z'],
      ['__proto__', 'p']
    ])
  })
})

describe('anything at all', () => {
  const decoders = {
    decodeArtifact,
    decodeConfig,
    decodeDefinition,
    decodeFlakyTests,
    decodeJob,
    decodeJobSteps: (json: Json) => decodeJobSteps(json, '/jobs/j'),
    decodePipeline,
    decodeProject,
    decodeRun,
    decodeSteps,
    decodeTest,
    decodeUser,
    decodeValues,
    decodeWorkflow
  }

  it.each(Object.entries(decoders))('makes %s read it or refuse it, no more', (_, decode) => {
    const names = fc.constantFrom(
      'id',
      'name',
      'number',
      'state',
      'status',
      'vcs',
      'errors',
      'trigger',
      'steps',
      'actions',
      'data',
      'attributes',
      'parallel_executions',
      'stdout_bytes',
      'flaky_tests',
      'path',
      'url',
      '__proto__'
    )
    const {object} = fc.letrec(tie => {
      const list = fc.array(tie('object'), {maxLength: 2})
      const value = fc.oneof({maxDepth: 2}, fc.jsonValue({maxDepth: 1}), tie('object'), list)
      return {object: fc.dictionary(names, value, {maxKeys: 5})}
    })
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), object), json => {
        expect(outcomeOf(() => decode(json))).toBe('fine')
      })
    )
  })
})

function outcomeOf(action: () => unknown): unknown {
  try {
    action()
    return 'fine'
  } catch (error) {
    return error instanceof ShapeError ? 'fine' : error
  }
}
