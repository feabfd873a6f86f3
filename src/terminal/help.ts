import {EXIT_CODES} from './exit-codes.ts'
import {FLAGS, type Flag} from './flags.ts'

const WIDTH = 80

/** What `--help` shows: every flag in the groups of the README, in the words of action.yml. */
export function renderHelp(): string {
  const groups = [...new Set(FLAGS.map(({group}) => group))]
  return [
    'Usage: circleci-pipeline [flags]',
    '',
    ...wrap(
      'Triggers a CircleCI pipeline, waits for its true verdict, and shows what failed: the step of the GitHub Action of the same name, for any other CI and for a terminal. On a CI whose variables are known, branch, commit and project are taken from them; flags win.'
    ),
    ...groups.flatMap(group => [
      '',
      `${group}:`,
      ...FLAGS.filter(flag => flag.group === group).flatMap(renderFlag)
    ]),
    '',
    'Environment:',
    '  CIRCLE_TOKEN (or CIRCLECI_TOKEN, CCI_TOKEN)',
    ...wrap('CircleCI personal API token. There is no flag for it.', '      '),
    '  GITHUB_TOKEN',
    ...wrap('Only for --commit-status and --comment, with --github-repository.', '      '),
    '  NO_COLOR, FORCE_COLOR',
    ...wrap('No colours, or colours where there is no terminal.', '      '),
    '',
    'Exit codes:',
    ...Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`),
    '',
    ...wrap(
      'A flag that needs no value is switched off by --no-\u2026, as in --no-wait. A flag for a list or a mapping is given again for each further line. --parameters also takes key=value, typed like YAML.'
    ),
    ''
  ].join('\n')
}

function renderFlag({name, value, repeats, description, default: preset}: Flag): string[] {
  const shown = value === undefined ? '' : ` ${value}${repeats ? ' \u2026' : ''}`
  const end = preset === undefined || preset === 'false' ? '' : ` (default: ${preset})`
  return [`  --${name}${shown}`, ...wrap(`${description}${end}`, '      ')]
}

function wrap(text: string, indent = ''): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line !== indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = indent
    }
    line += line === indent ? word : ` ${word}`
  }
  return [...lines, line]
}
