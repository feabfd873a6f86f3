import type {ScenarioName} from '../../simulator/index.ts'

/** What the demo gives the step besides `wait: true` and a short `poll-interval`, and why. */
export interface Showcase {
  readonly inputs: Readonly<Record<string, string>>
  /** Whether somebody pushes as the step begins, and tags the same commit. */
  readonly push?: boolean
  /** One sentence for the person who watches. */
  readonly why: string
}

/** Scenarios that show more with an input of their own; any other runs without. */
const SHOWCASES: Partial<Readonly<Record<ScenarioName, Showcase>>> = {
  passing: {
    inputs: {parameters: 'environment: staging\ndeploy: true', 'artifacts-path': 'artifacts'},
    why: 'It also sends pipeline parameters and downloads the artifacts.'
  },
  'on-hold': {
    inputs: {approve: 'hold-*'},
    why: 'The step approves the hold by itself, since "approve" names it.'
  },
  flaky: {
    inputs: {'rerun-failed': '1'},
    why: 'The step reruns the workflow from its failed jobs once, since "rerun-failed" is 1.'
  },
  'github-app': {
    inputs: {definition: 'build'},
    why: 'The pipeline definition is found by its name.'
  },
  'github-app-definitions': {
    inputs: {definition: 'nightly'},
    why: 'One of three pipeline definitions is chosen by its name.'
  },
  commit: {
    inputs: {pipeline: 'commit'},
    push: true,
    why: 'The step takes what CircleCI started itself for the commit, and not the pipeline of a tag at the same commit.'
  },
  several: {
    inputs: {
      pipelines: ['api', 'web', 'docs', 'image']
        .map(name => `${name}: {definition: ${name}}`)
        .join('\n')
    },
    why: 'Four pipelines in one step, each of its own definition: one verdict for all of them.'
  },
  'skip-ci': {
    inputs: {definition: 'build'},
    why: 'Only the run endpoint, which a definition asks for, answers without a pipeline.'
  },
  huge: {
    inputs: {artifacts: 'reports/shard-50/**', 'artifacts-path': 'artifacts'},
    why: 'Of 20,000 artifacts only those of the failed job are reported and downloaded.'
  }
}

/** What to show of a scenario. */
export function showcaseOf(scenario: ScenarioName): Showcase {
  const {inputs = {}, push = false, why = ''} = SHOWCASES[scenario] ?? {}
  // The pipelines here take seconds, not minutes.
  return {inputs: {wait: 'true', 'poll-interval': '1s', ...inputs}, push, why}
}
