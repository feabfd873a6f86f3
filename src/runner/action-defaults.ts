// Written by the build from action.yml, the one place where defaults are kept. Those that are expressions, which
// only the runner can evaluate, count as none.

/** Every input, and its default as text; `undefined` where it has none. */
export const DEFAULTS: ReadonlyMap<string, string | undefined> = new Map([
  ['token', undefined],
  ['host', 'https://circleci.com'],
  ['project-slug', undefined],
  ['branch', undefined],
  ['tag', undefined],
  ['definition', undefined],
  ['config-branch', undefined],
  ['config-tag', undefined],
  ['parameters', undefined],
  ['pipeline', 'new'],
  ['pipelines', 'none'],
  ['dry-run', 'false'],
  ['wait', 'false'],
  ['timeout', '1h'],
  ['poll-interval', 'auto'],
  ['workflows', undefined],
  ['jobs', undefined],
  ['fail-fast', 'false'],
  ['rerun-failed', '0'],
  ['approve', undefined],
  ['on-hold', 'wait'],
  ['on-timeout', 'cancel'],
  ['on-cancel', 'cancel'],
  ['on-no-workflows', 'fail'],
  ['on-rerun', 'new'],
  ['artifacts', '**'],
  ['artifacts-path', undefined],
  ['summary', 'true'],
  ['annotations', 'true'],
  ['log-lines', '40'],
  ['github-token', undefined],
  ['commit-status', undefined],
  ['comment', 'false']
])
