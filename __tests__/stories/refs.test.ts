import {describe, expect, it} from '@jest/globals'
import type {Ref} from '../../src/circleci/model.ts'
import {githubApp, githubAppDefinitions} from '../../simulator/scenarios/github-app.ts'
import {EVENTS, type EventCase} from '../support/events.ts'
import {failsSoon, playAll, said, triggers, verdictOf, type Act} from '../dist/stage.ts'
import {play} from '../support/step.ts'

const onlyTrigger = {wait: 'false'}

function actOfEvent({event, ref, sha, payload}: EventCase): Act {
  return {
    event: {name: event, payload: payload as Record<string, unknown>},
    env: {GITHUB_SHA: sha, GITHUB_REF: ref ?? ''},
    simulator: {scenario: failsSoon},
    inputs: onlyTrigger
  }
}

type WithRef = EventCase & {readonly expected: Ref}
type WithoutRef = EventCase & {readonly expected: RegExp}
const hasRef = (one: EventCase): one is WithRef => !(one.expected instanceof RegExp)
const hasNone = (one: EventCase): one is WithoutRef => one.expected instanceof RegExp

describe('the ref of an event', () => {
  const played = playAll(EVENTS, one => play(actOfEvent(one)))

  it.each(EVENTS.filter(hasRef))('$name', one => {
    const {step, simulator} = played(one)
    expect(step.exitCode).toBe(0)
    expect(triggers(simulator)).toEqual([
      {path: '/api/v2/project/gh/acme/shop/pipeline', body: one.expected}
    ])
    expect(step.printed).toContain(Object.values(one.expected)[0])
  })

  it.each(EVENTS.filter(hasNone))('$name: no ref', one => {
    const {step, simulator} = played(one)
    expect(verdictOf(step)).toBe('1 failure input')
    expect(said(step, 'error').replace(/^Input "branch" is needed: /, '')).toMatch(one.expected)
    expect(said(step, 'error')).toContain('"branch"')
    expect(simulator.pipelines()).toEqual([])
    expect(triggers(simulator)).toEqual([])
  })

  const explicit = EVENTS.filter(({event}) => ['issues', 'pull_request', 'release'].includes(event))
  const withBranch = playAll(explicit, one =>
    play({...actOfEvent(one), inputs: {...onlyTrigger, branch: 'release/2.x'}})
  )

  it.each(explicit)('an explicit branch wins over $name', one => {
    expect(triggers(withBranch(one).simulator)[0]?.body).toEqual({branch: 'release/2.x'})
  })
})

interface Sent extends Act {
  readonly name: string
  readonly path?: string
  readonly body: unknown
}

