import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {lintLicences, parseLicences} from './lint/licences.ts'
import {ROOT} from './runner/action-file.ts'

// `npm run licences`: checks the licence of everything bundled in dist/steps.js against the allow list.

interface Lock {
  readonly packages: Readonly<Record<string, unknown>>
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as Lock
// The lock file's first entry, whose place is empty, is this package itself.
const places = Object.keys(lock.packages).filter(place => place !== '')
const installed = places.map(place => place.replace(/^.*node_modules\//, ''))

const packages = parseLicences(read('dist/licenses.txt'), new Set(installed))
const problems = lintLicences(packages, imported())
for (const problem of problems) console.error(problem)
const licences = [...new Set(packages.map(({licence}) => licence))].sort().join(', ')
console.log(`${packages.length} bundled packages under ${licences}.`)
process.exitCode = problems.length === 0 ? 0 : 1

/** Packages that src/ imports: all of them are bundled, so that installing this one brings no other along. */
function imported(): string[] {
  const files = readdirSync(path.join(ROOT, 'src'), {recursive: true, encoding: 'utf8'})
  const names = files
    .filter(file => /(?<!\.d)\.ts$/.test(file))
    .flatMap(file => [
      ...read(path.join('src', file)).matchAll(/\bfrom '((?:@[\w-]+\/)?[a-z][\w-]*)'/g)
    ])
    .map(([, name = '']) => name)
  return [...new Set(names)]
}
