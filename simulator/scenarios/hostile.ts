import type {Scenario} from '../scenario.ts'
import {history} from './history.ts'
import {shop} from './shop.ts'

const esc = '\u001B'

/** Attacks on the runner's two command grammars, on terminals, on Markdown, HTML and mermaid, one a line. */
export const attacks: readonly string[] = [
  '::set-output name=pwned::yes',
  '::error file=/etc/passwd,line=1::pwned',
  '::add-mask::success',
  '::stop-commands::endtoken',
  '  ::save-state name=isPost::true',
  'text before ##[add-mask]success',
  '##[set-output name=pwned;]yes',
  '##[error]pwned',
  'carriage\r::error::after a lone CR',
  'line\u2028::error::after U+2028',
  'paragraph\u2029::error::after U+2029',
  'next\u0085::error::after NEL',
  'tab\u000B::error::after VT\u000C::error::after FF',
  `${esc}[2J${esc}[1;1H${esc}]8;;https://evil.example${esc}\\click${esc}]8;;${esc}\\`,
  `${esc}]0;title\u0007\u0008\u0008\u0008::error::after backspaces`,
  '</details></td></table><script>alert(1)</script><img src=x onerror=alert(1)>',
  '<!-- circleci-pipeline-action --><h1>Not a heading</h1>',
  '[click me](javascript:alert(1)) ![pixel](https://evil.example/p.png) <https://evil.example>',
  '| cell | break \\| ` code ` **bold** _it_ ~~no~~ | # heading',
  '```````` fence ```````` ~~~~~~~~ fence',
  '@acme/everyone @octocat fixes #123 closes GH-1 acme/shop#7 see https://github.com/acme/shop/issues/1',
  '"]; click a href "javascript:alert(1)"; %%{init: {"theme": "dark"}}%% end : done, crit, 0d',
  ': section; task #35; #quot; %% comment --> x{{y}}',
  '${{ secrets.TOKEN }} $(id) `id` %0A::error::escaped %25 %3A',
  '\u202Egnirts desrever\u202C zero\u200Bwidth \uFEFF',
  'lone surrogate \uD800 and nul \u0000 end'
]

const paths = [
  '../../../../escape.txt',
  '/etc/cron.d/pwned',
  'C:\\Windows\\pwned.txt',
  '..\\..\\back-slash.txt',
  './a/./b/../../../c.txt',
  'nul\u0000byte.txt',
  'con.txt',
  'aux/lpt1',
  'trailing dot./and space ',
  'Case.txt',
  'case.txt',
  'same/file',
  'same',
  '.git/hooks/pre-commit',
  '~/.ssh/authorized_keys',
  '::error::path.txt',
  'new\nline.txt',
  'report [x](javascript:alert(1)) | `code` <b>.html',
  'unicode/é-e\u0301-\u{1F600}.txt',
  'query?x=1#fragment%2e%2e.txt',
  `${'long-'.repeat(60)}name.txt`
]

/** Files of failed tests that are none, that are long, or that many a pattern takes long over. */
const files = [
  ...['/', '../', './', 'src/', '//', '\\', 'C:\\', '/home/circleci/project/'],
  ...[`/${'a/'.repeat(30_000)}x.ts`, `${'x'.repeat(60_000)}.ts`, `/${'../'.repeat(20_000)}`],
  `/${'shop/'.repeat(12_000)}x:${'1:'.repeat(10)}`
]

/** A message that names more places than anybody should look for. */
const places = Array.from(
  {length: 400},
  (_, index) => `at /a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/file-${index}.ts:1:1`
).join('\n')

/** Text for globs with several stars to be tried on: a regular expression shares it out among them in every way. */
const starred = 'a'.repeat(3_000)

/** Everything a client shows is an attack on whoever shows it. */
export const hostile: Scenario = {
  name: 'hostile',
  description:
    'Names, messages, logs, tests and artifact paths full of attacks on whoever shows them.',
  project: {...shop, commitSubject: attacks.slice(0, 3).join(' ')},
  pipeline: {
    workflows: [
      {
        name: '##[add-mask]success | <b>flow</b> @acme/everyone',
        jobs: [
          {
            name: '::set-output name=pwned::yes\n::error::second line',
            outcome: 'failed',
            run: 0.8,
            steps: [
              {
                name: '::group::step ``` </details>\u2028##[error]x',
                command: 'echo "::error::command"\n##[add-mask]x',
                output: `${'separated\u2028\u2029\u0085'.repeat(6_000)}\n${attacks.join('\n')}\n`,
                error: `${[...attacks].reverse().join('\n')}\n`,
                fails: true
              }
            ],
            tests: [
              ...attacks.map((attack, index) => ({
                name: attack,
                classname: attacks.at(-index) ?? '',
                file: `../../${attack}`,
                result: 'failure',
                message: attacks.join('\n'),
                source: attack
              })),
              ...files.map(file => ({
                name: 'is in no file',
                classname: file,
                file,
                result: 'failure',
                message: `${file}:1\n${places}`
              })),
              {
                name: 'is in no file, but in many places',
                classname: starred,
                result: 'failure',
                message: `${places}\n${starred}`
              },
              {
                name: 'is where it says',
                classname: 'cart',
                file: '/home/circleci/project/src/cart.test.ts',
                result: 'failure',
                message: 'at src/cart.test.ts:7:1'
              }
            ],
            artifacts: [...paths, `secret/${starred}.html`].map(path => ({
              path,
              content: 'harmless\n'
            })),
            messages: [{type: 'error', message: attacks.join('\n')}]
          },
          {name: '"]; click a href "javascript:alert(1)"; %%{init}%% : crit, 0d', run: 0.5},
          {name: '../../escape', run: 0.6, artifacts: [{path: 'a.txt', content: 'harmless\n'}]},
          {name: '[link](javascript:alert(1)) <img src=x onerror=alert(1)> @octocat #123', run: 0.7}
        ]
      },
      {name: starred, jobs: [{name: starred, run: 0.3}]},
      {name: '../..', jobs: [{name: `${esc}[31mred\r::error::x`, outcome: 'timedout', run: 0.4}]}
    ]
  },
  insights: {
    workflows: {'##[add-mask]success | <b>flow</b> @acme/everyone': history({seconds: [2, 2, 2]})},
    flakyTests: attacks.slice(0, 2).map(name => ({
      name,
      classname: '<script>',
      file: '../../x',
      job: '::set-output name=pwned::yes',
      workflow: '../..',
      times: 2
    }))
  }
}
