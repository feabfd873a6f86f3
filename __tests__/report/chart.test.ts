import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import mermaid from 'mermaid'
import {renderChart} from '../../src/report/chart.ts'
import type {Result} from '../../src/record/result.ts'
import {hostileText} from './attacks.ts'
import {aJob, aResult, aWorkflow, at, START} from './builders.ts'
import {
  dynamicConfig,
  failing,
  flaky,
  hostile,
  huge,
  noPipeline,
  onHold,
  range
} from './scenarios.ts'

interface Task {
  readonly section: string
  readonly task: string
  readonly startTime: Date
  readonly endTime: Date
  readonly active?: boolean
  readonly done?: boolean
  readonly crit?: boolean
}

interface Gantt {
  getTasks(): Task[]
  getSections(): string[]
}

/** The chart as mermaid's own parser understands it. */
async function parse(result: Result): Promise<Gantt> {
  const chart = /^```mermaid\n([\s\S]*?)\n```$/m.exec(renderChart(result))?.[1] ?? ''
  // Registers the diagrams, and throws when the text is none.
  expect(await mermaid.parse(chart)).toMatchObject({
    diagramType: 'gantt',
    config: {gantt: {displayMode: 'compact'}}
  })
  // The only way to what was understood; "parse" tells no more than the kind of diagram.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(chart)
  return diagram.db as unknown as Gantt
}

/** `[queued] unit 9..78` with seconds since the pipeline was created; `!` marks the critical path's outline. */
function describeTask({section, startTime, endTime, active, done, crit}: Task): string {
  const seconds = (time: Date): string => String(Math.round((time.getTime() - START) / 1000))
  const kind = done === true ? 'queued' : active === true ? 'ran' : 'held'
  return `${kind}${crit === true ? '!' : ''} ${section} ${seconds(startTime)}..${seconds(endTime)}`
}

describe('the timeline, as mermaid reads it,', () => {
  it('tells queued, run and hold apart and marks the critical path', async () => {
    const gantt = await parse(onHold())
    expect(gantt.getTasks().map(describeTask)).toEqual([
      'queued! ✓ build ◆ 1..6',
      'ran! ✓ build ◆ 6..66',
      'held ✓ approve-staging ◆ 66..140',
      'queued! ✓ deploy-staging ◆ 140..152',
      'ran! ✓ deploy-staging ◆ 152..221',
      'held ⏸ approve-production ◆ 221..400'
    ])
  })

  it('follows the critical path into an earlier attempt', async () => {
    const gantt = await parse(flaky())
    expect(gantt.getTasks().map(describeTask)).toEqual([
      'queued! ✓ build ◆ 1..6',
      'ran! ✓ build ◆ 6..66',
      'queued! ✗ unit ◆ 66..78',
      'ran! ✗ unit ◆ 78..252',
      'queued! ✓ unit (2) ◆ 262..301',
      'ran! ✓ unit (2) ◆ 301..509'
    ])
  })

  it('follows the critical path into the setup workflow', async () => {
    const gantt = await parse(dynamicConfig())
    const critical = gantt.getTasks().filter(({crit, active}) => crit === true && active === true)
    expect(critical.map(describeTask)).toEqual([
      'ran! ✓ setup / generate-config ◆ 3..24',
      'ran! ✓ web / build ◆ 38..120',
      'ran! ✓ web / test ◆ 141..296'
    ])
  })

  it.each([
    ['a failed run', failing],
    ['a huge run', huge],
    ['hostile names', hostile]
  ])('has one row a job, at most 50, for %s', async (_, scenario) => {
    const gantt = await parse(scenario())
    const jobs = scenario().jobs.filter(({startedAt}) => startedAt !== undefined).length
    expect(gantt.getSections()).toHaveLength(Math.min(50, jobs))
  })

  it('cannot be broken by a name', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, workflow) => {
        const result = aResult({
          workflows: [aWorkflow({name: workflow}), aWorkflow({id: 'w2'})],
          jobs: [aJob({name, workflow}), aJob({id: 'other', name, workflowId: 'w2', workflow: 'x'})]
        })
        const gantt = await parse(result)
        expect(gantt.getSections()).toHaveLength(2)
        expect(gantt.getTasks().map(task => describeTask({...task, section: ''}))).toEqual([
          'queued!  1..6',
          'ran!  6..66',
          'queued  1..6',
          'ran  6..66'
        ])
      }),
      {numRuns: 20}
    )
  })
})

describe('the timeline', () => {
  it('is empty when no job has started', () => {
    expect(renderChart(noPipeline())).toBe('')
    expect(renderChart(aResult({jobs: [aJob({status: 'blocked', stoppedAt: undefined})]}))).toBe('')
  })

  it('tells of the jobs it has no room for in text', () => {
    const jobs = range(62).map(index =>
      aJob({name: `j${index}`, startedAt: at(10), stoppedAt: at(20 + index)})
    )
    const text = renderChart(aResult({jobs})).split('\n').slice(-2).join('')
    expect(text).toBe(
      `Not in the chart: ${range(10)
        .map(index => `<code>j${11 - index}</code> ${21 - index}s`)
        .join(', ')} and 2 shorter ones.`
    )
  })

  it.each([
    ['milliseconds', 6, '%H:%M:%S.%L'],
    ['seconds', 60, '%H:%M:%S'],
    ['minutes', 3_600, '%H:%M'],
    ['days', 200_000, '%b %d %H:%M']
  ])('has an axis in %s', (_, seconds, format) => {
    const result = aResult({jobs: [aJob({startedAt: at(0), stoppedAt: at(seconds)})]})
    expect(renderChart(result)).toContain(`axisFormat ${format}\n`)
  })
})
