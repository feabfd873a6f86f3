import {COMMIT, type RunnerEvent} from '../../scripts/runner/environment.ts'
import {type ActionResult, runAction} from '../../scripts/runner/run-action.ts'
import {type Simulator, startSimulator} from '../../simulator/index.ts'
import {type FakeGitHub, startFakeGitHub} from '../support/fake-github.ts'
import {type Turns, readConfig} from './circleci-config.ts'
import {type JobEnd, type StubbedOutputs, playWorkflow, readWorkflow} from './workflow-file.ts'

/** The commit of the event, unless a scene says another. */
export const HEAD = '2222222222222222222222222222222222222222'
const PULL: RunnerEvent = {
  name: 'pull_request',
  payload: {
    number: 12,
    pull_request: {
      number: 12,
      head: {ref: 'feature/cart', sha: HEAD, repo: {full_name: 'acme/shop'}},
      base: {ref: 'main', repo: {full_name: 'acme/shop'}}
    }
  }
}
const PUSH: RunnerEvent = {name: 'push', payload: {ref: 'refs/heads/main', after: HEAD}}
const RELEASE: RunnerEvent = {name: 'release', payload: {release: {tag_name: '1.10'}}}
const SCHEDULE: RunnerEvent = {name: 'schedule', payload: {}}
const REVIEW: RunnerEvent = {
  name: 'pull_request_review',
  payload: {
    ...PULL.payload,
    review: {state: 'approved', author_association: 'MEMBER', commit_id: HEAD}
  }
}
const COMMENT: RunnerEvent = {
  name: 'issue_comment',
  payload: {
    issue: {number: 12, pull_request: {}},
    comment: {body: '/test', author_association: 'MEMBER'}
  }
}
const QUEUE = `gh-readonly-queue/main/pr-12-${COMMIT}`
const QUEUED: RunnerEvent = {
  name: 'merge_group',
  payload: {merge_group: {head_ref: `refs/heads/${QUEUE}`, head_sha: HEAD}}
}

/** What an example drives: the config of each project by slug, how its jobs turn out, what CircleCI starts by itself. */
export interface Example {
  readonly event: RunnerEvent
  readonly projects: Readonly<Record<string, {readonly config: string; readonly turns?: Turns}>>
  /** Definitions of the projects, where they have any. */
  readonly definitions?: readonly string[]
  /** Ref on which CircleCI has started a pipeline of the commit by itself. */
  readonly built?: string
  /** GitHub's run attempts to play, one after the other; one when absent. */
  readonly attempts?: number
  /** Events that come later, each about the pipelines there are by then. */
  readonly next?: readonly ((pipelines: ReturnType<Simulator['pipelines']>) => RunnerEvent)[]
  /** Outputs of the steps that are not run. */
  readonly outputs?: StubbedOutputs
}

const SHOP = 'gh/acme/shop'
const html = (file: string) => ({path: file, content: '<!doctype html><title>Docs</title>\n'})

/** What each folder of examples/ is played with. */
export const EXAMPLES = {
  'gate-pull-request': {event: PULL, projects: {[SHOP]: {config: 'circleci.yml'}}},
  'release-with-parameters': {event: RELEASE, projects: {[SHOP]: {config: 'circleci.yml'}}},
  'github-app-definition': {
    event: SCHEDULE,
    definitions: ['build', 'nightly'],
    projects: {'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat': {config: 'circleci.yml'}}
  },
  'wait-for-commit-pipeline': {
    event: PULL,
    built: 'feature/cart',
    projects: {
      [SHOP]: {
        config: 'circleci.yml',
        turns: {
          test: {
            artifacts: [
              {
                path: 'coverage/summary.md',
                content:
                  'All lines: 94.2 %\n</pre><img src=x> <b>&lt;\n\n# [no](https://evil.example)\n'
              },
              {path: 'reports/junit.xml', content: '<testsuites/>\n'}
            ]
          }
        }
      }
    }
  },
  'approve-behind-environment': {event: PUSH, projects: {[SHOP]: {config: 'circleci.yml'}}},
  'monorepo-matrix': {
    event: PULL,
    definitions: ['build'],
    projects: {
      'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat': {config: 'circleci-api.yml'},
      'circleci/9YytKzouJxzu4TjCRFqAoD/7KbhJpq2wXcVt9RyNs3ZmE': {
        config: 'circleci-web.yml',
        turns: {'test-web': {outcome: 'failed'}}
      }
    }
  },
  'nightly-cross-repo': {
    event: SCHEDULE,
    projects: {
      'gh/acme/api': {config: 'circleci-service.yml'},
      'gh/acme/web': {config: 'circleci-service.yml'},
      'gh/acme/end-to-end': {config: 'circleci-end-to-end.yml'}
    }
  },
  'deploy-after-green': {
    event: PUSH,
    built: 'main',
    projects: {[SHOP]: {config: 'circleci.yml', turns: {measure: {outcome: 'failed'}}}}
  },
  'preview-links-comment': {
    event: PULL,
    built: 'feature/cart',
    projects: {
      [SHOP]: {
        config: 'circleci.yml',
        turns: {
          'build-docs': {
            artifacts: ['docs/404.html', 'docs/guide.html', 'docs/index.html'].map(html)
          }
        }
      }
    }
  },
  'approve-after-review': {
    event: REVIEW,
    built: 'feature/cart',
    projects: {[SHOP]: {config: 'circleci.yml'}}
  },
  'test-by-comment': {event: COMMENT, projects: {[SHOP]: {config: 'circleci.yml'}}},
  'merge-queue': {event: QUEUED, projects: {[SHOP]: {config: 'circleci.yml'}}},
  'parallel-steps': {
    event: PULL,
    projects: {
      [SHOP]: {
        config: 'circleci.yml',
        turns: {
          'unit-tests': {artifacts: [{path: 'reports/result.txt', content: 'unit\n'}]},
          'browser-tests': {artifacts: [{path: 'reports/result.txt', content: 'browser\n'}]}
        }
      }
    }
  },
  'wait-without-runner': {
    event: PUSH,
    next: [
      ([pipeline]) => ({
        name: 'repository_dispatch',
        payload: {action: 'circleci', client_payload: {pipeline: pipeline?.number}}
      }),
      () => SCHEDULE
    ],
    outputs: {oldest: {pipeline: '101'}},
    projects: {[SHOP]: {config: 'circleci.yml', turns: {test: {outcome: 'failed'}}}}
  },
  'monorepo-pipelines': {
    event: PULL,
    outputs: {parts: {changes: '["api","web"]', api: 'true', web: 'true', docs: 'false'}},
    projects: {[SHOP]: {config: 'circleci.yml'}}
  },
  'rerun-from-failed': {
    event: PULL,
    attempts: 2,
    projects: {
      [SHOP]: {
        config: 'circleci.yml',
        turns: {
          'browser-tests': {
            outcome: 'failed',
            attempts: [{outcome: 'failed'}, {outcome: 'success'}]
          }
        }
      }
    }
  }
} satisfies Record<string, Example>

