import {
  type Fault,
  type ScenarioName,
  type Simulator,
  scenarios,
  startSimulator
} from '../../simulator/index.ts'
import {type ActOptions, type ActRun, createWorkspace} from './act.ts'
import {type Row, rowOf, says, stepsOf} from './row.ts'

/** A workflow of our own, and what has to come of it. */
interface Case {
  readonly what: string
  readonly scenario: ScenarioName
  readonly files: Readonly<Record<string, string>>
  readonly options?: Partial<ActOptions>
  readonly faults?: readonly Fault[]
  /** Returns what is not as it should be. */
  readonly check: (run: ActRun, simulator: Simulator) => readonly (string | false)[]
}

const ours = (id: string, more = ''): string => `
      - uses: OWNER/circleci-pipeline-action@v1
        id: ${id}
        with:
          token: \${{ secrets.CIRCLECI_TOKEN }}
          host: \${{ vars.CIRCLECI_HOST }}
          branch: main
          wait: true
          timeout: 5m
          poll-interval: 1s${more}`

const job = (name: string, steps: string, more = ''): string => `
  ${name}:
    runs-on: ubuntu-latest${more}
    steps:${steps}`

const workflow = (jobs: string, on = 'push'): string => `name: W\non: ${on}\njobs:${jobs}\n`
const echo = (text: string, condition = 'success()'): string => `
      - if: ${condition}
        run: echo "${text}"`

const COMPOSITE = `name: ci
description: x
inputs: {token: {description: x}, host: {description: x}}
outputs:
  number: {description: x, value: '\${{ steps.inner.outputs.pipeline-number }}'}
runs:
  using: composite
  steps:
    - uses: OWNER/circleci-pipeline-action@v1
      id: inner
      with: {token: '\${{ inputs.token }}', host: '\${{ inputs.host }}', branch: main, wait: true}
`

const CALLED = workflow(
  job(
    'inner',
    ours('c'),
    `
    outputs:
      number: \${{ steps.c.outputs.pipeline-number }}`
  ),
  `
  workflow_call:
    secrets: {CIRCLECI_TOKEN: {required: true}}
    outputs: {number: {value: '\${{ jobs.inner.outputs.number }}'}}`
)

