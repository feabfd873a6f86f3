// The lines of the house: arrows between folders go one way, packages and ambient things have one door each. Names stand
// for files directly under src/, and those that end in a slash for its folders.

const FOUNDATION = [
  'address',
  'clock',
  'duration',
  'errors',
  'glob',
  'lines',
  'log',
  'mask',
  'matcher',
  'outage',
  'terminal-codes',
  'version'
]
const DOMAIN = ['circleci/', 'result', 'verdict', ...FOUNDATION]
const INPUTS = ['action-defaults', 'input-reader', 'input-values', 'inputs']

/** What each folder may import besides itself. */
const FOLDERS = {
  circleci: FOUNDATION,
  trigger: DOMAIN,
  wait: DOMAIN,
  collect: DOMAIN,
  report: ['wait/', ...DOMAIN],
  github: ['trigger/', ...DOMAIN],
  post: ['steps']
}

/** What the foundation, the tables and the inputs may import: nothing but what is listed. */
const FILES = {
  address: [],
  clock: [],
  duration: [],
  errors: [],
  glob: [],
  lines: [],
  log: [],
  mask: [],
  matcher: ['glob'],
  outage: ['clock', 'duration', 'errors', 'log'],
  'terminal-codes': [],
  version: [],
  result: ['circleci/', 'errors'],
  verdict: ['circleci/', 'wait/', 'result', ...FOUNDATION],
  'action-defaults': [],
  'input-reader': ['action-defaults', ...FOUNDATION],
  'input-values': ['circleci/', ...INPUTS, ...FOUNDATION],
  inputs: ['circleci/', 'github/', 'trigger/', ...INPUTS, ...FOUNDATION],
  outputs: ['report/', ...DOMAIN],
  state: ['circleci/', 'trigger/', ...FOUNDATION],
  setup: ['circleci/', 'report/', ...INPUTS, ...FOUNDATION],
  reporter: [
    'circleci/',
    'collect/',
    'github/',
    'report/',
    'trigger/',
    'wait/',
    'delivery',
    'outputs',
    'result',
    'run-context',
    'side-channels',
    'state',
    ...INPUTS,
    ...FOUNDATION
  ],
  'side-channels': ['github/', 'setup', ...INPUTS, ...FOUNDATION],
  delivery: ['report/', 'outputs', 'result', ...FOUNDATION],
  finish: ['circleci/', 'trigger/', 'wait/', 'inputs', 'state', ...FOUNDATION],
  index: ['github/signals', 'clock', 'steps'],
  steps: ['main', 'post']
}

/** What every other file directly under src/ may not import: the story knows neither the edge nor GitHub. */
const NOT_FOR_THE_STORY = [
  'delivery',
  'side-channels',
  'index',
  'main',
  'outputs',
  'post',
  'post/',
  'steps',
  'reporter',
  'setup',
  'state',
  'github/',
  'report/'
]
const NOT_FOR_THE_ROOT = ['index', 'main', 'post', 'post/', 'steps']

/** Packages that only some files may import. */
const DOORS = [
  {
    packages: '^@actions/core(/|$)',
    open: /^src\/(main|post|setup|reporter|delivery|state|inputs|input-reader|outputs|report\/.+)\.ts$/,
    message:
      'Only the edge speaks to the runner: main, post, setup, reporter, delivery, state, inputs, outputs and report/.'
  },
  {
    packages: '^@actions/github(/|$)',
    open: /^src\/github\/.+\.ts$/,
    message: 'Only github/ speaks to GitHub.'
  },
  {
    packages: '^(@actions/http-client|(node:)?(https?|http2|net|tls))(/|$)',
    open: /^src\/circleci\/(transport|exchange)\.ts$/,
    message: 'Requests go through circleci/transport.ts.'
  },
  {packages: '^(node:)?child_process$', open: /^$/, message: 'Nothing is spawned.'},
  {
    packages: '^(node:)?timers(/promises)?$',
    open: /^$/,
    message: 'Take a Clock, so that tests can drive the time.'
  }
]

const READS_ENVIRONMENT =
  /^src\/(main|post|post\/any|delivery|input[\w-]*|github\/(context|octokit))\.ts$/