/** An example with the CircleCI and the GitHub it meets. */
export interface Scene {
  readonly name: string
  readonly example: Example
  /** By the slug of their project. */
  readonly simulators: Readonly<Record<string, Simulator>>
  readonly github: FakeGitHub
  readonly end: () => Promise<void>
}

/** Starts what an example meets; `head` is the commit its event is about. */
export async function setScene(name: string, example: Example, head = HEAD): Promise<Scene> {
  const github = await startFakeGitHub({
    heads: {12: {sha: head, ref: 'feature/cart', repo: {full_name: 'acme/shop'}}}
  })
  const simulators = Object.fromEntries(
    await Promise.all(
      Object.entries(example.projects).map(
        async ([slug, project]) =>
          [slug, await simulate(name, slug, project, example, head)] as const
      )
    )
  )
  const end = async (): Promise<void> => {
    await Promise.all([github.close(), ...Object.values(simulators).map(it => it.stop())])
  }
  return {name, example, simulators, github, end}
}

/**
 * Plays one of GitHub's run attempts with scripts/runner, of the first event or of a later one. Whoever asks for it disposes of
 * the steps.
 */
export async function playAttempt(
  {name, example, simulators, github}: Scene,
  attempt: number,
  event = example.event
): Promise<readonly JobEnd<ActionResult>[]> {
  const contexts = {
    github: {event: event.payload ?? {}, event_name: event.name},
    secrets: {CIRCLECI_TOKEN: 'filled in with the simulator’s'}
  }
  const use = (inputs: Record<string, string>): Promise<ActionResult> => {
    const simulator = simulators[inputs['project-slug'] ?? SHOP]
    if (simulator === undefined || inputs['token'] !== contexts.secrets.CIRCLECI_TOKEN) {
      throw new Error(`${name} drives ${inputs['project-slug'] ?? SHOP}, or not with its secret.`)
    }
    return runAction({
      event,
      inputs: {
        ...inputs,
        ...(inputs['wait'] === 'true' ? {'poll-interval': '1s'} : {}),
        token: simulator.token,
        host: simulator.url
      },
      env: {GITHUB_API_URL: github.url, GITHUB_RUN_ATTEMPT: String(attempt)},
      githubToken: github.token
    })
  }
  return playWorkflow(readWorkflow(name), contexts, use, example.outputs)
}

async function simulate(
  name: string,
  slug: string,
  project: {readonly config: string; readonly turns?: Turns},
  {definitions, built, event}: Example,
  head: string
): Promise<Simulator> {
  const {parameters, pipeline} = readConfig(`${name}/${project.config}`, project.turns)
  const simulator = await startSimulator({
    scenario: {
      name,
      description: 'What the config of the example says.',
      project: {
        ...{slug, name: slug.split('/').at(-1) ?? '', organization: 'acme', defaultBranch: 'main'},
        parameters,
        revisions: {
          'feature/cart': head,
          main: event.name === 'push' ? head : COMMIT,
          '1.10': COMMIT,
          [QUEUE]: head
        },
        ...(definitions === undefined
          ? {}
          : {
              definitions: definitions.map(definition => ({
                name: definition,
                checkoutRepository: 'acme/shop',
                configRepository: 'acme/shop'
              }))
            })
      },
      pipeline,
      // A client sends its token to another host only over https.
      behaviour: {artifactHost: 'api'}
    }
  })
  if (built !== undefined) simulator.startPipeline({ref: {branch: built}, revision: head})
  return simulator
}
