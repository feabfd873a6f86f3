import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'

// `node scripts/test-counts.mjs <folder>`: adds up the results that jest wrote there with --json and prints them as one
// line, "N passed, N failed". A file of tests that could not run counts as one failure. Fails when nothing passed.

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Which folder holds the results?')

const total = {passed: 0, failed: 0, skipped: 0}
for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const results = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  total.passed += results.numPassedTests
  total.failed += results.numFailedTests + results.numRuntimeErrorTestSuites
  total.skipped += results.numPendingTests + results.numTodoTests
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.passed > 0 && total.failed === 0 ? 0 : 1
