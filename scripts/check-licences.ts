import {readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {lintLicences, parseLicences} from './lint/licences.ts'
import {ROOT} from './runner/action-file.ts'

// `npm run licences`: checks the licence of everything bundled in dist/steps.js against the allow list.

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, unknown>>
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const manifest = JSON.parse(read('package.json')) as Manifest
const lock = JSON.parse(read('package-lock.json')) as Lock
// The lock file's first entry, whose place is empty, is this package itself.
const places = Object.keys(lock.packages).filter(place => place !== '')
const installed = places.map(place => place.replace(/^.*node_modules\//, ''))

const packages = parseLicences(read('dist/licenses.txt'), new Set(installed))
const problems = lintLicences(packages, Object.keys(manifest.dependencies))
for (const problem of problems) console.error(problem)
const licences = [...new Set(packages.map(({licence}) => licence))].sort().join(', ')
console.log(`${packages.length} bundled packages under ${licences}.`)
process.exitCode = problems.length === 0 ? 0 : 1