const cases: readonly Case[] = [
  {
    what: 'a red step: if: failure(), downloads, needs of another job',
    scenario: 'failing',
    files: {
      'workflow.yml': workflow(
        job(
          'red',
          ours('c', '\n          artifacts: coverage/**\n          artifacts-path: got') +
            echo('now ${{ steps.c.outputs.conclusion }} $(find got -name index.html)', 'failure()'),
          '\n    outputs: {conclusion: "${{ steps.c.outputs.conclusion }}"}'
        ) +
          job(
            'after',
            echo('then ${{ needs.red.outputs.conclusion }} ${{ needs.red.result }}'),
            '\n    needs: red\n    if: always()'
          )
      )
    },
    check: run => [
      !says(run, /^now failure got\/.*index\.html$/) && 'the later step does not see it',
      !says(run, /^then failure failure$/) && 'the other job does not see it',
      run.exitCode === 0 && 'act ended well'
    ]
  },
  {
    what: 'a matrix of three legs at once',
    scenario: 'passing',
    files: {
      'workflow.yml': workflow(
        job('build', ours('c'), '\n    strategy: {matrix: {leg: [one, two, three]}}')
      )
    },
    check: (run, {pipelines}) => [
      new Set(numbers(run)).size !== 3 && `pipelines ${numbers(run).join(', ')}`,
      pipelines().length !== 3 && `${pipelines().length} pipelines`
    ]
  },
  {
    what: 'a composite action around ours',
    scenario: 'passing',
    files: {
      '.github/actions/ci/action.yml': COMPOSITE,
      'workflow.yml': workflow(
        job(
          'build',
          `
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: ./.github/actions/ci
        id: outer
        with: {token: '\${{ secrets.CIRCLECI_TOKEN }}', host: '\${{ vars.CIRCLECI_HOST }}'}${echo(
          'number ${{ steps.outer.outputs.number }}'
        )}`
        )
      )
    },
    check: run => [!says(run, /^number 101$/) && 'no output came out']
  },
  {
    what: 'a reusable workflow around ours',
    scenario: 'passing',
    files: {
      '.github/workflows/called.yml': CALLED,
      'workflow.yml': workflow(
        `
  call:
    uses: ./.github/workflows/called.yml
    secrets: inherit${job('after', echo('number ${{ needs.call.outputs.number }}'), '\n    needs: call')}`
      )
    },
    check: run => [!says(run, /^number 101$/) && 'no output came out']
  },
  {
    what: 'two of our steps in one job',
    scenario: 'passing',
    files: {
      'workflow.yml': workflow(
        job(
          'build',
          ours('first') +
            ours('second') +
            echo(
              'both ${{ steps.first.outputs.pipeline-number }} ${{ steps.second.outputs.pipeline-number }}'
            )
        )
      )
    },
    check: run => [
      !says(run, /^both 101 102$/) && 'outputs are mixed up',
      stepsOf(run).filter(({stage}) => stage === 'Post').length !== 2 && 'not two post steps'
    ]
  },
  {
    what: 'an interrupted job',
    scenario: 'slow',
    files: {'workflow.yml': workflow(job('build', ours('c')))},
    options: {interruptAt: /Triggered pipeline/},
    check: (_, {running, pipelines}) => [
      pipelines().length !== 1 && `${pipelines().length} pipelines`,
      running().length > 0 && `${running().length} workflows still run`
    ]
  },
  {
    what: 'trouble: twenty requests in a row without an answer',
    scenario: 'passing',
    faults: [{kind: 'cut-before', method: 'GET', path: '/pipeline/**', times: 20}],
    files: {'workflow.yml': workflow(job('build', ours('c')))},
    check: run => {
      const told = stepsOf(run).flatMap(({lines}) => lines)
      return [
        run.exitCode !== 0 && 'it failed',
        told.length > 20 && `${told.length} lines: ${told.join(' | ')}`
      ]
    }
  },
  {
    what: 'trouble: nobody at the host',
    scenario: 'passing',
    files: {'workflow.yml': workflow(job('build', ours('c'))).replace('5m', '40s')},
    options: {variables: {CIRCLECI_HOST: 'http://127.0.0.1:1'}},
    check: run => {
      const told = stepsOf(run).flatMap(({lines}) => lines)
      return [
        run.exitCode === 0 && 'it passed',
        told.length > 20 && `${told.length} lines: ${told.join(' | ')}`
      ]
    }
  },
  {
    what: 'no terminal codes in the log, masked tokens',
    scenario: 'failing',
    files: {'workflow.yml': workflow(job('build', ours('c')))},
    check: (run, {token}) => [
      says(run, /\u001B/) && 'escape sequences',
      says(run, new RegExp(`^(?!::add-mask::).*${token}`)) && 'the token'
    ]
  }
]

/** Runs the workflows that only a runner of workflows can run. */
export async function playCases(online: boolean): Promise<Row[]> {
  const rows: Row[] = []
  for (const one of cases) rows.push(await playCase(one, online))
  return rows
}

async function playCase(one: Case, online: boolean): Promise<Row> {
  const workspace = createWorkspace(one.files, {online})
  const scenario = scenarios[one.scenario]
  // A client sends its token to another host only over https.
  const behaviour = {...scenario.behaviour, artifactHost: 'api'} as const
  const simulator = await startSimulator({
    scenario: {...scenario, behaviour},
    faults: one.faults ?? []
  })
  try {
    const run = await workspace.run({
      event: 'push',
      secrets: {CIRCLECI_TOKEN: simulator.token},
      variables: {CIRCLECI_HOST: simulator.url},
      ...one.options
    })
    return rowOf(one.what, run, one.check(run, simulator))
  } finally {
    await simulator.stop()
    workspace.remove()
  }
}

function numbers(run: ActRun): string[] {
  return stepsOf(run).flatMap(({outputs}) => outputs['pipeline-number'] ?? [])
}
