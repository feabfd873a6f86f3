import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import mermaid from 'mermaid'
import {renderChart, renderLanes} from '../../src/report/chart.ts'
import {viewsOf} from '../../src/report/views.ts'
import {hostileText} from './attacks.ts'
import {aJob, aResult, aWorkflow, at, START} from './builders.ts'
import {
  dynamicConfig,
  failing,
  fifty,
  five,
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
async function parse(rendered: string): Promise<Gantt> {
  const chart = /^```mermaid\n([\s\S]*?)\n```$/m.exec(rendered)?.[1] ?? ''
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
    const gantt = await parse(renderChart(onHold()))
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
    const gantt = await parse(renderChart(flaky()))
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
    const gantt = await parse(renderChart(dynamicConfig()))
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
    const gantt = await parse(renderChart(scenario()))
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
        const gantt = await parse(renderChart(result))
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

describe('the timeline of several pipelines, as mermaid reads it,', () => {
  it('has a lane for each that has begun, with its critical path', async () => {
    const gantt = await parse(renderLanes(viewsOf(five())))
    expect(gantt.getSections()).toEqual(['✓ api', '✗ shop', '✗ release', '✓ docs'])
    const shop = gantt.getTasks().filter(({section}) => section === '✗ shop')
    expect(shop.map(task => `${describeTask(task)}: ${task.task.trim()}`)).toEqual([
      'queued ✗ shop 1..9: ·',
      'ran ✗ shop 9..75: ✓ build 1m 06s',
      'queued! ✗ shop 75..118: 43s',
      'ran! ✗ shop 118..371: ✗ e2e 4m 13s'
    ])
    expect(renderLanes(viewsOf(five()))).toContain('Not in the chart: 1 other pipeline.')
  })

  it('has a lane for each of fifty, in a text that mermaid takes', async () => {
    const text = renderLanes(viewsOf(fifty()))
    expect((await parse(text)).getSections()).toHaveLength(50)
    expect(text.length).toBeLessThan(50_000)
  })

  it('has no bar beside another in a lane, however long its path is', async () => {
    const jobs = range(30).map(index =>
      aJob({
        id: `j${index}`,
        name: `click ${index}`,
        startedAt: at(index * 20 + 10),
        stoppedAt: at(index * 20 + 20),
        dependencies: index === 0 ? [] : [`j${index - 1}`]
      })
    )
    const one = aResult({jobs})
    const pipelines = range(20).map(index => ({...one, name: `p${index}`}))
    const tasks = (await parse(renderLanes(viewsOf({...one, pipelines})))).getTasks()
    expect(tasks).toHaveLength(20 * 10 * 2)
    for (const section of range(20).map(index => `✓ p${index}`)) {
      const lane = tasks.filter(task => task.section === section)
      for (const [index, {endTime}] of lane.slice(0, -1).entries()) {
        expect(lane[index + 1]?.startTime.getTime()).toBeGreaterThanOrEqual(endTime.getTime())
      }
    }
  })

  it('cannot be broken by a name', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, job) => {
        const one = aResult({jobs: [aJob({name: job})]})
        const pipelines = [
          {...one, name},
          {...one, name: 'other'}
        ]
        const gantt = await parse(renderLanes(viewsOf({...one, pipelines})))
        expect(gantt.getSections()).toHaveLength(2)
        expect(gantt.getTasks()).toHaveLength(4)
      }),
      {numRuns: 20}
    )
  })

  it('is none when nothing has begun', () => {
    const none = aResult({jobs: []})
    expect(renderLanes(viewsOf({...none, pipelines: [none, none]}))).toBe('')
  })
})
