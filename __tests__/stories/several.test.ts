import {describe, expect, it} from '@jest/globals'

import type {Inputs, NamedPipeline} from '../../src/runner/inputs.ts'
import {scenarios, startSimulator, type SimulatorOptions} from '../../simulator/index.ts'
import {
  aPush,
  someInputs,
  tell,
  verdictOf,
  type Story,
  type StoryOptions
} from '../support/story.ts'

type Differences = Partial<Omit<NamedPipeline, 'name'>>

/** Tells the story of a step with these entries, all of the simulator's one project. */
function tellSeveral(
  entries: Readonly<Record<string, Differences>>,
  inputs: Partial<Inputs> = {},
  world: SimulatorOptions = {scenario: 'passing'},
  options: StoryOptions & {readonly begin?: (story: Story) => void} = {}
) {
  const base = {...someInputs({url: '', token: '', slug: ''}), slug: undefined}
  const pipelines = Object.entries(entries).map(([name, own]) => ({
    ...base,
    ...inputs,
    ...own,
    name
  }))
  return tell(world, {...options, inputs: {...inputs, pipelines}}, options.begin)
}

const quick = {name: 'quick', jobs: [{name: 'quick', run: 2}]}

const posts = ({simulator}: Story): readonly string[] =>
  simulator.requests.filter(({method}) => method === 'POST').map(({path}) => path)

describe('several pipelines in one step', () => {
  it('are triggered in their order, waited for together, and have one verdict', async () => {
    const told = await tellSeveral({api: {}, web: {}, docs: {workflows: ['docs']}})
    const {result} = told
    expect(verdictOf(result)).toBe('success - passes')
    expect(posts(told)).toHaveLength(3)
    expect(result.pipelines.map(({name, pipeline}) => [name, pipeline?.number])).toEqual([
      ['api', 101],
      ['web', 102],
      ['docs', 103]
    ])
    expect(result.verdict?.message).toBe('All 3 pipelines passed.')
  })

  it('none at all is skipped', async () => {
    const {result} = await tellSeveral({})
    expect(verdictOf(result)).toBe('skipped no-pipeline fails')
    const passing = await tellSeveral({}, {onNoWorkflows: 'succeed', wait: false})
    expect(verdictOf(passing.result)).toBe('skipped no-pipeline passes')
  })

  it('one refused trigger among five stops none of the others', async () => {
    const told = await tellSeveral(
      {a: {}, b: {}, c: {}, d: {}, e: {}},
      {},
      {
        scenario: 'passing',
        faults: [
          {
            method: 'POST',
            path: '/api/v2/project/**',
            kind: 'status',
            status: 400,
            body: '{"message":"Branch not found"}',
            nth: 3
          }
        ]
      }
    )
    expect(verdictOf(told.result)).toBe('failure rejected fails')
    expect(told.result.verdict?.message).toMatch(
      /^1 of 5 pipelines did not pass\. "c": .*Branch not found/
    )
    expect(told.result.pipelines.map(({verdict}) => verdict?.conclusion)).toEqual([
      'success',
      'success',
      'failure',
      'success',
      'success'
    ])
  })

  it('with fail-fast a refused trigger is the last', async () => {
    const told = await tellSeveral(
      {a: {}, b: {}, c: {}},
      {failFast: true},
      {
        scenario: 'passing',
        faults: [
          {
            method: 'POST',
            path: '/api/v2/project/**',
            kind: 'status',
            status: 400,
            body: '{"message":"Branch not found"}',
            nth: 2
          }
        ]
      }
    )
    expect(verdictOf(told.result)).toBe('failure rejected fails')
    expect(posts(told)).toHaveLength(2)
    expect(told.result.pipelines.map(({verdict}) => verdict?.conclusion)).toEqual([
      'success',
      'failure',
      undefined
    ])
  })

  it('nothing is sent when one of them turns out to be wrong', async () => {
    const told = await tellSeveral(
      {a: {definition: 'nightly'}, b: {definition: 'nothing'}},
      {},
      {scenario: 'github-app-definitions'}
    )
    expect(verdictOf(told.result)).toBe('failure input fails')
    expect(told.result.verdict?.message).toMatch(
      /Input "pipelines", entry "b": "definition" names "nothing"/
    )
    expect(posts(told)).toEqual([])
  })

  it('cancelled in the middle of triggering: what was triggered is cancelled, the rest is not sent', async () => {
    const told = await tellSeveral(
      {a: {}, b: {}, c: {}, d: {}},
      {},
      {scenario: 'slow'},
      {
        onPipeline: ({number}, {cancel}) => {
          if (number === 102) cancel.abort()
        }
      }
    )
    expect(verdictOf(told.result)).toBe('cancelled github-cancelled fails')
    const sent = posts(told)
    expect(sent.filter(path => path.endsWith('/pipeline'))).toHaveLength(2)
    expect(told.simulator.pipelines().map(({number}) => number)).toEqual([101, 102])
    expect(told.result.pipelines.map(({verdict}) => verdict?.reason)).toEqual(
      Array(4).fill('github-cancelled')
    )
  })

  it('a timeout with two done and one running cancels that one only', async () => {
    const told = await tellSeveral(
      {a: {workflows: ['quick']}, b: {workflows: ['quick']}, c: {}},
      {timeoutSeconds: 60},
      {
        scenario: {
          ...scenarios.passing,
          pipeline: {workflows: [quick, {...quick, name: 'long', jobs: [{name: 'long', run: 600}]}]}
        }
      }
    )
    expect(verdictOf(told.result)).toBe('timed_out timeout fails')
    expect(told.result.verdict?.message).toMatch(/^1 of 3 pipelines did not pass\. "c": /)
    expect(told.result.pipelines.map(({verdict}) => verdict?.conclusion)).toEqual([
      'success',
      'success',
      'timed_out'
    ])
    const id = told.result.pipelines[2]?.workflows.map(workflow => workflow.id) ?? []
    const cancels = posts(told).filter(path => path.endsWith('/cancel'))
    expect(cancels.length).toBeGreaterThan(0)
    expect(cancels.every(path => id.some(one => path.includes(one)))).toBe(true)
  })

  it('a dry run shows the request of each and sends none', async () => {
    const told = await tellSeveral({a: {branch: 'main'}, b: {branch: 'next'}}, {dryRun: true})
    expect(verdictOf(told.result)).toBe('none')
    expect(posts(told)).toEqual([])
    const shown = told.lines.filter(
      line => line.startsWith('info: ') && line.includes('would trigger')
    )
    expect(shown.map(line => /^info: (\[.\]) .*branch (\w+)/.exec(line)?.slice(1))).toEqual([
      ['[a]', 'main'],
      ['[b]', 'next']
    ])
  })
})

