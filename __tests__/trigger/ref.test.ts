import {describe, expect, it} from '@jest/globals'
import type {InputError} from '../../src/base/errors.ts'
import type {Ref} from '../../src/circleci/model.ts'
import {parseSlug} from '../../src/circleci/slug.ts'
import {readContext} from '../../src/runner/context.ts'
import {chooseRef, subjectOf} from '../../src/trigger/ref.ts'
import type {RefOptions} from '../../src/trigger/ref.ts'
import {EVENTS, REPOSITORY, environmentOf, pull} from '../support/events.ts'
import type {EventCase} from '../support/events.ts'

function options(overrides: Partial<RefOptions> & {project?: string} = {}): RefOptions {
  const {project = `gh/${REPOSITORY}`, ...rest} = overrides
  const slug = parseSlug(project)
  if (slug === undefined) throw new Error(`not a slug: ${project}`)
  return {branch: undefined, tag: undefined, checkoutRepository: undefined, ...rest, slug}
}

/** The ref and where it is from, or why there is none. */
type RefChoice =
  | {readonly kind: 'ref'; readonly ref: Ref; readonly source: string}
  | {readonly kind: 'default-branch' | 'none'; readonly why: string}

function choose(
  event: Partial<EventCase>,
  overrides: Parameters<typeof options>[0] = {},
  environment: Record<string, string> = {}
): RefChoice {
  const full = {name: '', event: '', ref: undefined, sha: '', payload: {}, ...event} as EventCase
  const context = readContext({...environmentOf(full, '/event.json'), ...environment}, () =>
    JSON.stringify(full.payload)
  )
  try {
    const {ref, reason} = chooseRef(context, options(overrides))
    if (ref === undefined) return {kind: 'default-branch', why: reason}
    return {kind: 'ref', ref, source: reason}
  } catch (error) {
    const [, why = ''] =
      /^Input "branch" is needed: (.*)$/s.exec((error as InputError).message) ?? []
    return {kind: 'none', why}
  }
}

function refOf(choice: RefChoice): Ref | string {
  return choice.kind === 'ref' ? choice.ref : choice.why
}

function named(name: string): EventCase {
  const found = EVENTS.find(event => event.name === name)
  if (found === undefined) throw new Error(`no event ${name}`)
  return found
}

