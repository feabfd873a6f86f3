import {describe, expect, it} from '@jest/globals'
import {outputsTable} from '../../../scripts/demo/outputs-table.ts'

const JOBS = JSON.stringify(Array.from({length: 30}, (_, index) => ({name: `job-${index}`})))

describe('outputsTable', () => {
  it('keeps what fits', () => {
    expect(outputsTable({conclusion: 'success', 'failed-jobs': 'a\nb', artifacts: ''}, 80)).toEqual(
      {
        text: '  conclusion   success\n  failed-jobs  a · b\n  artifacts\n',
        shortened: false
      }
    )
  })

  it.each([
    ['a list', JOBS, '[{"name":"job-0"},{"name":… (30 items)'],
    ['one item', `["${'x'.repeat(80)}"]`, `["${'x'.repeat(26)}… (1 item)`],
    ['lines', 'job\n'.repeat(20), 'job · job · job · job · jo… (21 lines)'],
    ['text', 'x'.repeat(100), `${'x'.repeat(20)}… (100 characters)`],
    ['what only looks like a list', `[${'x'.repeat(99)}`, `[${'x'.repeat(19)}… (100 characters)`]
  ])('shortens %s and says how much it is', (_, value, expected) => {
    const table = outputsTable({jobs: value}, 46)
    expect(table).toEqual({text: `  jobs  ${expected}\n`, shortened: true})
  })

  it('shows nothing a terminal would obey', () => {
    expect(outputsTable({jobs: 'a\u001B[2Jb\u0007'}, 80).text).toBe('  jobs  ab\n')
  })

  it('is empty without outputs', () => {
    expect(outputsTable({}, 80)).toEqual({text: '', shortened: false})
  })
})