describe('several pipelines in a job that is run again, with `on-rerun: from-failed`', () => {
  const revision = 'c0ffee0000000000000000000000000000000001'

  /** The second attempt of a run whose first one triggered pipelines of these branches, all of one commit. */
  const again = (branches: readonly string[], entries: Readonly<Record<string, Differences>>) => {
    const {flaky} = scenarios
    const project = {...flaky.project, parameters: {}, revisions: {main: revision, next: revision}}
    const pipelines = Object.entries(entries).map(([name, own]) => ({
      ...someInputs({url: '', token: '', slug: 'gh/acme/shop'}),
      onRerun: 'from-failed' as const,
      ...own,
      name
    }))
    return tell(
      async clock => {
        const simulator = await startSimulator({clock, scenario: {...flaky, project}})
        for (const branch of branches) {
          await fetch(`${simulator.url}/api/v2/project/${simulator.slug}/pipeline`, {
            method: 'POST',
            headers: {'circle-token': simulator.token, 'content-type': 'application/json'},
            body: JSON.stringify({branch})
          })
        }
        clock.advance(60_000)
        return simulator
      },
      {
        inputs: {pipelines},
        event: aPush({runAttempt: 2, headSha: revision})
      }
    )
  }
  const triggers = (story: Story): number =>
    posts(story).filter(path => path.endsWith('/pipeline')).length
  const reruns = (story: Story): number =>
    posts(story).filter(path => path.endsWith('/rerun')).length

  it('each rerun what failed in its own, and none is triggered', async () => {
    const told = await again(['main', 'next'], {a: {branch: 'next'}, b: {branch: 'main'}})
    expect(verdictOf(told.result)).toBe('success - passes')
    expect(triggers(told)).toBe(2)
    expect(reruns(told)).toBe(2)
    expect(told.result.pipelines.map(({name, pipeline}) => [name, pipeline?.number])).toEqual([
      ['a', 102],
      ['b', 101]
    ])
  })

  it('never share one: what the first has taken, the second triggers anew', async () => {
    const told = await again(['main'], {a: {branch: 'main'}, b: {branch: 'main'}})
    expect(triggers(told)).toBe(2)
    expect(told.result.pipelines.map(({pipeline}) => pipeline?.number)).toEqual([101, 102])
    expect(told.lines.join('\n')).toMatch(/\[b\] .*the only one there is belongs to another entry/)
  })
})
