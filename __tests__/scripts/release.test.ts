import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {ROOT} from '../../scripts/runner/action-file.ts'

const OLD = '1'.repeat(40)
const NEW = '2'.repeat(40)

interface Release {
  readonly draft: boolean
  readonly prerelease: boolean
  readonly title: string
  readonly notes: string
}

interface GitHubState {
  readonly refs: Readonly<Record<string, string>>
  readonly releases: Readonly<Record<string, Release>>
  /** Words of a command that fails. */
  readonly broken?: readonly string[]
  readonly asked: readonly string[]
}

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'release-'))
  writeFileSync(path.join(folder, 'notes.md'), 'What is new.\n')
})

afterEach(() => {
  rmSync(folder, {recursive: true})
})

/** Runs a script of the release beside a stand-in for `gh` that begins with this state. */
function run(
  script: string,
  args: readonly string[],
  before: Partial<GitHubState>
): {status: number | null; stderr: string; summary: string; after: GitHubState} {
  const state = path.join(folder, 'state.json')
  const summary = path.join(folder, 'summary.md')
  writeFileSync(state, JSON.stringify({refs: {}, releases: {}, asked: [], ...before}))
  writeFileSync(summary, '')
  const {status, stderr} = spawnSync(path.join(ROOT, 'scripts/release', script), args, {
    encoding: 'utf8',
    env: {
      PATH: `${path.join(ROOT, '__tests__/fixtures/gh')}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      GH_STATE: state,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_STEP_SUMMARY: summary
    }
  })
  const after = JSON.parse(readFileSync(state, 'utf8')) as GitHubState
  return {status, stderr, summary: readFileSync(summary, 'utf8'), after}
}

describe('move-major-tag.sh', () => {
  it.each<[string, Record<string, string>]>([
    ['on the first release', {'tags/v1.0.0': NEW}],
    ['where there is only a tag that begins so', {'tags/v10': OLD, 'tags/v1.0.0': NEW}]
  ])('makes the major tag %s', (_, refs) => {
    const {status, stderr, summary, after} = run('move-major-tag.sh', ['v1.0.0', NEW], {refs})
    expect([status, stderr]).toEqual([0, ''])
    expect(after.refs).toEqual({...refs, 'tags/v1': NEW})
    expect(summary).toBe('v1 is now v1.0.0.\n')
  })

  it('moves the one there is, and no other', () => {
    const refs = {'tags/v1': OLD, 'tags/v10': OLD, 'tags/v2': OLD}
    const {status, after} = run('move-major-tag.sh', ['v1.2.3', NEW], {refs})
    expect(status).toBe(0)
    expect(after.refs).toEqual({...refs, 'tags/v1': NEW})
    expect(after.asked).toHaveLength(2)
  })

  it('changes nothing when GitHub does not say whether there is one', () => {
    const broken = ['repos/acme/shop/git/ref/tags/v1']
    const {status, stderr, summary, after} = run('move-major-tag.sh', ['v1.2.3', NEW], {broken})
    expect(status).toBe(1)
    expect(stderr).toBe(
      'Whether there is a tag v1 could not be found out: gh: Server Error (HTTP 503)\n'
    )
    expect([summary, after.refs]).toEqual(['', {}])
    expect(after.asked).toHaveLength(1)
  })

  it('fails when GitHub does not let it move', () => {
    const refs = {'tags/v1': OLD}
    const {status, summary} = run('move-major-tag.sh', ['v1.2.3', NEW], {refs, broken: ['PATCH']})
    expect([status, summary]).toEqual([1, ''])
  })
})

describe('publish.sh', () => {
  const publish = (tag: string, before: Partial<GitHubState> = {}) =>
    run('publish.sh', [tag, path.join(folder, 'notes.md')], {
      refs: {[`tags/${tag}`]: NEW},
      ...before
    })

  it.each([
    ['v1.2.3', false],
    ['v2.0.0-beta.1', true]
  ])('publishes %s from a draft, prerelease: %p', (tag, prerelease) => {
    const {status, stderr, after, summary} = publish(tag)
    expect([status, stderr]).toEqual([0, ''])
    expect(after.releases).toEqual({
      [tag]: {draft: false, prerelease, title: tag, notes: 'What is new.\n'}
    })
    expect(after.asked.map(words => words.split(' ')[1])).toEqual(['view', 'create', 'edit'])
    expect(summary).toContain('Publish this Action to the GitHub Marketplace')
    expect(summary).toContain(`(https://github.com/acme/shop/releases/edit/${tag})`)
  })

  it('goes on where it stopped', () => {
    const release = {draft: true, prerelease: false, title: 'v1.2.3', notes: 'What is new.\n'}
    const {status, after} = publish('v1.2.3', {releases: {'v1.2.3': release}})
    expect(status).toBe(0)
    expect(after.releases).toEqual({'v1.2.3': {...release, draft: false}})
  })

  it.each([
    ['there is no such tag', {refs: {}}],
    ['it stays a draft', {broken: ['edit']}]
  ])('fails, and says nothing is published, when %s', (_, before) => {
    const {status, summary} = publish('v1.2.3', before)
    expect([status, summary]).toEqual([1, ''])
  })
})
