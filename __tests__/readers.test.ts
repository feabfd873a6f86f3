import {describe, expect, it} from '@jest/globals'

import {RefusedError, UnavailableError} from '../src/circleci/faults.ts'
import {decodeOutput, decodeOutputEnd} from '../src/circleci/step-output.ts'
import {collectFailedTests} from '../src/collect/tests.ts'
import {planDownload} from '../src/download/places.ts'
import {tailOf} from '../src/collect/logs.ts'
import {selectArtifacts, selectionRemarks} from '../src/collect/artifacts.ts'
import {repositoryPaths} from '../src/collect/test-path.ts'
import {lineIn, locateTest, referencesIn} from '../src/collect/test-location.ts'
import {fitDescription} from '../src/github/commit-status.ts'
import {matcher} from '../src/base/matcher.ts'
import {resultOutputs} from '../src/report/outputs.ts'
import {renderComment} from '../src/report/comment.ts'
import {failureGroups, pickAnnotations, renderFailure} from '../src/report/failures.ts'
import {createLog} from '../src/report/log.ts'
import {renderSummary} from '../src/report/summary.ts'
import {fence, linkTarget, preformatted} from '../src/report/escape.ts'
import type {Result, WorkflowAttempt} from '../src/record/result.ts'
import {explainRefusal, unreachable} from '../src/trigger/failure.ts'
import {rollUp} from '../src/wait/rollup.ts'
import {aTest as aReport, circleciWith, pagesOf, recordedLog} from './collect/builders.ts'
import {
  aJob,
  anArtifact,
  aPipeline,
  aResult,
  aTail,
  aTest,
  aVerdict,
  aWorkflow
} from './report/builders.ts'
import {growth, LINEAR, type Reader} from './support/growth.ts'

const GLOBS = ['*a*a*a*b', '**/*a*/**/*.{html,css}', '!**/*.map', '*:**/+(a|b)/**']
const ESC = '\u001b'

/** Whatever a result shows is the text, as far as CircleCI makes it. */
function resultOf(text: string): Result {
  const verdict = aVerdict({conclusion: 'failure', passes: false, message: text})
  return aResult({
    verdict,
    pipeline: aPipeline({branch: text, state: text, actorLogin: text, url: text}),
    workflows: [aWorkflow({name: text, status: text, url: text})],
    jobs: [aJob({name: text, workflow: text, status: 'failed', url: text})],
    failedTests: [aTest({name: text, classname: text, job: text, file: text, message: text})],
    logTails: [aTail({job: text, step: text, command: text, lines: tailOf(text, 40).lines})],
    artifacts: [anArtifact({path: text, job: text, url: text})],
    omissions: [text]
  })
}

const workspace = {repository: 'shop', fileExists: () => Promise.resolve(false)}
const reported = {name: '', classname: '', file: undefined, message: undefined}
const facts: Parameters<typeof explainRefusal>[1] = {
  slug: {provider: 'gh', organization: 'acme', project: 'shop'},
  host: 'https://circleci.com',
  purpose: 'trigger',
  isTrigger: true,
  classic: true,
  ref: undefined,
  wasReadable: false
}
const unasked = circleciWith({})
const log = createLog({write: () => undefined, random: () => 'x', isDebug: () => true})

