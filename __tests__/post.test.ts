import {afterEach, beforeEach, describe, expect, it, jest} from '@jest/globals'

import {post} from '../src/post.ts'
import {startFakeGitHub, type FakeGitHub} from './support/fake-github.ts'

const SHA = 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'
const pipeline = {id: '11111111-2222-4333-8444-555555555555', number: 7, slug: 'gh/acme/shop'}
const environment = process.env
let github: FakeGitHub
let printed: string

beforeEach(async () => {
  github = await startFakeGitHub()
  printed = ''
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed += String(text)
    return true
  })
})

afterEach(async () => {
  process.env = environment
  await github.close()
})

/** Runs the post step of a step with a commit status, whose pipeline is to be left on cancel. */
async function postAfter(state: object, inputs: Record<string, string> = {}) {
  process.env = {
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_SHA: SHA,
    INPUT_TOKEN: 'CCIPAT_x',
    INPUT_WAIT: 'true',
    'INPUT_ON-CANCEL': 'leave',
    'INPUT_GITHUB-TOKEN': github.token,
    'INPUT_COMMIT-STATUS': 'CircleCI',
    STATE_left: JSON.stringify(state),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value]))
  }
  await post()
}

describe('post', () => {
  it('ends the commit status of a killed step, and says what is left running', async () => {
    await postAfter({pipelines: [pipeline], statusSha: SHA})
    expect(github.statuses).toMatchObject([
      {
        sha: SHA,
        state: 'error',
        target_url: 'https://app.circleci.com/pipelines/github/acme/shop/7'
      }
    ])
    expect(printed).toContain(
      '::notice::Pipeline #7 is left running, because "on-cancel" is "leave": https://app.circleci.com/pipelines/github/acme/shop/7'
    )
  })

  it.each([
    {name: 'a step that left nothing', state: {}},
    {name: 'state that another step wrote', state: {pipelines: [{...pipeline, id: '../x'}]}}
  ])('cancels nothing after $name', async ({state}) => {
    await postAfter(state, {'ON-CANCEL': 'cancel'})
    expect(printed).not.toMatch(/ancel/)
    expect(github.requests).toEqual([])
  })

  it('leaves wrong inputs to the main step, which has said what is wrong', async () => {
    await postAfter({pipelines: [pipeline], statusSha: SHA}, {TIMEOUT: 'soon'})
    expect(printed).not.toContain('soon')
    expect(github.requests).toEqual([])
  })
})
