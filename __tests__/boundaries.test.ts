import {beforeAll, describe, expect, it} from '@jest/globals'
import {spawnSync} from 'node:child_process'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')

interface Finding {
  readonly file: string
  readonly rules: readonly string[]
}

/** Lints snippets as if each were the whole of the file it names, with the repository's own configuration. */
function lint(snippets: readonly (readonly [file: string, code: string])[]): Finding[] {
  // In a process of its own, since ESLint loads its configuration with an import() that jest's registry cannot serve,
  // and without types, which these rules do not need and which take seconds.
  const script = `
    import {ESLint} from 'eslint'
    const eslint = new ESLint({
      ruleFilter: ({ruleId}) => ruleId.includes('no-restricted-'),
      overrideConfig: {languageOptions: {parserOptions: {projectService: false}}}
    })
    const findings = []
    for (const [file, code] of ${JSON.stringify(snippets)}) {
      const [result] = await eslint.lintText(code, {filePath: file})
      findings.push({file, rules: result.messages.map(({ruleId, message}) => ruleId ?? message)})
    }
    process.stdout.write(JSON.stringify(findings))`
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8'
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Finding[]
}

const use = (source: string): string => `import * as it from '${source}'\nvoid it\n`

const CROSSED: [file: string, code: string, rule: string][] = [
  ['src/circleci/slug.ts', use('../trigger/ref.ts'), 'no-restricted-imports'],
  ['src/circleci/slug.ts', use('../record/result.ts'), 'no-restricted-imports'],
  ['src/trigger/ref.ts', use('../report/log.ts'), 'no-restricted-imports'],
  ['src/trigger/ref.ts', use('../runner/inputs.ts'), 'no-restricted-imports'],
  ['src/wait/rollup.ts', use('../runner/context.ts'), 'no-restricted-imports'],
  ['src/wait/rollup.ts', use('../../simulator/index.ts'), 'no-restricted-imports'],
  ['src/collect/jobs.ts', use('../main.ts'), 'no-restricted-imports'],
  ['src/report/log.ts', use('../../bench/polling/x.ts'), 'no-restricted-imports'],
  ['src/runner/inputs.ts', use('../../scripts/summary-page.ts'), 'no-restricted-imports'],
  ['src/runner/inputs.ts', use('../../__tests__/support/fake-clock.ts'), 'no-restricted-imports'],
  ['src/base/errors.ts', use('../circleci/slug.ts'), 'no-restricted-imports'],
  ['src/wait/verdict.ts', use('../report/log.ts'), 'no-restricted-imports'],
  ['src/main.ts', use('./index.ts'), 'no-restricted-imports'],
  ['src/index.ts', use('./main.ts'), 'no-restricted-imports'],
  ['src/post/index.ts', use('../post.ts'), 'no-restricted-imports'],
  ['src/pipeline/run.ts', use('../steps.ts'), 'no-restricted-imports'],
  ['src/record/result.ts', use('../report/log.ts'), 'no-restricted-imports'],
  ['src/report/log.ts', use('../step.ts'), 'no-restricted-imports'],
  ['src/pipeline/run.ts', use('@actions/core'), 'no-restricted-imports'],
  ['src/trigger/ref.ts', use('@actions/core'), 'no-restricted-imports'],
  ['src/wait/verdict.ts', use('@actions/core'), 'no-restricted-imports'],
  ['src/report/log.ts', use('@actions/github'), 'no-restricted-imports'],
  ['src/github/client.ts', use('@actions/http-client'), 'no-restricted-imports'],
  ['src/circleci/api.ts', use('node:https'), 'no-restricted-imports'],
  ['src/wait/rollup.ts', use('node:timers/promises'), 'no-restricted-imports'],
  ['src/collect/jobs.ts', 'import {env} from "node:process"\nvoid env\n', 'no-restricted-imports'],
  ['src/trigger/ref.ts', 'void process.env["HOME"]\n', 'no-restricted-properties'],
  ['src/report/log.ts', 'void process.env["HOME"]\n', 'no-restricted-properties'],
  ['src/report/escape.ts', 'void URL.canParse("")\n', 'no-restricted-properties'],
  ['src/wait/rollup.ts', 'void Date.now()\n', 'no-restricted-properties'],
  ['src/circleci/retry.ts', 'void Math.random()\n', 'no-restricted-properties'],
  ['src/wait/rollup.ts', 'void new Date()\n', 'no-restricted-syntax'],
  ['src/wait/rollup.ts', 'setTimeout(() => undefined, 1)\n', 'no-restricted-globals'],
  ['src/pipeline/run.ts', use('./follow.ts'), '@typescript-eslint/no-restricted-imports'],
  ['src/pipeline/obtain.ts', use('../wait/wait.ts'), '@typescript-eslint/no-restricted-imports'],
  [
    'src/runner/inputs.ts',
    use('../trigger/parameters.ts'),
    '@typescript-eslint/no-restricted-imports'
  ],
  ['src/runner/inputs.ts', use('yaml'), '@typescript-eslint/no-restricted-imports'],
  ['src/report/reporter.ts', use('./summary.ts'), '@typescript-eslint/no-restricted-imports'],
  ['src/github/client.ts', 'void fetch("https://example.com")\n', 'no-restricted-globals']
]

const KEPT: [file: string, code: string][] = [
  ['src/index.ts', use('./steps.ts')],
  ['src/steps.ts', use('./main.ts')],
  ['src/post/index.ts', use('../steps.ts')],
  ['src/main.ts', use('./step.ts') + use('./report/log.ts').replaceAll('it', 'other')],
  ['src/pipeline/run.ts', use('../trigger/ref.ts')],
  ['src/pipeline/run.ts', 'void (await import("./follow.ts"))\n'],
  ['src/pipeline/run.ts', 'import type {Watch} from "../wait/watch.ts"\nexport type It = Watch\n'],
  ['src/circleci/slug.ts', use('../base/errors.ts')],
  ['src/circleci/slug.ts', use('./model.ts')],
  ['src/trigger/ref.ts', use('../circleci/model.ts')],
  ['src/runner/context.ts', use('../trigger/event.ts')],
  ['src/github/client.ts', use('@actions/github')],
  ['src/runner/context.ts', 'void process.env["GITHUB_REF"]\n'],
  ['src/report/log.ts', use('@actions/core')],
  ['src/runner/inputs.ts', use('@actions/core')],
  ['src/circleci/transport.ts', use('@actions/http-client')],
  ['src/base/clock.ts', 'void Date.now()\n'],
  ['src/wait/rollup.ts', 'void new Date(0)\n'],
  ['scripts/demo/main.ts', use('../../simulator/index.ts')],
  ['__tests__/boundaries.test.ts', 'void process.env["HOME"]\nvoid Date.now()\n']
]

describe('the import boundaries', () => {
  let findings: readonly Finding[] = []

  beforeAll(() => {
    findings = lint([...CROSSED.map(([file, code]) => [file, code] as const), ...KEPT])
  })

  it('hold where they are crossed', () => {
    const crossed = findings.slice(0, CROSSED.length)
    expect(crossed).toEqual(CROSSED.map(([file, , rule]) => ({file, rules: [rule]})))
  })

  it('let the arrows through that go the right way', () => {
    expect(findings.slice(CROSSED.length)).toEqual(KEPT.map(([file]) => ({file, rules: []})))
  })
})