const app = githubApp.project.slug
const appPath = `/api/v2/project/${app}/pipeline/run`
const pushed = {event: {name: 'push', payload: {ref: 'refs/heads/feature/x'}}}
const both = {checkout: {branch: 'feature/x'}, config: {branch: 'feature/x'}}
const sent: readonly Sent[] = [
  {
    name: 'another repository builds its default branch',
    ...pushed,
    simulator: {scenario: {...failsSoon, project: {...failsSoon.project, slug: 'gh/acme/other'}}},
    path: '/api/v2/project/gh/acme/other/pipeline',
    body: {}
  },
  {
    name: 'the repository is the same in other letters',
    ...pushed,
    env: {GITHUB_REPOSITORY: 'Acme/Shop'},
    inputs: {'project-slug': 'gh/acme/shop'},
    body: {branch: 'feature/x'}
  },
  {name: 'a tag', inputs: {tag: 'v1.2.3'}, body: {tag: 'v1.2.3'}},
  {
    name: 'an opaque slug with its only definition',
    ...pushed,
    simulator: {scenario: githubApp},
    path: appPath,
    body: {definition_id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...both}
  },
  {
    name: 'a definition by name',
    ...pushed,
    simulator: {scenario: githubAppDefinitions},
    inputs: {definition: 'nightly'},
    path: appPath,
    body: {definition_id: expect.stringMatching(/^[0-9a-f-]{36}$/), ...both}
  },
  {
    name: 'a definition whose config is elsewhere',
    ...pushed,
    simulator: {scenario: githubAppDefinitions},
    inputs: {definition: 'compliance'},
    path: appPath,
    body: {
      definition_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checkout: {branch: 'feature/x'}
    }
  },
  {
    name: 'config from another branch',
    ...pushed,
    simulator: {scenario: githubApp},
    inputs: {'config-branch': 'main'},
    path: appPath,
    body: {
      definition_id: expect.anything(),
      checkout: {branch: 'feature/x'},
      config: {branch: 'main'}
    }
  },
  {
    name: 'config from a tag, the code from another',
    simulator: {scenario: githubApp},
    inputs: {'config-tag': 'ci-1', tag: 'v2'},
    path: appPath,
    body: {definition_id: expect.anything(), checkout: {tag: 'v2'}, config: {tag: 'ci-1'}}
  },
  {
    name: 'a definition of a project with an OAuth slug',
    ...pushed,
    inputs: {definition: 'build'},
    path: '/api/v2/project/gh/acme/shop/pipeline/run',
    body: {definition_id: expect.anything(), ...both}
  },
  {
    name: 'a github/ slug on the run endpoint is sent as gh/',
    ...pushed,
    inputs: {definition: 'build', 'project-slug': 'github/acme/shop'},
    path: '/api/v2/project/gh/acme/shop/pipeline/run',
    body: {definition_id: expect.anything(), ...both}
  },
  {
    name: 'types of parameters, YAML',
    simulator: {scenario: {...failsSoon, project: {...failsSoon.project, parameters: {}}}},
    inputs: {
      branch: 'main',
      parameters:
        'text: hello\nquoted: "1"\ninteger: 1\nnegative: -7\nzero: 0\nhex: "0x10"\nbool: true\nno: false\nyes: yes\non: on\nversion: "1.10"\nempty: ""\nnull-text: "null"\nbig: 9007199254740991\nmultiline: |\n  one\n  two\nunicode: "é💡"\n"quoted key": x'
    },
    body: {
      branch: 'main',
      parameters: {
        text: 'hello',
        quoted: '1',
        integer: 1,
        negative: -7,
        zero: 0,
        hex: '0x10',
        bool: true,
        no: false,
        yes: 'yes',
        on: 'on',
        version: '1.10',
        empty: '',
        'null-text': 'null',
        big: 9007199254740991,
        multiline: 'one\ntwo\n',
        unicode: 'é💡',
        'quoted key': 'x'
      }
    }
  },
  {
    name: 'types of parameters, JSON',
    inputs: {branch: 'main', parameters: '{"image-tag": "1", "retries": 3, "deploy": true}'},
    body: {branch: 'main', parameters: {'image-tag': '1', retries: 3, deploy: true}}
  },
  {
    name: 'as many parameters, as long, as CircleCI takes',
    inputs: {
      branch: 'main',
      parameters: Array.from(
        {length: 100},
        (_, index) => `${String(index).padStart(128, 'k')}: ${'x'.repeat(512)}`
      ).join('\n')
    },
    body: {
      branch: 'main',
      parameters: Object.fromEntries(
        Array.from({length: 100}, (_, index) => [String(index).padStart(128, 'k'), 'x'.repeat(512)])
      )
    }
  },
  {name: 'no parameters', inputs: {branch: 'main', parameters: '{}'}, body: {branch: 'main'}}
]

describe('the trigger request', () => {
  const played = playAll(sent, one =>
    play({
      ...one,
      simulator: {scenario: failsSoon, ...one.simulator},
      inputs: {...onlyTrigger, ...one.inputs}
    })
  )

  it.each(sent)('$name', one => {
    const {simulator} = played(one)
    expect(triggers(simulator)).toEqual([
      {path: one.path ?? '/api/v2/project/gh/acme/shop/pipeline', body: one.body}
    ])
    const [request] = simulator.requests.filter(({method}) => method === 'POST')
    expect(request?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'circle-token': simulator.token,
      'user-agent': expect.stringMatching(/^circleci-pipeline-action\/\d/)
    })
    expect(request?.url).not.toContain(simulator.token)
  })

  it('asks for the definition when there are several, with their names and ids', async () => {
    const several = await play({simulator: {scenario: githubAppDefinitions}, inputs: onlyTrigger})
    expect(verdictOf(several.step)).toBe('1 failure input')
    expect(said(several.step, 'error')).toMatch(
      /"definition".*"build" \([0-9a-f-]{36}\), "nightly" \([0-9a-f-]{36}\), "compliance" \(/
    )
    expect(triggers(several.simulator)).toEqual([])
  })

  it('names the definitions there are when one has a typo', async () => {
    const typo = await play({
      simulator: {scenario: githubAppDefinitions},
      inputs: {...onlyTrigger, definition: 'nigthly'}
    })
    expect(verdictOf(typo.step)).toBe('1 failure input')
    expect(said(typo.step, 'error')).toMatch(/"nigthly".*"nightly"/)
    expect(triggers(typo.simulator)).toEqual([])
  })

  it('runs the definition that was named, also by its id', async () => {
    const byName = sent.find(({name}) => name === 'a definition by name')
    const [named] = byName === undefined ? [] : played(byName).simulator.pipelines()
    expect(named?.definitionId).toMatch(/^[0-9a-f-]{36}$/)
    const byId = await play({
      simulator: {scenario: githubAppDefinitions},
      inputs: {...onlyTrigger, definition: named?.definitionId ?? ''}
    })
    expect(byId.step.exitCode).toBe(0)
    expect(byId.simulator.pipelines()[0]?.definitionId).toBe(named?.definitionId)
  })
})
