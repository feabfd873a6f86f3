// Written by the build from action.yml and the headings of the README's tables, so that the help never drifts.

/** What each input means, by the README's heading above it. */
export const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Access, and what to build': {
    token:
      "CircleCI personal API token (project tokens do not work). When empty, the environment's `CIRCLE_TOKEN`, `CIRCLECI_TOKEN` or `CCI_TOKEN` is used. It is masked before anything is printed.",
    host: 'Address of CircleCI - Cloud, or the `https` address of your CircleCI Server.',
    'project-slug':
      'Project to build, as `gh/org/repo`, `bb/org/repo` or `circleci/<org>/<project>`. Default - `gh/<this repository>`.',
    branch:
      'Branch to build. Default - the ref of the event that started the workflow. Excludes `tag`.',
    tag: 'Tag to build. Excludes `branch`.',
    definition:
      'Pipeline definition, by name or id (GitHub App projects and others that are triggered through definitions).',
    'config-branch':
      'Branch the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-tag`.',
    'config-tag':
      'Tag the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-branch`.',
    parameters:
      'Pipeline parameters, a YAML or JSON mapping of strings, integers and booleans; `null` is none. `{request-id}` in a string is replaced by an id of this request, by which its pipeline is found again.',
    pipeline:
      "`new` triggers a pipeline; `commit` takes every one that CircleCI itself started for the event's commit on its ref, a full SHA those of that commit; an id or a number takes that one. What was taken is never cancelled.",
    pipelines:
      "Several pipelines in one step - a YAML or JSON mapping of a name to what differs from this step's inputs (`project-slug`, `branch`, `tag`, `definition`, `config-branch`, `config-tag`, `parameters`, `pipeline`, `workflows`, `jobs`, `approve`). `none` is one pipeline, `{}` none at all.",
    'dry-run':
      'Check the inputs, the token, the project, the definition and the ref, show the request that would be sent, and trigger nothing.'
  },
  Waiting: {
    wait: "Wait for the verdict of the pipeline's workflows.",
    timeout:
      'Longest wait, from the first request on - whole seconds (`90`), or `90s`, `30m`, `1h30m`.',
    'poll-interval':
      "`auto` (asks when an answer is likely, from the workflow's own history), or a fixed duration of at least `1s`.",
    workflows:
      'Names or globs of the workflows that decide the verdict, one a line. A line that begins with `!` excludes (quote it, or use a block). Default - all.',
    jobs: 'Names or globs of the jobs that decide the verdict, one a line, whatever else still runs; nothing is cancelled when they are done. Jobs of the kind `build` by name or glob, others by their exact name, approvals never. A line that begins with `!` excludes (quote it, or use a block). Default - none, whole workflows decide.',
    'fail-fast':
      'End as soon as a deciding workflow is failing, or a deciding job has failed; the pipeline is left running.',
    'rerun-failed':
      'How many times to rerun a failed workflow from its failed jobs (with `jobs`, one in which a deciding job failed).',
    approve:
      'Names or globs of approval jobs, one a line, to approve when they come on hold. Without `wait` the step ends when all of them are approved, by whomever. A line that begins with `!` excludes.',
    'on-hold': 'What to do once only unapproved holds are left - `wait`, `fail` or `succeed`.',
    'on-timeout':
      'What becomes of the pipeline this step triggered when the timeout is reached - `cancel` or `leave`.',
    'on-cancel':
      'What becomes of the pipeline this step triggered when GitHub cancels the job - `cancel` or `leave`.',
    'on-no-workflows':
      'Whether a pipeline that runs no workflows makes the step `fail` or `succeed`.',
    'on-rerun':
      'On GitHub\'s "Re-run jobs" - a `new` pipeline, or `from-failed` to rerun what failed in the pipeline of the earlier attempt.'
  },
  'What comes back': {
    artifacts:
      'Globs of the artifacts to report, one a line; `job:path` selects by job. A line that begins with `!` excludes (quote it, or use a block). Empty turns it off.',
    'artifacts-path':
      "Folder in the workspace (or below the runner's temp folder) to download the artifacts into. What lies at the workspace's root is not overwritten.",
    summary: 'Write the job summary.',
    annotations: 'Annotate failed jobs and failed tests.',
    'log-lines': "Lines of each failed step's log to show; `0` turns it off.",
    'github-token':
      "GitHub token, used only for `commit-status`, `comment`, and to read a pull request's head for `pipeline - commit` on `issue_comment` (`pull-requests read`).",
    'commit-status':
      'Context name of a commit status to keep up to date. `context -> glob` makes one that links to an artifact. One a line. Needs `statuses write` permission.',
    comment:
      '`true`, or a name - keep one pull request comment up to date for this workflow, job, project and name. Steps in parallel give each its name. Needs `pull-requests write` permission.'
  }
}
