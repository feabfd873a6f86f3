import {describe, expect, it} from '@jest/globals'

import {
  scenarios,
  startSimulator,
  type JobSpec,
  type PipelineSpec,
  type Scenario,
  type Simulator,
  type StrangerRequest
} from '../../simulator/index.ts'
import type {FakeClock} from '../support/fake-clock.ts'
import {aPush, tell, verdictOf, type StoryOptions, type Told} from '../support/story.ts'

const COMMIT = 'c0ffee00'.repeat(5)
const OTHER = 'd00dfeed'.repeat(5)

/** A pipeline of one workflow with one job. */
function pipeline(job: Partial<JobSpec> = {}, workflow = 'build'): PipelineSpec {
  return {workflows: [{name: workflow, jobs: [{name: 'compile', run: 1, ...job}]}]}
}
const GREEN = pipeline()
const RED = pipeline({outcome: 'failed'})
const EMPTY: PipelineSpec = {workflows: []}
const CANCELED: PipelineSpec = {
  workflows: [
    {name: 'build', jobs: [{name: 'compile', run: 60}], canceled: {after: 2, by: 'octo-dev'}}
  ]
}

interface Started extends StrangerRequest {
  /** Seconds after the step began. */
  readonly after?: number
}

/** A project in which these pipelines appear: of the commit, unless they say otherwise. */
function appearing(
  pipelines: readonly Started[],
  scenario: Scenario = scenarios.passing,
  more: (simulator: Simulator) => void = () => undefined
) {
  return async (clock: FakeClock): Promise<Simulator> => {
    const simulator = await startSimulator({clock, scenario})
    const now = clock.now()
    for (const {after = 0, ...request} of pipelines) {
      const createdAt = now + after * 1000
      simulator.startPipeline({revision: COMMIT, pipeline: GREEN, createdAt, ...request})
    }
    more(simulator)
    return simulator
  }
}

/** What is taken when the step is about a push of the commit to main. */
async function take(
  pipelines: readonly Started[],
  {inputs, ...options}: StoryOptions = {},
  scenario?: Scenario
): Promise<Told> {
  return tell(appearing(pipelines, scenario), {
    event: aPush({headSha: COMMIT}),
    inputs: {pipeline: {kind: 'commit'}, ...inputs},
    ...options
  })
}

function numbersOf({result}: Told): readonly (number | undefined)[] {
  return result.pipelines.map(one => one.pipeline?.number)
}

