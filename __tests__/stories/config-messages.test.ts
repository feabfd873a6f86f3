import {describe, expect, it} from '@jest/globals'

import {scenarios} from '../../simulator/index.ts'
import {renderSummary} from '../../src/report/summary.ts'
import {tell, verdictOf} from '../support/story.ts'

describe("CircleCI's words about a config", () => {
  it('are one readable error when there are several, of several lines, and whole in the log', async () => {
    const {result, lines} = await tell({scenario: 'config-errors'})
    expect(verdictOf(result)).toBe('failure config-error fails')
    const {errors = []} = scenarios['config-errors'].pipeline
    const message = result.verdict?.message ?? ''
    expect(message).not.toMatch(/[\n\r]/)
    for (const error of errors) {
      expect(message).toContain(`(${error.type})`)
      for (const line of error.message.split('\n')) expect(lines.join('\n')).toContain(line)
    }
  })

  it('are a warning, in log and summary, when the config was taken all the same', async () => {
    const {result, lines} = await tell({scenario: 'config-warning'})
    expect(verdictOf(result)).toBe('success - passes')
    const told = lines.filter(line => line.startsWith('warning: CircleCI warns about the config: '))
    expect(told).toHaveLength(1)
    expect(result.pipeline?.warnings).not.toEqual([])
    expect(renderSummary(result)).toContain('**CircleCI warns about the config**')
  })
})

describe('workflows that need not run', () => {
  it.each([
    {workflows: ['docs', 'deploy'], verdict: 'success - passes'},
    {workflows: ['deploy'], verdict: 'skipped not-run passes'}
  ])('are left out with on-no-workflows: succeed: $workflows', async ({workflows, verdict}) => {
    const {result} = await tell(
      {scenario: 'passing'},
      {inputs: {workflows, onNoWorkflows: 'succeed'}}
    )
    expect(verdictOf(result)).toBe(verdict)
  })

  it('fail without it, naming those there are', async () => {
    const {result} = await tell({scenario: 'passing'}, {inputs: {workflows: ['docs', 'deploy']}})
    expect(verdictOf(result)).toBe('failure input fails')
    expect(result.verdict?.message).toContain('"build-and-test"')
  })
})

describe('a status that comes and goes', () => {
  it.each(['serial-group', 'passing'] as const)('ends nothing: %s', async scenario => {
    const {result} = await tell({
      scenario,
      faults: [
        {
          method: 'GET',
          path: '/pipeline/*/workflow',
          kind: 'rows',
          change: rows => rows.map(row => ({...row, status: null})),
          nth: [2, 4]
        }
      ]
    })
    expect(verdictOf(result)).toBe('success - passes')
  })
})
