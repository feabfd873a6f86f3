// Written by the build from action.yml, the one place where defaults are kept. Those that are expressions, which
// only the runner can evaluate, count as none.

/** The default of each input that has one, as text. */
export const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['host', 'https://circleci.com'],
  ['pipeline', 'new'],
  ['pipelines', 'none'],
  ['dry-run', 'false'],
  ['wait', 'false'],
  ['timeout', '1h'],
  ['poll-interval', 'auto'],
  ['fail-fast', 'false'],
  ['rerun-failed', '0'],
  ['on-hold', 'wait'],
  ['on-timeout', 'cancel'],
  ['on-cancel', 'cancel'],
  ['on-no-workflows', 'fail'],
  ['on-rerun', 'new'],
  ['artifacts', '**'],
  ['summary', 'true'],
  ['annotations', 'true'],
  ['log-lines', '40'],
  ['comment', 'false']
])
