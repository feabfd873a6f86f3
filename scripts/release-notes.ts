import {readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {releaseNotes} from './changelog.ts'
import {ROOT} from './runner/action-file.ts'

// `tsx scripts/release-notes.ts v1.2.3`: prints the notes of a release. Fails when the tag is not the version in
// package.json or CHANGELOG.md does not tell of it.

const [tag = ''] = process.argv.slice(2)
const {version} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  version: string
}
if (tag !== `v${version}`) {
  throw new Error(`The tag "${tag}" is not "v${version}", the version in package.json.`)
}
process.stdout.write(
  `${releaseNotes(readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'), version)}\n`
)
