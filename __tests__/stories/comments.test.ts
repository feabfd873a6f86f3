import {afterEach, describe, expect, it} from '@jest/globals'
import type {Simulator, SimulatorOptions} from '../../simulator/index.ts'
import {
  job,
  said,
  scenario,
  triggers,
  verdictOf,
  workflow,
  type Act,
  type Played
} from '../dist/stage.ts'
import {FORK, HEAD, pull, PUSHED, REPOSITORY} from '../support/events.ts'
import {
  startFakeGitHub,
  type FakeGitHub,
  type FakeGitHubOptions,
  type FakeHead
} from '../support/fake-github.ts'
import {play} from '../support/step.ts'

const comment = {
  name: 'issue_comment',
  payload: {issue: {number: 12, pull_request: {}}, comment: {id: 1, body: '/test'}}
}
const review = {
  name: 'pull_request_review',
  payload: {
    number: 12,
    pull_request: {
      ...pull(),
      head: {ref: 'feature/cart', sha: PUSHED, repo: {full_name: REPOSITORY}}
    },
    review: {state: 'approved', commit_id: HEAD}
  }
}
const ours: FakeHead = {sha: HEAD, ref: 'feature/cart', repo: {full_name: REPOSITORY}}
const theirs: FakeHead = {sha: HEAD, ref: 'main', repo: {full_name: FORK}}

let github: FakeGitHub | undefined

afterEach(async () => {
  await github?.close()
})

/** Plays a step beside a GitHub, with the pipelines that CircleCI started for these commits. */
async function meet(
  act: Act,
  options: FakeGitHubOptions = {},
  built: readonly {readonly branch: string; readonly revision: string}[] = [
    {branch: 'feature/cart', revision: PUSHED},
    {branch: 'feature/cart', revision: HEAD}
  ],
  simulator: SimulatorOptions = {scenario: scenario([workflow('build')])}
): Promise<Played> {
  github = await startFakeGitHub({heads: {12: ours}, ...options})
  return play({
    event: comment,
    simulator,
    githubToken: github.token,
    ...act,
    env: {GITHUB_API_URL: github.url, ...act.env},
    inputs: {pipeline: 'commit', ...act.inputs},
    before: started => {
      for (const {branch, revision} of built) started.startPipeline({ref: {branch}, revision})
      return undefined
    }
  })
}

/** What the step asked of CircleCI that a look does not need. */
function changes({requests}: Pick<Simulator, 'requests'>): string[] {
  return requests.filter(({method}) => method !== 'GET').map(({path}) => path)
}

