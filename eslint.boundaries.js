// The lines of the house: arrows between folders go one way, and packages and ambient things have one door each.

/** What the files of each folder of src/ may import of its other folders; the files directly under src/ may import all. */
const FOLDERS = {
  base: [],
  circleci: ['base'],
  github: ['record', 'trigger', 'base'],
  trigger: ['circleci', 'base'],
  record: ['trigger', 'circleci', 'base'],
  wait: ['record', 'circleci', 'base'],
  download: ['record', 'circleci', 'base'],
  collect: ['download', 'record', 'circleci', 'base'],
  runner: ['trigger', 'github', 'record', 'circleci', 'base'],
  report: ['runner', 'github', 'trigger', 'wait', 'collect', 'record', 'circleci', 'base'],
  pipeline: [
    ...['report', 'runner', 'wait', 'collect', 'download'],
    ...['record', 'trigger', 'circleci', 'base']
  ],
  terminal: ['report', 'runner', 'github', 'trigger', 'record', 'circleci', 'base']
}

for (const folder of Object.keys(FOLDERS)) refuseCircle(folder, [])

/** What stands directly under src/ is for none of its folders; of the entries it may import nothing. */
const ENTRIES = ['index', 'post/index', 'cli/index', 'steps']

/** Packages and built-in modules that only some files may import. */
const DOORS = [
  {
    packages: '^@actions/core(/|$)',
    open: /^src\/(main|play|post|runner\/.+|report\/.+)\.ts$/,
    message: 'Only the edge speaks to the runner: main, play, post, runner/ and report/.'
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
  {
    packages: '^(node:)?child_process$',
    open: /^src\/terminal\/context\.ts$/,
    message: 'Nothing is spawned but git, and that only for --here.'
  },
  {
    packages: '^(node:)?timers(/promises)?$',
    open: /^$/,
    message: 'Take a Clock, so that tests can drive the time.'
  }
]

/**
 * What a step that only triggers does without is reached through an `import()` where it is needed: what such a step loads
 * may import its types only.
 */
const EARLY = [
  ...[
    'main',
    'play',
    'step',
    'pipeline/run',
    'pipeline/obtain',
    'report/reporter',
    'report/delivery'
  ],
  ...['report/outputs', 'report/log', 'runner/*', 'record/*', 'github/*'],
  ...['trigger/once', 'trigger/first-read']
]
const LAZY = {
  regex:
    '(^|/)(wait|collect|download)/|/(commit|follow|ending|search|failure|earlier|listing|match|parameters|entries|summary|failures|comment)\\.ts$|^yaml$',
  allowTypeImports: true,
  message: 'A step that only triggers does without: load it with an import() where it is needed.'
}

const READS_ENVIRONMENT =
  /^src\/(main|post|post\/index|command|report\/delivery|runner\/(input[\w-]*|context)|github\/client)\.ts$/
const KEEPS_TIME = /^src\/(base\/clock|circleci\/(transport|exchange))\.ts$/

const OUTSIDE = {
  regex: '^(\\.\\.?/)+(simulator|scripts|bench|__tests__|dist)/',
  message:
    'src/ is what is bundled: it imports nothing that only the demo, the tests or the benches use.'
}
const ENVIRONMENT = {
  object: 'process',
  property: 'env',
  message: 'Only the edge reads the environment: main, post, runner/ and github/client.ts.'
}
const CAN_PARSE = {
  object: 'URL',
  property: 'canParse',
  message:
    'It is wrong about addresses outside ASCII on Node 20 and 22: use parseAddress of base/text.ts.'
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

/** Files with doors of their own, which patterns of whole folders would shut. */
const WITH_DOORS = [
  'base/clock',
  'circleci/transport',
  'circleci/exchange',
  'runner/context',
  'github/client',
  'report/delivery',
  'main',
  'play',
  'post',
  'command',
  'terminal/context'
]

/** ESLint's configurations for src/, from the widest to the narrowest. */
export const boundaries = [
  configuration('src/**/*.ts', 'src/any.ts'),
  ...Object.keys(FOLDERS).map(folder =>
    configuration(`src/${folder}/**/*.ts`, `src/${folder}/any.ts`)
  ),
  configuration('src/runner/input*.ts', 'src/runner/inputs.ts'),
  ...[...WITH_DOORS, ...ENTRIES].map(name => configuration(`src/${name}.ts`, `src/${name}.ts`)),
  {
    files: EARLY.map(name => `src/${name}.ts`),
    rules: {'@typescript-eslint/no-restricted-imports': ['error', {patterns: [LAZY]}]}
  }
]

/** The rules for the files of a glob; `example` is one such file, to look up what is open to it. */
function configuration(files, example) {
  const keepsTime = KEEPS_TIME.test(example)
  return {
    files: [files],
    rules: {
      'no-restricted-imports': [
        'error',
        {patterns: [OUTSIDE, ...ownCode(example), ...packages(example)]}
      ],
      'no-restricted-properties': [
        'error',
        CAN_PARSE,
        ...(READS_ENVIRONMENT.test(example) ? [] : [ENVIRONMENT]),
        ...(keepsTime ? [] : AMBIENT_PROPERTIES)
      ],
      'no-restricted-globals': ['error', FETCH, ...(keepsTime ? [] : TIMERS)],
      'no-restricted-syntax': ['error', ...(keepsTime ? [] : [NEW_DATE])]
    }
  }
}

/** Which files of src/ are closed to one of its files. */
function ownCode(example) {
  const folder = /^src\/(\w+)\//.exec(example)?.[1]
  const allowed = FOLDERS[folder]
  if (allowed !== undefined) {
    const choice = allowed.length === 0 ? '' : `(?!(?:${allowed.join('|')})/)`
    const message = `Arrows go one way: ${folder}/ may import ${allowed.map(name => `${name}/`).join(', ') || 'nothing'}.`
    return [{regex: `^\\.\\./(?!\\.)${choice}`, message}]
  }
  if (ENTRIES.some(name => example === `src/${name}.ts`)) {
    const message = 'Entries import what must run before the bundle is read, and the bundle.'
    const open =
      example === 'src/steps.ts' ? '(main|post|command)' : '(steps|runner/signals|base/clock)'
    return [{regex: `^\\.\\.?/(?!${open}\\.ts$)`, message}]
  }
  return [{regex: `^\\./(${ENTRIES.join('|')})\\.ts$`, message: 'Nothing imports an entry.'}]
}

function refuseCircle(folder, path) {
  if (path.includes(folder)) throw new Error(`In a circle: ${[...path, folder].join(' → ')}.`)
  for (const next of FOLDERS[folder]) refuseCircle(next, [...path, folder])
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
