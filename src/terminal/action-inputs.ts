// Written by the build from action.yml and the headings of the README's tables, so that the help never drifts.

/** An input as it is documented. */
export interface ActionInput {
  readonly name: string
  /** The README's heading above it. */
  readonly group: string
  readonly description: string
  readonly default?: string
}

/** Every input, in the order of action.yml. */
export const ACTION_INPUTS: readonly ActionInput[] = [
  {
    name: 'token',
    group: 'Access, and what to build',
    description:
      "CircleCI personal API token (project tokens do not work). When empty, the environment's `CIRCLE_TOKEN`, `CIRCLECI_TOKEN` or `CCI_TOKEN` is used. It is masked before anything is printed."
  },
  {
    name: 'host',
    group: 'Access, and what to build',
    description: 'Address of CircleCI - Cloud, or the `https` address of your CircleCI Server.',
    default: 'https://circleci.com'
  },
  {
    name: 'project-slug',
    group: 'Access, and what to build',
    description:
      'Project to build, as `gh/org/repo`, `bb/org/repo` or `circleci/<org>/<project>`. Default - `gh/<this repository>`.'
  },
  {
    name: 'branch',
    group: 'Access, and what to build',
    description:
      'Branch to build. Default - the ref of the event that started the workflow. Excludes `tag`.'
  },
  {
    name: 'tag',
    group: 'Access, and what to build',
    description: 'Tag to build. Excludes `branch`.'
  },
  {
    name: 'definition',
    group: 'Access, and what to build',
    description:
      'Pipeline definition, by name or id (GitHub App projects and others that are triggered through definitions).'
  },
  {
    name: 'config-branch',
    group: 'Access, and what to build',
    description:
      'Branch the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-tag`.'
  },
  {
    name: 'config-tag',
    group: 'Access, and what to build',
    description:
      'Tag the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-branch`.'
  },
  {
    name: 'parameters',
    group: 'Access, and what to build',
    description:
      'Pipeline parameters, a YAML or JSON mapping of strings, integers and booleans; `null` is none. `{request-id}` in a string is replaced by an id of this request, by which its pipeline is found again.'
  },
  {
    name: 'pipeline',
    group: 'Access, and what to build',
    description:
      "`new` triggers a pipeline; `commit` takes every one that CircleCI itself started for the event's commit on its ref, a full SHA those of that commit; an id or a number takes that one. What was taken is never cancelled.",
    default: 'new'
  },
  {
    name: 'pipelines',
    group: 'Access, and what to build',
    description:
      "Several pipelines in one step - a YAML or JSON mapping of a name to what differs from this step's inputs (`project-slug`, `branch`, `tag`, `definition`, `config-branch`, `config-tag`, `parameters`, `pipeline`, `workflows`, `jobs`, `approve`). `none` is one pipeline, `{}` none at all.",
    default: 'none'
  },
  {
    name: 'dry-run',
    group: 'Access, and what to build',
    description:
      'Check the inputs, the token, the project, the definition and the ref, show the request that would be sent, and trigger nothing.',
    default: 'false'
  },
  {
    name: 'wait',
    group: 'Waiting',
    description: "Wait for the verdict of the pipeline's workflows.",
    default: 'false'
  },
  {
    name: 'timeout',
    group: 'Waiting',
    description:
      'Longest wait, from the first request on - whole seconds (`90`), or `90s`, `30m`, `1h30m`.',
    default: '1h'
  },
  {
    name: 'poll-interval',
    group: 'Waiting',
    description:
      "`auto` (asks when an answer is likely, from the workflow's own history), or a fixed duration of at least `1s`.",
    default: 'auto'
  },
  {
    name: 'workflows',
    group: 'Waiting',
    description:
      'Names or globs of the workflows that decide the verdict, one a line. A line that begins with `!` excludes (quote it, or use a block). Default - all.'
  },
  {
    name: 'jobs',
    group: 'Waiting',
    description:
      'Names or globs of the jobs that decide the verdict, one a line, whatever else still runs; nothing is cancelled when they are done. Jobs of the kind `build` by name or glob, others by their exact name, approvals never. A line that begins with `!` excludes (quote it, or use a block). Default - none, whole workflows decide.'
  },
  {
    name: 'fail-fast',
    group: 'Waiting',
    description:
      'End as soon as a deciding workflow is failing, or a deciding job has failed; the pipeline is left running.',
    default: 'false'
  },
  {
    name: 'rerun-failed',
    group: 'Waiting',
    description:
      'How many times to rerun a failed workflow from its failed jobs (with `jobs`, one in which a deciding job failed).',
    default: '0'
  },
  {
    name: 'approve',
    group: 'Waiting',
    description:
      'Names or globs of approval jobs, one a line, to approve when they come on hold. Without `wait` the step ends when all of them are approved, by whomever. A line that begins with `!` excludes.'
  },
  {
    name: 'on-hold',
    group: 'Waiting',
    description: 'What to do once only unapproved holds are left - `wait`, `fail` or `succeed`.',
    default: 'wait'
  },
  {
    name: 'on-timeout',
    group: 'Waiting',
    description:
      'What becomes of the pipeline this step triggered when the timeout is reached - `cancel` or `leave`.',
    default: 'cancel'
  },
  {
    name: 'on-cancel',
    group: 'Waiting',
    description:
      'What becomes of the pipeline this step triggered when GitHub cancels the job - `cancel` or `leave`.',
    default: 'cancel'
  },
  {
    name: 'on-no-workflows',
    group: 'Waiting',
    description: 'Whether a pipeline that runs no workflows makes the step `fail` or `succeed`.',
    default: 'fail'
  },
  {
    name: 'on-rerun',
    group: 'Waiting',
    description:
      'On GitHub\'s "Re-run jobs" - a `new` pipeline, or `from-failed` to rerun what failed in the pipeline of the earlier attempt.',
    default: 'new'
  },
  {
    name: 'artifacts',
    group: 'What comes back',
    description:
      'Globs of the artifacts to report, one a line; `job:path` selects by job. A line that begins with `!` excludes (quote it, or use a block). Empty turns it off.',
    default: '**'
  },
  {
    name: 'artifacts-path',
    group: 'What comes back',
    description:
      "Folder in the workspace (or below the runner's temp folder) to download the artifacts into. What lies at the workspace's root is not overwritten."
  },
  {
    name: 'summary',
    group: 'What comes back',
    description: 'Write the job summary.',
    default: 'true'
  },
  {
    name: 'annotations',
    group: 'What comes back',
    description: 'Annotate failed jobs and failed tests.',
    default: 'true'
  },
  {
    name: 'log-lines',
    group: 'What comes back',
    description: "Lines of each failed step's log to show; `0` turns it off.",
    default: '40'
  },
  {
    name: 'github-token',
    group: 'What comes back',
    description:
      "GitHub token, used only for `commit-status`, `comment`, and to read a pull request's head for `pipeline - commit` on `issue_comment` (`pull-requests read`)."
  },
  {
    name: 'commit-status',
    group: 'What comes back',
    description:
      'Context name of a commit status to keep up to date. `context -> glob` makes one that links to an artifact. One a line. Needs `statuses write` permission.'
  },
  {
    name: 'comment',
    group: 'What comes back',
    description:
      '`true`, or a name - keep one pull request comment up to date for this workflow, job, project and name. Steps in parallel give each its name. Needs `pull-requests write` permission.',
    default: 'false'
  }
]