describe('pipeline: commit on a comment', () => {
  it('takes the pipeline of the head that GitHub tells, and says which commit it is', async () => {
    const {step, simulator} = await meet({})
    expect(verdictOf(step)).toBe('0 success')
    expect(step.outputs['pipeline-number']).toBe('102')
    expect(step.printed).toContain(
      `Pull request #12, commented on, is at commit ${HEAD} of branch feature/cart.`
    )
    expect(triggers(simulator)).toEqual([])
    expect(github?.requests.map(({path}) => path)).toEqual(['/repos/acme/shop/pulls/12'])
  })

  it.each([
    {name: 'a fork', head: theirs, says: `pull/12, from ${FORK}`},
    {
      name: 'a fork that is gone',
      head: {...theirs, repo: null},
      says: 'pull/12, from a repository that is gone'
    }
  ])('takes that of pull/12 when the head lives in $name', async ({head, says}) => {
    const built = [{branch: 'pull/12', revision: HEAD}]
    const {step} = await meet({}, {heads: {12: head}}, built)
    expect(verdictOf(step)).toBe('0 success')
    expect(step.printed).toContain(`is at commit ${HEAD} of ${says}.`)
  })

  it('sets the status on that commit, and asks for it once', async () => {
    await meet({inputs: {'commit-status': 'ci'}})
    expect(new Set(github?.statuses.map(({sha}) => sha))).toEqual(new Set([HEAD]))
    expect(github?.statuses.at(-1)?.state).toBe('success')
    expect(github?.requests.filter(({method}) => method === 'GET')).toHaveLength(1)
  })

  it('asks GitHub nothing when the commit is given', async () => {
    const {step} = await meet({inputs: {pipeline: PUSHED}})
    expect(step.outputs['pipeline-number']).toBe('101')
    expect(github?.requests).toEqual([])
  })

  it('bears a GitHub that is down for a while', async () => {
    let left = 5
    const {step} = await meet(
      {},
      {fault: () => ((left -= 1) < 0 ? undefined : {kind: 'answer', status: 502})}
    )
    expect(verdictOf(step)).toBe('0 success')
  })

  it.each<{name: string; act?: Act; github?: FakeGitHubOptions; ends: string; says: RegExp}>([
    {
      name: 'no token',
      act: {inputs: {'github-token': ''}},
      ends: '1 failure input',
      says: /^Input "github-token" is empty, and "pipeline: commit" on a comment needs it to read the head of pull request #12: leave/
    },
    {
      name: 'a token that may not read it',
      github: {heads: {}},
      ends: '1 failure input',
      says: /GitHub answered 404: Not Found\. The job needs "permissions: pull-requests: read"\.$/
    },
    {
      name: 'another token',
      act: {githubToken: 'ghs_other'},
      ends: '1 failure input',
      says: /^Input "github-token" did not help: .* GitHub answered 401: Bad credentials\.$/
    },
    {
      name: 'a GitHub that is down',
      github: {fault: () => ({kind: 'answer', status: 503})},
      ends: '1 failure api-unavailable',
      says: /^The head of pull request #12 could not be read: GitHub answered 503\. Nothing was triggered; run/
    }
  ])('asks CircleCI for nothing with $name', async ({act = {}, github: options, ends, says}) => {
    const {step, simulator} = await meet(act, options)
    expect(verdictOf(step)).toBe(ends)
    expect(said(step, 'error')).toMatch(says)
    expect(simulator.requests).toEqual([])
  })
})

describe('approve after a review or a comment', () => {
  const approve = {approve: 'hold', wait: 'true'}
  const held: SimulatorOptions = {
    scenario: scenario([
      workflow('deploy', [{name: 'hold', type: 'approval'}, job('ship', {requires: ['hold']})])
    ])
  }

  it.each([
    {name: 'the reviewed commit, though the branch has moved', event: review, pipeline: 'commit'},
    {name: 'a commit after a review', event: review, pipeline: HEAD},
    {name: 'a commit after a comment', event: comment, pipeline: HEAD},
    {name: 'a number after a review', event: review, pipeline: '102'},
    {name: 'a number after a comment', event: comment, pipeline: '102'}
  ])('approves the pipeline of $name', async ({event, pipeline}) => {
    const {step, simulator} = await meet(
      {event, inputs: {...approve, pipeline}},
      {},
      undefined,
      held
    )
    expect(verdictOf(step)).toBe('0 success')
    expect(step.outputs['pipeline-number']).toBe('102')
    expect(changes(simulator)).toEqual([expect.stringContaining('/approve/')])
    const [moved] = simulator.pipelines()
    expect(moved?.workflows).toMatchObject([{status: 'on_hold'}])
  })

  it.each([
    {
      event: review,
      pipeline: 'new',
      says: /not as it was reviewed\. Set "pipeline" to "commit", which takes/
    },
    {
      event: comment,
      pipeline: 'new',
      says: /a comment does not say which commit its author looked at/
    },
    {
      event: comment,
      pipeline: 'commit',
      says: /^Input "pipeline" is "commit", and a comment .*full SHA, or/
    },
    {
      event: {...review, payload: {...review.payload, review: {commit_id: null}}},
      pipeline: 'commit',
      says: /does not say which commit was reviewed: give/
    }
  ])('refuses $pipeline on $event.name', async ({event, pipeline, says}) => {
    const {step, simulator} = await meet(
      {event, inputs: {...approve, pipeline}},
      {},
      undefined,
      held
    )
    expect(verdictOf(step)).toBe('1 failure input')
    expect(said(step, 'error')).toMatch(says)
    expect(simulator.requests).toEqual([])
  })

  it('takes the head after a review when nothing is approved', async () => {
    const {step} = await meet({event: review})
    expect(step.outputs['pipeline-number']).toBe('101')
  })
})