describe('the pipelines of a commit', () => {
  it.each([0, 1, 9, 11])('are all waited for when they appear %d s apart', async after => {
    const told = await take([{}, {after, pipeline: RED}])
    expect(numbersOf(told)).toEqual([101, 102])
    expect(verdictOf(told.result)).toBe('failure workflow-failed fails')
    expect(told.result.pipeline?.number).toBe(102)
    expect(told.result.verdict?.message).toContain('Pipeline #102: Workflow "build" failed')
    expect(told.lines.filter(line => line.includes('Attached to'))).toHaveLength(2)
  })

  it('are not judged before fifteen seconds, nor ten after the newest', async () => {
    const alone = await take([{}])
    expect(alone.result.finishedAt - alone.result.startedAt).toBeGreaterThanOrEqual(15_000)
    const late = await take([{after: 30}])
    expect(late.result.finishedAt - late.result.startedAt).toBeGreaterThanOrEqual(40_000)
    expect(late.result.finishedAt - late.result.startedAt).toBeLessThan(50_000)
  })

  it('grow as long as the wait lasts: the last listing may find one more', async () => {
    const told = await take([{pipeline: pipeline({run: 100})}, {after: 90, pipeline: RED}])
    expect(numbersOf(told)).toEqual([101, 102])
    expect(verdictOf(told.result)).toBe('failure workflow-failed fails')
  })

  it('of OAuth and the App are read as one, by what each tells of its commit', async () => {
    const {result, lines} = await tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: 'oauth-and-app'})
        simulator.push({revision: COMMIT})
        return simulator
      },
      {event: aPush({headSha: COMMIT}), inputs: {pipeline: {kind: 'commit'}}}
    )
    expect(verdictOf(result)).toBe('success - passes')
    expect(result.pipelines).toHaveLength(2)
    expect(result.verdict?.message).toBe('Pipelines #101 and #102 succeeded.')
    expect(lines.join('\n')).toMatch(/Attached to pipeline #101: http.*\n(.*\n)*.*#102: http/)
  })

  it.each([
    ['an App project', scenarios['github-app'], 'webhook'],
    ['GitLab', scenarios.gitlab, 'gitlab'],
    ['a newer type of trigger', scenarios['github-app'], 'Decoupled Ingestion System'],
    ['no type that is told', scenarios.passing, '']
  ])('are found in %s', async (_, scenario, trigger) => {
    const told = await tell(appearing([{trigger}, {trigger: 'api'}], scenario), {
      event: aPush({headSha: COMMIT, repository: undefined}),
      inputs: {pipeline: {kind: 'commit'}}
    })
    expect(numbersOf(told)).toEqual([101])
    expect(verdictOf(told.result)).toBe('success - passes')
  })

  it.each([
    ['a tag of the same commit', {ref: {tag: 'v1'}}],
    ['a branch cut at the same commit', {ref: {branch: 'release'}}],
    ['another commit', {revision: OTHER}],
    ['the API', {trigger: 'api'}],
    ['a schedule', {trigger: 'scheduled_pipeline'}],
    ['nobody knows whom', {trigger: 'explicit'}],
    ['a custom webhook', {values: {'pipeline.event.name': 'custom_webhook'}}],
    ['a schedule that only the values tell', {values: {'pipeline.trigger.type': 'schedule'}}]
  ])('are not those of %s', async (_, other) => {
    const told = await take([{...other, pipeline: RED}, {}, {...other, pipeline: RED, after: 1}])
    expect(numbersOf(told)).toEqual([102])
    expect(verdictOf(told.result)).toBe('success - passes')
    const alone = await take([{...other}])
    expect(verdictOf(alone.result)).toBe('failure not-found fails')
  })

  it('may tell their commit or their ref late', async () => {
    const untold = {vcs: {provider_name: 'GitHub', revision: null}}
    const told = await tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: 'passing'})
        const fields: Record<string, unknown> = {...untold}
        simulator.startPipeline({revision: COMMIT, pipeline: GREEN})
        simulator.startPipeline({revision: COMMIT, pipeline: RED, fields})
        clock.alarm(8_000, () => {
          fields['vcs'] = {revision: COMMIT, branch: 'main'}
        })
        return simulator
      },
      {event: aPush({headSha: COMMIT}), inputs: {pipeline: {kind: 'commit'}}}
    )
    expect(numbersOf(told)).toEqual([101, 102])
    expect(verdictOf(told.result)).toBe('failure workflow-failed fails')
  })

  it('that tell no ref are taken, until they tell another', async () => {
    const told = await tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: 'passing'})
        const fields: Record<string, unknown> = {vcs: {revision: COMMIT}}
        const values = {'pipeline.git.branch': '', 'pipeline.git.tag': ''}
        simulator.startPipeline({revision: COMMIT, pipeline: pipeline({run: 30})})
        simulator.startPipeline({revision: COMMIT, pipeline: RED, fields, values})
        clock.alarm(8_000, () => {
          fields['vcs'] = {revision: COMMIT, tag: 'v1'}
        })
        return simulator
      },
      {event: aPush({headSha: COMMIT}), inputs: {pipeline: {kind: 'commit'}}}
    )
    expect(told.lines.join('\n')).toContain('Attached to pipeline #102')
    expect(numbersOf(told)).toEqual([101])
    expect(verdictOf(told.result)).toBe('success - passes')
    expect(told.lines.join('\n')).toContain('of commit c0ffee0 is not taken (tag v1).')
  })

  it('never include the one that the step runs in', async () => {
    let own = ''
    const simulator = appearing([{pipeline: RED}, {}], scenarios.passing, ({pipelines}) => {
      own = pipelines()[0]?.id ?? ''
    })
    const event = {
      ...aPush({headSha: COMMIT}),
      get ownPipeline() {
        return own
      }
    }
    const told = await tell(simulator, {event, inputs: {pipeline: {kind: 'commit'}}})
    expect(numbersOf(told)).toEqual([102])
  })
})