/** Everything that meets text of CircleCI's making, with the text in every place. */
const READERS: Readonly<Record<string, Reader>> = {
  'the path of a test': text => repositoryPaths(text, 'shop'),
  'the file of a test': file => locateTest({...reported, file, message: file}, workspace),
  'the class of a test': name => locateTest({...reported, classname: name}, workspace),
  'the message of a test': message => locateTest({...reported, message}, workspace),
  'the line of a test': text => lineIn(text, 'src/a.ts', 'shop'),
  'the places in a message': referencesIn,
  'a log': text => tailOf(text, 40),
  'a step output': decodeOutput,
  'the end of a step output': decodeOutputEnd,
  'the path of an artifact': path => planDownload([anArtifact({path})], [], true),
  'the job of an artifact': job => planDownload([anArtifact({job})], [], true),
  'an artifact held against globs': async text => {
    const artifacts = [anArtifact({path: text, job: text})]
    await selectArtifacts(artifacts, GLOBS)
    await selectionRemarks(artifacts, GLOBS)
  },
  'a name held against globs': text => matcher(GLOBS).matches(text),
  'the log of this step': text => {
    log.debug(text)
    log.info(text)
    log.error(text)
    log.group(text, [text])
    for (const annotation of pickAnnotations(resultOf(text)).annotations) log.annotate(annotation)
  },
  'the failures shown': text => failureGroups(resultOf(text)),
  'the error of this step': text => renderFailure(resultOf(text), aVerdict({message: text})),
  'the summary': text => renderSummary(resultOf(text)),
  'the comment': text => renderComment(resultOf(text)),
  'the outputs': text => resultOutputs(resultOf(text), undefined),
  'a commit status': fitDescription,
  'a fenced block': text => fence([text]),
  'a table cell': text => preformatted(text, 5),
  'an address': text => linkTarget(`https://x.example/${text}`),
  'a lost answer': text =>
    unreachable({
      ...facts,
      fault: new UnavailableError('GET /x', text, {processed: 'no'}),
      attempts: 1
    }),
  'a refusal': text => explainRefusal(new RefusedError('POST /x', 400, text), facts, unasked)
}
const UNITS = [
  ...['a', '.', ' ', '/', 'a/', '../', '\\', ':1', 'a.ts:1 ', '/a.ts:1/', '\\"', '"message":"'],
  ...['"message" ', '} ', '\n', '\r', '\u2028', '`', '@a', '##[', '::', '* ', '[](', '<a ', '1.'],
  ...['\ud800', '\u200b', `${ESC}[1;`, `${ESC}]a`, ESC, 'node_modules/', '.html', 'GET https://a']
]

describe('whoever reads text of CircleCI', () => {
  const cases = Object.entries(READERS)

  it.each(cases)('takes time that grows with it at most: %s', async (_, read) => {
    for (const unit of UNITS) {
      // Behind the last something else, so that nothing is found that has to end there.
      const make = (length: number): string => `${unit.repeat(length / unit.length)}x`
      expect([unit, (await growth(make, read)) <= LINEAR]).toEqual([unit, true])
    }
  })
})

/** Everything that walks over rows of CircleCI's making, with so many of them. */
const WALKS: Readonly<Record<string, (count: number) => unknown>> = {
  'attempts of one workflow': count => rollUp(workflowsOf(count), ['build*', '!*x*']),
  'a result to be shown': count => {
    const result = resultOfRows(count)
    renderSummary(result)
    renderComment(result)
    resultOutputs(result, undefined)
    failureGroups(result)
    return pickAnnotations(result)
  },
  'artifacts to be downloaded': count => planDownload(resultOfRows(count).artifacts, [], true),
  'failed tests to be located': count => {
    const rows = Array.from({length: count}, (_, index) => aReport({name: `${index}`}))
    const tests = () => pagesOf([rows])
    const circleci = circleciWith({tests, flakyTests: () => Promise.resolve([])})
    const context = {circleci, slug: facts.slug, log: recordedLog()}
    return collectFailedTests([aJob({status: 'failed'})], workspace, context)
  }
}

function workflowsOf(count: number): WorkflowAttempt[] {
  return Array.from({length: count}, (_, index) => aWorkflow({id: `w${index}`}))
}

function resultOfRows(count: number): Result {
  const indexes = Array.from({length: count}, (_, index) => index)
  return aResult({
    verdict: aVerdict({passes: false}),
    workflows: workflowsOf(Math.min(count, 200)),
    jobs: indexes.map(index => aJob({name: `j${index}`, number: index, status: 'failed'})),
    failedTests: indexes.map(index => aTest({name: `t${index}`})),
    artifacts: indexes.map(index => anArtifact({path: `a/${index}`, jobNumber: index % 50}))
  })
}

describe('whoever walks over rows of CircleCI', () => {
  it.each(Object.entries(WALKS))('takes time that grows with them at most: %s', async (_, walk) => {
    const count = (text: string): number => text.length / 50
    const factor = await growth(
      length => ' '.repeat(length),
      text => walk(count(text))
    )
    expect(factor).toBeLessThanOrEqual(LINEAR)
  })
})
