import {describe, expect, it} from '@jest/globals'

import {renderSummary} from '../../src/report/summary.ts'
import type {Result} from '../../src/record/result.ts'
import {aPush, tell, type StoryOptions} from '../support/story.ts'

const OTHER = '0123456789abcdef0123456789abcdef01234567'

/** The warnings that name a commit, and the whole result. */
async function told(
  headSha: string | undefined,
  options: StoryOptions = {},
  scenario: 'passing' | 'failing' = 'passing'
): Promise<{readonly result: Result; readonly warnings: readonly string[]}> {
  const {result, lines} = await tell({scenario}, {event: aPush({headSha}), ...options})
  return {result, warnings: lines.filter(line => /^warning: .*commit/.test(line))}
}

describe('the commit that CircleCI built', () => {
  it("says nothing of the event's own", async () => {
    const built = (await told(undefined)).result.pipeline?.revision
    const {result, warnings} = await told(built)
    expect(result).toMatchObject({subject: 'event', eventCommit: built})
    expect(warnings).toEqual([])
    expect(renderSummary(result)).not.toContain('CircleCI built commit')
  })

  it.each([
    ['a success', 'passing', {}],
    ['a failure', 'failing', {}],
    ['a failure that ended the wait at once', 'failing', {failFast: true}]
  ] as const)(
    'is named in log and summary when it is another, after %s',
    async (_, name, inputs) => {
      const {result, warnings} = await told(OTHER, {inputs}, name)
      const built = result.pipeline?.revision
      expect(built).toMatch(/^[0-9a-f]{40}$/)
      expect(warnings).toEqual([
        expect.stringContaining(
          `CircleCI built commit ${String(built)} instead of the event's commit ${OTHER}`
        )
      ])
      const summary = renderSummary(result)
      expect(summary).toContain(String(built))
      expect(summary).toContain(OTHER)
    }
  )

  it('is what was asked for when that is another ref', async () => {
    const {result, warnings} = await told(OTHER, {inputs: {branch: 'develop'}})
    expect(result.subject).toBe('other')
    expect(warnings).toEqual([])
  })
})