describe('the ref of an event', () => {
  const cases = EVENTS.map(event => [event.name, event] as const)

  it.each(cases.filter(([, event]) => !(event.expected instanceof RegExp)))('%s', (_, event) => {
    const choice = choose(event)
    expect(refOf(choice)).toEqual(event.expected)
    expect(choice).toMatchObject({kind: 'ref', source: expect.stringMatching(/^the [\w# ,/]+$/)})
  })

  it.each(cases.filter(([, event]) => event.expected instanceof RegExp))(
    '%s has none',
    (_, event) => {
      const choice = choose(event)
      expect(choice).toEqual({kind: 'none', why: expect.stringMatching(event.expected as RegExp)})
      expect(choice).toMatchObject({
        why: expect.stringMatching(/^[^A-Z].*\. Set "branch" or "tag" to say what to build\.$/)
      })
    }
  )

  it.each(cases)('%s: an explicit branch wins', (_, event) => {
    expect(refOf(choose(event, {branch: 'mine'}))).toEqual({branch: 'mine'})
  })

  it.each(cases)('%s: an explicit tag wins', (_, event) => {
    expect(refOf(choose(event, {tag: 'v9'}))).toEqual({tag: 'v9'})
  })

  it.each(cases)('%s: no ref for a project of another repository', (_, event) => {
    expect(choose(event, {project: 'gh/acme/other'})).toEqual({
      kind: 'default-branch',
      why: 'gh/acme/other is a different repository from acme/shop'
    })
  })

  it.each(cases.filter(([name]) => name.includes('fork')))(
    '%s: never the base branch',
    (_, event) => {
      expect(refOf(choose(event))).not.toEqual({branch: 'main'})
    }
  )

  it('names the fork in the log', () => {
    const choice = choose(named('pull_request of a fork whose branch is called main too'))
    expect(choice).toMatchObject({
      source: 'the head of pull request #12, which lives in mallory/shop'
    })
  })
})

describe('a payload that is missing or odd', () => {
  const noPayload: Record<string, string> = {GITHUB_EVENT_PATH: ''}

  it.each<[string, string | undefined, Ref]>([
    ['push', 'refs/heads/a', {branch: 'a'}],
    ['push', 'refs/tags/a', {tag: 'a'}],
    ['create', 'refs/tags/a', {tag: 'a'}],
    ['release', 'refs/tags/a', {tag: 'a'}],
    ['merge_group', 'refs/heads/gh-readonly-queue/m/pr-1', {branch: 'gh-readonly-queue/m/pr-1'}],
    ['deployment', 'refs/heads/a', {branch: 'a'}],
    ['deployment', 'refs/tags/a', {tag: 'a'}],
    ['pull_request', 'refs/pull/12/merge', {branch: 'pull/12/head'}],
    ['schedule', 'refs/heads/main', {branch: 'main'}]
  ])('%s on %s without a payload', (event, ref, expected) => {
    expect(refOf(choose({event, ref}, {}, noPayload))).toEqual(expected)
  })

  it.each<[string, string | undefined, RegExp]>([
    ['push', undefined, /push event names none and GITHUB_REF is not set/],
    ['push', 'refs/notes/x', /GITHUB_REF of the push event is refs\/notes\/x/],
    ['push', 'refs/heads/', /GITHUB_REF of the push event is refs\/heads\//],
    ['create', undefined, /GITHUB_REF is not set/],
    ['merge_group', 'refs/pull/1/merge', /GITHUB_REF of the merge_group event is refs\/pull\/1/],
    ['release', 'refs/heads/main', /names no tag/],
    ['release', undefined, /names no tag/],
    ['deployment', undefined, /GITHUB_REF is not set/],
    ['pull_request_target', 'refs/heads/main', /names no pull request/],
    ['issue_comment', 'refs/heads/main', /names no pull request/],
    ['workflow_run', 'refs/heads/main', /names no head branch/],
    ['', 'refs/heads/main', /GITHUB_EVENT_NAME is not set/],
    ['constructor', 'refs/heads/main', /the constructor event has no/]
  ])('%s on %s without a payload has none', (event, ref, why) => {
    const choice = choose({event, ref}, {}, noPayload)
    expect(choice).toEqual({kind: 'none', why: expect.stringMatching(why)})
    expect(choice).toMatchObject({why: expect.stringContaining('GITHUB_EVENT_PATH is not set')})
  })

  it.each<[string, unknown, Ref | RegExp]>([
    ['a head without a repository', {...pull(), head: {ref: 'main'}}, {branch: 'pull/12/head'}],
    ['a head that is a string', {...pull(), head: 'main'}, {branch: 'pull/12/head'}],
    [
      'a head ref that is a number',
      {...pull(), head: {ref: 3, repo: {full_name: REPOSITORY}}},
      {branch: 'pull/12/head'}
    ],
    [
      'a repository in other letters',
      pull({repo: {full_name: 'ACME/Shop'}}),
      {branch: 'feature/cart'}
    ],
    ['a number that is text', {...pull(), number: '12'}, {branch: 'pull/13/head'}],
    ['a negative number', {...pull(), number: -1}, {branch: 'pull/13/head'}],
    ['no object', 'pull', {branch: 'pull/13/head'}]
  ])('a pull_request with %s', (_, pullRequest, expected) => {
    const payload = {pull_request: pullRequest}
    expect(refOf(choose({event: 'pull_request', ref: 'refs/pull/13/merge', payload}))).toEqual(
      expected
    )
  })

  it('takes the word of GITHUB_REF over a deployment that is named alike only', () => {
    const payload = {deployment: {ref: 'v1', sha: 'x'}}
    expect(refOf(choose({event: 'deployment', ref: 'refs/tags/v2', payload}))).toEqual({
      branch: 'v1'
    })
  })

  it.each<[string, Ref]>([
    ['refs/heads/a/b', {branch: 'a/b'}],
    ['refs/tags/v1', {tag: 'v1'}],
    ['pull/7/head', {branch: 'pull/7/head'}],
    ['deadbee', {branch: 'deadbee'}]
  ])('a deployment of %s', (ref, expected) => {
    expect(
      refOf(choose({event: 'deployment', payload: {deployment: {ref, sha: '1'.repeat(40)}}}))
    ).toEqual(expected)
  })

  it('sends no branch of a pull request when it is not known which repository this is', () => {
    const event = named('pull_request of this repository')
    const payload = {pull_request: pull()}
    const context = readContext({...environmentOf(event, '/e'), GITHUB_REPOSITORY: ''}, () =>
      JSON.stringify(payload)
    )
    expect(context.repository).toBeUndefined()
    expect(chooseRef(context, options({project: 'circleci/a/b'})).ref).toEqual({
      branch: 'pull/12/head'
    })
  })
})

describe('an explicit ref', () => {
  it.each<[Partial<RefOptions>, Ref]>([
    [{branch: 'refs/heads/a/b'}, {branch: 'a/b'}],
    [{branch: 'refs/tags/v1'}, {tag: 'v1'}],
    [{branch: 'refs/pull/12/merge'}, {branch: 'pull/12/merge'}],
    [{branch: 'pull/12/head'}, {branch: 'pull/12/head'}],
    [{branch: 'refs/x'}, {branch: 'refs/x'}],
    [{branch: 'refs/heads/'}, {branch: 'refs/heads/'}],
    [{tag: 'refs/tags/v1'}, {tag: 'v1'}],
    [{tag: 'v1'}, {tag: 'v1'}]
  ])('%j becomes %j', (given, expected) => {
    expect(refOf(choose(named('push of a branch'), given))).toEqual(expected)
  })

  it('is sent to a project of another repository too', () => {
    expect(refOf(choose(named('schedule'), {branch: 'x', project: 'bb/other/repo'}))).toEqual({
      branch: 'x'
    })
  })
})

describe('the repository of the project', () => {
  const push = named('push of a branch')
  const own = {branch: 'release/1.x'}

  it.each([
    ['gh/acme/shop', undefined],
    ['github/acme/shop', undefined],
    ['gh/ACME/Shop', undefined],
    ['circleci/9YytKz/AbC123', undefined],
    ['circleci/9YytKz/AbC123', 'acme/shop'],
    ['circleci/9YytKz/AbC123', 'Acme/SHOP'],
    ['gh/acme/shop', 'acme/shop']
  ])('%s checking out %s is this one', (project, checkoutRepository) => {
    expect(refOf(choose(push, {project, checkoutRepository}))).toEqual(own)
  })

  it.each([
    ['gh/acme/other', undefined, /^gh\/acme\/other is a different repository from acme\/shop$/],
    ['gh/acme/other', 'acme/shop', /^gh\/acme\/other is a different repository/],
    ['bb/acme/shop', undefined, /^bb\/acme\/shop is a different repository/],
    [
      'circleci/9YytKz/AbC123',
      'acme/api',
      /^circleci\/9YytKz\/AbC123 checks out acme\/api, not acme\/shop$/
    ],
    ['gh/acme/shop', 'acme/api', /^gh\/acme\/shop checks out acme\/api/]
  ])('%s checking out %s is another', (project, checkoutRepository, why) => {
    const choice = choose(push, {project, checkoutRepository})
    expect(choice).toEqual({kind: 'default-branch', why: expect.stringMatching(why)})
  })
})

describe('what is asked for', () => {
  const subject = (
    name: string,
    given: Parameters<typeof options>[0] & {isNamed?: boolean} = {}
  ): string => {
    const event = named(name)
    const context = readContext(environmentOf(event, '/event.json'), () =>
      JSON.stringify(event.payload)
    )
    const {isNamed = false, ...rest} = given
    return subjectOf(context, {...options(rest), isNamed})
  }
  const pullRequest = 'pull_request of this repository'
  const fork = 'pull_request of a fork whose branch is called main too'

  it.each<[string, Parameters<typeof subject>[1], string]>([
    ['push of a branch', {}, 'event'],
    ['push of a branch', {branch: 'release/1.x'}, 'event'],
    ['push of a branch', {branch: 'refs/heads/release/1.x'}, 'event'],
    ['push of a branch', {branch: 'main'}, 'other'],
    ['push of a branch', {tag: 'release/1.x'}, 'other'],
    ['push of a branch', {isNamed: true}, 'other'],
    ['push of a branch', {project: 'gh/acme/other'}, 'elsewhere'],
    ['push of a branch', {project: 'gh/acme/other', branch: 'main'}, 'elsewhere'],
    ['push of a branch', {project: 'gh/acme/other', isNamed: true}, 'elsewhere'],
    ['push of a branch', {project: 'circleci/9YytKz/AbC123'}, 'event'],
    ['push of a branch', {project: 'circleci/9YytKz/AbC123', isNamed: true}, 'other'],
    [
      'push of a branch',
      {project: 'circleci/9YytKz/AbC123', checkoutRepository: 'acme/api'},
      'elsewhere'
    ],
    ['push of a tag', {tag: 'v1.2.0'}, 'event'],
    ['push of a tag', {tag: 'v1.2.1'}, 'other'],
    [pullRequest, {}, 'event'],
    [pullRequest, {branch: 'feature/cart'}, 'event'],
    [pullRequest, {branch: 'pull/12'}, 'event'],
    [pullRequest, {branch: 'pull/12/head'}, 'event'],
    [pullRequest, {branch: 'refs/pull/12/head'}, 'event'],
    [pullRequest, {branch: 'pull/12/merge'}, 'other'],
    [pullRequest, {branch: 'pull/13/head'}, 'other'],
    [fork, {branch: 'main'}, 'other'],
    [fork, {branch: 'pull/12/head'}, 'event'],
    ['pull_request that was merged', {branch: 'main'}, 'event'],
    ['pull_request that was merged', {branch: 'pull/12/head'}, 'other']
  ])('%s with %j is about %s', (name, given, expected) => {
    expect(subject(name, given)).toBe(expected)
  })
})