const KEEPS_TIME = /^src\/(clock|circleci\/(transport|exchange))\.ts$/

const OUTSIDE = {
  regex: '^(\\.\\.?/)+(simulator|scripts|bench|__tests__|dist)/',
  message:
    'src/ is what is bundled: it imports nothing that only the demo, the tests or the benches use.'
}
const ENVIRONMENT = [
  {
    object: 'process',
    property: 'env',
    message:
      'Only the edge reads the environment: main, post, delivery, inputs, github/context.ts and github/octokit.ts.'
  }
]
const CAN_PARSE = {
  object: 'URL',
  property: 'canParse',
  message:
    'It is wrong about addresses outside ASCII on Node 20 and 22: use parseAddress of address.ts.'
}
const CLOCK = 'Take a Clock (or a source of randomness), so that tests can drive it.'
const AMBIENT_PROPERTIES = [
  {object: 'Date', property: 'now', message: CLOCK},
  {object: 'Math', property: 'random', message: CLOCK},
  {object: 'performance', property: 'now', message: CLOCK}
]
const TIMERS = ['setTimeout', 'setInterval'].map(name => ({name, message: CLOCK}))
const FETCH = {name: 'fetch', message: 'Requests go through circleci/transport.ts.'}
const NEW_DATE = {selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK}

/** ESLint's configurations for src/, from the widest to the narrowest. */
export const boundaries = [
  configuration('src/**/*.ts', 'src/story.ts', allBut(NOT_FOR_THE_STORY, './')),
  ...['main', 'post'].map(name =>
    configuration(`src/${name}.ts`, `src/${name}.ts`, allBut(NOT_FOR_THE_ROOT, './'))
  ),
  ...Object.entries(FILES).map(([name, allowed]) =>
    configuration(`src/${name}.ts`, `src/${name}.ts`, only(allowed, './'))
  ),
  ...Object.entries(FOLDERS).map(([folder, allowed]) =>
    configuration(`src/${folder}/**/*.ts`, `src/${folder}/any.ts`, only(allowed, '../'))
  ),
  ...['transport', 'exchange'].map(name =>
    configuration(`src/circleci/${name}.ts`, `src/circleci/${name}.ts`, only(FOUNDATION, '../'))
  ),
  ...['context', 'octokit'].map(name =>
    configuration(`src/github/${name}.ts`, `src/github/${name}.ts`, only(FOLDERS.github, '../'))
  )
]

/** The rules for the files of a glob; `example` is one such file, to look up which doors are open to it. */
function configuration(files, example, ownCode) {
  const keepsTime = KEEPS_TIME.test(example)
  return {
    files: [files],
    rules: {
      'no-restricted-imports': ['error', {patterns: [OUTSIDE, ownCode, ...packages(example)]}],
      'no-restricted-properties': [
        'error',
        CAN_PARSE,
        ...(READS_ENVIRONMENT.test(example) ? [] : ENVIRONMENT),
        ...(keepsTime ? [] : AMBIENT_PROPERTIES)
      ],
      'no-restricted-globals': ['error', FETCH, ...(keepsTime ? [] : TIMERS)],
      'no-restricted-syntax': ['error', ...(keepsTime ? [] : [NEW_DATE])]
    }
  }
}

function only(names, up) {
  const choice = names.length === 0 ? '' : `(?!${choiceOf(names)})`
  return {
    regex: `^${up.replaceAll('.', '\\.')}(?!\\.)${choice}`,
    message: `Arrows go one way: of src/ this place may import ${names.join(', ') || 'nothing'}.`
  }
}

function allBut(names, up) {
  return {
    regex: `^${up.replaceAll('.', '\\.')}(?:${choiceOf(names)})`,
    message: `Arrows go one way: this place may not import ${names.join(', ')}.`
  }
}

function choiceOf(names) {
  return names.map(name => (name.endsWith('/') ? name : `${name}\\.ts$`)).join('|')
}

function packages(example) {
  const closed = DOORS.filter(({open}) => !open.test(example))
  return [
    ...closed.map(({packages, message}) => ({regex: packages, message})),
    {
      regex: '^(node:)?process$',
      importNames: ['env'],
      message: 'Only the edge reads the environment, as process.env.'
    }
  ]
}