describe('the ref whose pipelines of a commit are taken', () => {
  const refs = [{ref: {branch: 'main'}}, {ref: {branch: 'develop'}}, {ref: {tag: 'v1'}}]
  const commit = (revision?: string) =>
    ({kind: 'commit', ...(revision === undefined ? {} : {revision})}) as const

  it.each([
    ["the event's", {pipeline: commit()}, [101]],
    ["the event's, with its commit's SHA", {pipeline: commit(COMMIT)}, [101]],
    ['the given branch', {pipeline: commit(), branch: 'develop'}, [102]],
    ['the given tag', {pipeline: commit(COMMIT), tag: 'v1'}, [103]]
  ])('is %s', async (_, inputs, numbers) => {
    expect(numbersOf(await take(refs, {inputs}))).toEqual(numbers)
  })

  it('is any when the commit is not that of the event', async () => {
    const told = await take(refs, {
      event: aPush({headSha: OTHER}),
      inputs: {pipeline: commit(COMMIT)}
    })
    expect(numbersOf(told)).toEqual([101, 102, 103])
    expect(told.result.subject).toBe('other')
  })

  it.each([
    ['pull/7', 'pull/7'],
    ['pull/7/head', 'pull/7/head'],
    ['feature', 'the head branch']
  ])('of a pull request is its head: %s', async branch => {
    const event = aPush({headSha: COMMIT, eventName: 'pull_request', ref: 'refs/pull/7/merge'})
    const pullRequest = {
      number: 7,
      headRef: 'feature',
      headSha: COMMIT,
      headRepository: 'acme/shop',
      closed: undefined
    }
    const told = await take([{ref: {branch}}, {pipeline: RED}], {
      event: {...event, payload: {...event.payload, ref: undefined, pullRequest}}
    })
    expect(numbersOf(told)).toEqual([101])
  })

  it('is asked for where the event has none', async () => {
    const event = aPush({headSha: COMMIT, eventName: 'repository_dispatch'})
    const {result, simulator} = await take(refs, {event})
    expect(verdictOf(result)).toBe('failure input fails')
    expect(result.verdict?.message).toMatch(/^Input "branch" is needed: /)
    expect(simulator.requests).toEqual([])
  })

  it('of a tag that ran nothing names what its branch ran', async () => {
    const told = await take([{}, {ref: {tag: 'v1'}, pipeline: EMPTY}], {inputs: {tag: 'v1'}})
    expect(verdictOf(told.result)).toBe('skipped no-workflows fails')
    expect(told.result.verdict?.message).toMatch(
      /Branch "main" has pipeline #101 of this commit: http/
    )
  })
})

