import {expect} from '@jest/globals'
import {afterwards, playAll, verdictOf, type Act, type Played} from '../dist/stage.ts'
import {startFakeGitHub, type FakeGitHub, type FakeGitHubOptions} from './fake-github.ts'

/** A whole step against a CircleCI and a GitHub, and what has to come of it. */
export interface Journey extends Act {
  readonly name: string
  /** As `verdictOf` tells it. */
  readonly verdict: string
  readonly says?: readonly (string | RegExp)[]
  readonly github?: FakeGitHubOptions
  /** Everything else there is to see. */
  readonly check?: (arrived: Arrived) => void
}

/** A step that has ended, and the two it spoke to. */
export interface Arrived extends Played {
  readonly github: FakeGitHub
}

/** Travels all of them before the first test. `play` runs a step: of the bundle, or in this process. */
export function travelAll(
  journeys: readonly Journey[],
  play: (act: Act) => Promise<Played>
): (journey: Journey) => Arrived {
  return playAll(journeys, journey => travel(journey, play), journeys.length)
}

/** Checks that a journey ended as it has to. */
export function expectArrival(journey: Journey, arrived: Arrived): void {
  const {step} = arrived
  expect(verdictOf(step)).toBe(journey.verdict)
  expect(step.stderr).toBe('')
  for (const words of journey.says ?? []) expect(step.printed).toMatch(words)
  journey.check?.(arrived)
}

async function travel(journey: Journey, play: (act: Act) => Promise<Played>): Promise<Arrived> {
  const github = await startFakeGitHub(journey.github)
  afterwards(() => github.close())
  const played = await play({
    ...journey,
    githubToken: github.token,
    env: {GITHUB_API_URL: github.url, ...journey.env}
  })
  return {...played, github}
}
