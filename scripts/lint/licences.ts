/** One package in the bundle, as `dist/licenses.txt` lists it. */
export interface BundledPackage {
  readonly name: string
  /** An SPDX expression. */
  readonly licence: string
  readonly text: string
}

/** Licences that ask for no more than keeping their text, which `dist/licenses.txt` does. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense'
])

/**
 * Reads what ncc writes for `--license`: for each package its name, its licence and the licence's text, one after the
 * other. The names of all installed packages tell where one ends and the next begins, since the text may hold
 * anything.
 */
export function parseLicences(text: string, installed: ReadonlySet<string>): BundledPackage[] {
  const lines = text.split(/\r?\n/)
  const starts = [...lines.keys()].filter(
    index =>
      installed.has(lines[index] ?? '') &&
      (index === 0 || lines[index - 1] === '') &&
      (lines[index + 1] ?? '') !== ''
  )
  return starts.map((start, index) => ({
    name: lines[start] ?? '',
    licence: lines[start + 1] ?? '',
    text: lines
      .slice(start + 2, starts[index + 1])
      .join('\n')
      .trim()
  }))
}

/**
 * Returns what is wrong, in sentences: a licence that is not allowed, a licence without its text, and a dependency
 * that is not listed at all.
 */
export function lintLicences(
  packages: readonly BundledPackage[],
  dependencies: readonly string[]
): string[] {
  const listed = new Set(packages.map(({name}) => name))
  const missing = dependencies.filter(name => !listed.has(name))
  return [
    ...missing.map(name => `${name} is a dependency and is not listed in dist/licenses.txt.`),
    ...packages.flatMap(({name, licence, text}) => {
      if (!isAllowed(licence))
        return [`${name} has the licence ${licence}, which is not on the allow list.`]
      return text === '' ? [`${name} (${licence}) is bundled without the text of its licence.`] : []
    })
  ]
}

/** Whether an SPDX expression of names, AND, OR and brackets leaves a choice that is allowed. */
function isAllowed(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  return bare
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(name => ALLOWED_LICENCES.has(name.trim())))
}