describe('the verdict of the pipelines of a commit', () => {
  it.each([
    ['green beside a red twin', [GREEN, RED], 'failure workflow-failed fails', 102],
    ['red beside a green twin', [RED, GREEN], 'failure workflow-failed fails', 101],
    ['one that ran nothing', [EMPTY, GREEN], 'success - passes', 102],
    ['none that ran', [EMPTY, EMPTY], 'skipped no-workflows fails', 101],
    ['an older canceled one', [CANCELED, GREEN], 'success - passes', 102],
    ['a newer canceled one', [GREEN, CANCELED], 'cancelled canceled fails', 102],
    ['a canceled one beside nothing', [CANCELED, EMPTY], 'cancelled superseded fails', 101]
  ] as const)('%s', async (_, pipelines, verdict, deciding) => {
    const {result} = await take(pipelines.map(one => ({pipeline: one})))
    expect(verdictOf(result)).toBe(verdict)
    expect(result.pipeline?.number).toBe(deciding)
    expect(result.pipelines).toHaveLength(2)
  })

  it('counts an older canceled one of another definition', async () => {
    const told = await take(
      [
        {definition: 'nightly', pipeline: CANCELED},
        {definition: 'build', pipeline: GREEN}
      ],
      {event: aPush({headSha: COMMIT, repository: undefined})},
      scenarios['github-app-definitions']
    )
    expect(verdictOf(told.result)).toBe('cancelled superseded fails')
  })

  it('passes over an older canceled one of untold definition for another untold', async () => {
    const told = await take(
      [{pipeline: CANCELED}, {}],
      {},
      {...scenarios.passing, behaviour: {values: 'refused'}}
    )
    expect(verdictOf(told.result)).toBe('success - passes')
    expect(told.result.verdict?.message).toContain(
      'Pipeline #101 was canceled and does not count beside the newer #102.'
    )
  })

  it('matches `workflows` over all of them', async () => {
    const two = [{pipeline: pipeline({}, 'build')}, {pipeline: pipeline({}, 'deploy')}]
    const both = await take(two, {inputs: {workflows: ['build', 'deploy']}})
    expect(verdictOf(both.result)).toBe('success - passes')
    const one = await take(
      [{pipeline: pipeline({outcome: 'failed'}, 'build')}, {pipeline: pipeline({}, 'deploy')}],
      {inputs: {workflows: ['deploy']}}
    )
    expect(verdictOf(one.result)).toBe('success - passes')
    const typo = await take(two, {inputs: {workflows: ['build', 'dploy']}})
    expect(verdictOf(typo.result)).toBe('failure input fails')
    expect(typo.result.verdict?.message).toContain('"dploy" matches no workflow')
  })

  it('approves in all of them', async () => {
    const hold: PipelineSpec = {
      workflows: [
        {
          name: 'release',
          jobs: [
            {name: 'hold', type: 'approval'},
            {name: 'publish', run: 1, requires: ['hold']}
          ]
        }
      ]
    }
    const {result} = await take([{pipeline: hold}, {pipeline: hold, after: 3}], {
      inputs: {approve: ['hold']}
    })
    expect(verdictOf(result)).toBe('success - passes')
  })

  it('ends early with fail-fast, once the set is settled, and leaves the rest running', async () => {
    const told = await take([{pipeline: RED}, {pipeline: pipeline({run: 600})}], {
      inputs: {failFast: true}
    })
    expect(verdictOf(told.result)).toBe('failure workflow-failed fails')
    expect(told.result.verdict?.message).toMatch(/Pipeline #102 is left running: http/)
    expect(told.result.finishedAt - told.result.startedAt).toBeLessThan(30_000)
    expect(told.result.pipelines[1]?.verdict).toBeUndefined()
  })

  it('is a timeout that cancels nothing', async () => {
    const told = await take([{}, {pipeline: pipeline({run: 600})}], {inputs: {timeoutSeconds: 60}})
    expect(verdictOf(told.result)).toBe('timed_out timeout fails')
    expect(told.result.pipelines.map(one => one.verdict?.conclusion)).toEqual([
      'success',
      'timed_out'
    ])
    expect(told.simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
    expect(told.lines.join('\n')).toMatch(/#102 is left running, because this step did not start/)
  })
})

describe('a step about the pipelines of a commit', () => {
  it('leaves them all running when GitHub cancels it', async () => {
    const told = await take([{pipeline: pipeline({run: 600})}, {pipeline: pipeline({run: 600})}], {
      onPoll: (_, story) => {
        if (story.polls > 4) story.cancel.abort()
      }
    })
    expect(verdictOf(told.result)).toBe('cancelled github-cancelled fails')
    expect(told.simulator.requests.filter(({method}) => method === 'POST')).toEqual([])
    for (const number of [101, 102]) {
      expect(told.lines.join('\n')).toContain(`Pipeline #${number} is left running, because this`)
    }
  })

  it('without `wait` needs the time to be certain that there are no others', async () => {
    const inputs = {wait: false, timeoutSeconds: 10}
    const {result} = await take([{}], {inputs})
    expect(verdictOf(result)).toBe('timed_out timeout fails')
    expect(result.verdict?.message).toContain('started no pipeline for commit')
    expect(result.verdict?.message).toContain('but #101')
  })

  it('without `wait` tells what there is of all of them', async () => {
    const {result} = await take([{}, {after: 11}], {inputs: {wait: false}})
    expect(result.verdict).toBeUndefined()
    expect(result.pipelines.map(({workflows}) => workflows.length)).toEqual([1, 1])
  })

  it('does without values that cannot be read', async () => {
    const told = await tell(
      appearing([{}, {pipeline: RED}], scenarios.passing, ({faults}) => {
        faults.add({kind: 'status', status: 503, path: '/pipeline/*/values'})
      }),
      {event: aPush({headSha: COMMIT}), inputs: {pipeline: {kind: 'commit'}}}
    )
    expect(verdictOf(told.result)).toBe('failure workflow-failed fails')
  })

  it('bears a list that fails for some minutes', async () => {
    const told = await tell(
      appearing([{after: 260}], scenarios.passing, ({faults}) => {
        faults.add({kind: 'status', status: 503, path: '/project/*/*/*/pipeline', lasts: 200})
      }),
      {event: aPush({headSha: COMMIT}), inputs: {pipeline: {kind: 'commit'}}}
    )
    expect(verdictOf(told.result)).toBe('success - passes')
  })
})

describe('`definition` narrows the pipelines of a commit', () => {
  const scenario = scenarios['github-app-definitions']
  const event = aPush({headSha: COMMIT, repository: undefined})
  const both = [
    {definition: 'build', pipeline: RED},
    {definition: 'nightly', pipeline: GREEN}
  ]

  it('by its name or its id', async () => {
    const byName = await take(both, {event, inputs: {definition: 'nightly'}}, scenario)
    expect(numbersOf(byName)).toEqual([102])
    expect(verdictOf(byName.result)).toBe('success - passes')
    const started = byName.simulator
    expect(started.requests.some(({path}) => path.endsWith('/values'))).toBe(true)
  })

  it('is not found where CircleCI does not tell it, green or not', async () => {
    const {result, lines} = await take(
      both,
      {event, inputs: {definition: 'nightly'}},
      {...scenario, behaviour: {valuesWithout: ['pipeline.definition.id', 'pipeline.name']}}
    )
    expect(verdictOf(result)).toBe('failure not-found fails')
    expect(result.verdict?.message).toContain(
      'CircleCI does not say which definition made #101, #102: leave "definition" out, or name the pipeline'
    )
    expect(lines.join('\n')).not.toContain('Attached')
  })

  it('is not found where all were made by another', async () => {
    const told = await take(both.slice(0, 1), {event, inputs: {definition: 'nightly'}}, scenario)
    expect(verdictOf(told.result)).toBe('failure not-found fails')
    expect(told.result.verdict?.message).toContain('#101 (definition "build")')
  })
})

describe('lines of `jobs` and `approve` with the pipelines of a commit', () => {
  const preview: PipelineSpec = {
    workflows: [
      {
        name: 'preview',
        jobs: [
          {name: 'hold', type: 'approval'},
          {name: 'deploy', requires: ['hold'], run: 10},
          {name: 'e2e', run: 600}
        ]
      }
    ]
  }
  const slow = pipeline({run: 600})

  it('match over all of them, and one that has none of the jobs does not decide', async () => {
    const told = await take([{pipeline: slow}, {after: 5, pipeline: preview}], {
      inputs: {jobs: ['deploy'], approve: ['hold']}
    })
    expect(verdictOf(told.result)).toBe('success - passes')
    expect(told.result.pipeline?.number).toBe(102)
    expect(told.result.finishedAt - told.result.startedAt).toBeLessThan(90_000)
    expect(told.lines.filter(line => line.startsWith('warning'))).toEqual([])
  })

  it('are an error when none of them has the job', async () => {
    const told = await take([{}, {after: 5}], {inputs: {jobs: ['deploy']}})
    expect(verdictOf(told.result)).toBe('failure input fails')
  })

  it('let the step end without a verdict once all is approved', async () => {
    const told = await take([{pipeline: slow}, {after: 5, pipeline: preview}], {
      inputs: {wait: false, approve: ['hold']}
    })
    expect(verdictOf(told.result)).toBe('none')
    expect(told.result.finishedAt - told.result.startedAt).toBeLessThan(60_000)
    expect(told.simulator.running()).toHaveLength(2)
    expect(told.lines).toContain('info: Everything that "approve" lists is approved.')
  })

  it('are an error when no pipeline has the approval job', async () => {
    const told = await take([{}, {after: 5}], {inputs: {wait: false, approve: ['hold']}})
    expect(verdictOf(told.result)).toBe('failure input fails')
  })
})
