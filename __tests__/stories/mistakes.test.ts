import {describe, expect, it} from '@jest/globals'
import {FORK, pull} from '../support/events.ts'
import {
  failsSoon,
  playAll,
  said,
  scenario,
  verdictOf,
  workflow,
  type Act,
  type Played
} from '../dist/stage.ts'
import {play} from '../support/step.ts'

type Given = Readonly<Record<string, string>>

/** What a newcomer types, and the first line of the error: it names the input, and says what to write or do. */
const told: readonly (readonly [given: Given, firstLine: RegExp, more?: Act])[] = [
  // names
  [{paramters: 'deploy: true'}, /^Input "paramters" does not exist: write "parameters" instead\.$/],
  [{project_slug: 'gh/acme/shop'}, /^Input "project_slug" .* write "project-slug" instead\.$/],
  [{'wait-': 'true'}, /^Input "wait-" does not exist: write "wait" instead\.$/],
  [{waits: 'true'}, /^Input "waits" does not exist: write "wait" instead\.$/],
  [{workflow: 'build'}, /^Input "workflow" does not exist: write "workflows" instead\.$/],
  [{artifact: '**'}, /^Input "artifact" does not exist: write "artifacts" instead\.$/],
  [{failfast: 'true'}, /^Input "failfast" does not exist: write "fail-fast" instead\.$/],
  // token
  [{token: ''}, /^Input "token" is empty.* secrets\.CIRCLECI_TOKEN/],
  [{token: 'two words'}, /^Input "token" contains spaces .* Set the secret again/],
  [
    {token: ''},
    /^Input "token" is empty.* fork.* have a maintainer start the pipeline/,
    {
      event: {
        name: 'pull_request',
        payload: {number: 12, pull_request: pull({repo: {id: 2, full_name: FORK, fork: true}})}
      }
    }
  ],
  [
    {token: ''},
    /^Input "token" is empty.* Dependabot.* add the token there as well/,
    {env: {GITHUB_ACTOR: 'dependabot[bot]'}}
  ],
  // host
  [{host: 'circleci.com'}, /^Input "host" must be an address such as "https:\/\/circleci\.com"/],
  [{host: 'http://circleci.com'}, /^Input "host" must start with "https:\/\/"/],
  [{host: 'https://circleci.com/gh/acme'}, /^Input "host" must be an address without a path/],
  [{host: 'https://me:pw@circleci.com'}, /^Input "host" must not contain credentials: pass the/],
  // project
  [{'project-slug': 'acme/shop'}, /^Input "project-slug" must look .* Write "gh\/acme\/shop"\.$/],
  [{'project-slug': 'https://github.com/acme/shop'}, /^Input "project-slug" .* Write "gh\/acme/],
  [
    {'project-slug': 'https://app.circleci.com/pipelines/circleci/9Yyt/44n9'},
    /^Input "project-slug" .* Write "circleci\/9Yyt\/44n9"\.$/
  ],
  [{'project-slug': 'gitlab/acme/shop'}, /^Input "project-slug" must look .*Project Settings/],
  // what to build
  [{branch: '12/merge'}, /^Input "branch" is "12\/merge".* Leave it out/],
  [{branch: 'main', tag: 'v1'}, /^Input "tag" cannot be used together with "branch": set one/],
  [{'config-branch': 'main'}, /^Input "config-branch" needs "definition"/],
  [{pipeline: 'newest'}, /^Input "pipeline" must be "new", "commit"/],
  [{pipeline: ''}, /^Input "pipeline" is blank: an expression probably came out empty\. Set it to/],
  [{pipeline: '7', parameters: 'a: 1'}, /^Input "parameters" cannot be used .* leave it out/],
  [{pipelines: ''}, /^Input "pipelines" /],
  [{pipelines: 'api: {branches: main}'}, /^Input "pipelines", entry "api": "branches" .*"branch"/],
  // parameters
  [
    {parameters: '- a'},
    /^Input "parameters" must be a YAML or JSON mapping such as "deploy: true"/
  ],
  [{parameters: 'a: 1\n  b: 2'}, /^Input "parameters" is not valid YAML: line 2 is not indented/],
  [
    {parameters: 'a: 1.10'},
    /^Input "parameters" cannot be used\. "a" \(line 1\) is 1\.10: quote it/
  ],
  [
    {parameters: 'a: 1.10\nb:\nc: [1]\nd: 2024-01-02'},
    /^Input "parameters" .*"a" \(line 1\).*"b" \(line 2\).*"c" \(line 3\).*"d" \(line 4\)/
  ],
  [{parameters: '{"a": 1'}, /^Input "parameters" is not valid YAML or JSON in line 1: give one/],
  [{parameters: 'a: 1\na: 2'}, /^Input "parameters" .*"a" \(line 2\) is set twice: keep one/],
  // the wait
  [{wait: 'yes'}, /^Input "wait" must be "true" or "false", got "yes"\.$/],
  [{timeout: '90 minutes'}, /^Input "timeout" must be a duration such as "90s"/],
  [{timeout: '0'}, /^Input "timeout" must be a duration .* at least 1s/],
  [{'poll-interval': 'fast'}, /^Input "poll-interval" must be "auto" or a duration/],
  [{'rerun-failed': 'true'}, /^Input "rerun-failed" must be a whole number from 0 to 100/],
  [{'on-hold': 'approve'}, /^Input "on-hold" must be "wait", "fail" or "succeed"/],
  [{'on-no-workflows': 'skip'}, /^Input "on-no-workflows" must be "fail" or "succeed"/],
  [{'on-rerun': 'failed'}, /^Input "on-rerun" must be "new" or "from-failed"/],
  [{workflows: '!'}, /^Input "workflows" has a line "!" that excludes nothing: put a name/],
  [{approve: '!deploy'}, /^Input "approve" only says what not to approve: name the approval jobs/],
  // what comes back
  [{'artifacts-path': '/etc'}, /^Input "artifacts-path" /],
  [
    {artifacts: '', 'artifacts-path': 'out'},
    /^Input "artifacts-path" needs artifacts .* name some/
  ],
  [{'log-lines': 'all'}, /^Input "log-lines" must be a whole number from 0 to 10000/],
  [{'commit-status': 'docs ->'}, /^Input "commit-status" must have lines such as "docs"/],
  [{comment: 'no'}, /^Input "comment" must be "true", "false" or a name/]
]

const shop = scenario([workflow('build'), workflow('deploy')])

/** What only CircleCI's answers tell. */
const answered: readonly (readonly [given: Given, firstLine: RegExp, more?: Act])[] = [
  [
    {workflows: 'biuld'},
    /^Input "workflows": "biuld" matches no workflow .* Its workflows are "build", "deploy"\.$/
  ],
  [
    {workflows: 'build, deploy'},
    /^Input "workflows": "build, deploy" matches no workflow .* Names go one a line, without commas\.$/
  ],
  [{'project-slug': 'gh/acme/shpo'}, / check "project-slug" for typos/],
  [{pipeline: '4711'}, /^Input "pipeline": CircleCI has no pipeline number 4711/],
  [{parameters: 'no-such: 1'}, / Check the input "parameters" against what the config declares\.$/]
]

/** Not errors: what is said of them in a line. */
const remarked: readonly (readonly [given: Given, line: RegExp])[] = [
  [{colour: 'blue'}, /"colour" is no input of this action and has no effect\./],
  [
    {wait: 'false', timeout: '5m', artifacts: 'x'},
    /"timeout", "poll-interval", "artifacts" have no effect without/
  ],
  [
    {parameters: 'deploy: yes'},
    /Input "parameters" sends "deploy: yes" as text: write true or fal/
  ],
  [
    {workflows: 'build, deploy'},
    /Input "workflows" has the line "build, deploy", which names several: write one a line/
  ]
]

interface Case {
  readonly name: string
  readonly line: RegExp
  readonly act: Act
}

function cases(rows: readonly (readonly [Given, RegExp, Act?])[], more: Act = {}): Case[] {
  return rows.map(([given, line, act]) => {
    return {name: JSON.stringify(given), line, act: {...more, ...act, inputs: given}}
  })
}

describe('fifty mistakes', () => {
  const first = cases(told, {simulator: {scenario: failsSoon}})
  const second = cases(answered, {simulator: {scenario: shop}})
  const third = cases(remarked, {simulator: {scenario: shop}})
  const played = playAll<Act, Played>(
    [...first, ...second, ...third].map(({act}) => act),
    play
  )

  it('are that many', () => {
    expect(first.length + second.length).toBeGreaterThanOrEqual(50)
  })

  it.each(first)('$name', ({act, line}) => {
    const {step, simulator} = played(act)
    expect(verdictOf(step)).toBe('1 failure input')
    expect(said(step, 'error').split('\n')[0]).toMatch(line)
    expect(simulator.requests).toEqual([])
  })

  it.each(second)('as CircleCI answers: $name', ({act, line}) => {
    const {step} = played(act)
    expect(step.exitCode).toBe(1)
    expect(said(step, 'error').split('\n')[0]).toMatch(line)
  })

  it.each(third)('remarked on: $name', ({act, line}) => {
    expect(played(act).step.printed).toMatch(line)
  })
})
