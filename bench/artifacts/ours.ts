import {mkdir, realpath} from 'node:fs/promises'

import {CircleCI} from '../../src/circleci/client.ts'
import {parseSlug} from '../../src/circleci/slug.ts'
import {createTransport} from '../../src/circleci/transport.ts'
import {systemClock} from '../../src/base/clock.ts'
import {listArtifacts} from '../../src/collect/artifacts.ts'
import {downloadArtifacts} from '../../src/download/download.ts'
import {selectArtifacts} from '../../src/collect/artifacts.ts'
import type {Log} from '../../src/base/log.ts'
import type {JobRun, WorkflowAttempt} from '../../src/record/result.ts'

/** What the measured process is told. */
export interface Assignment {
  readonly url: string
  readonly token: string
  readonly slug: string
  readonly jobs: readonly {readonly name: string; readonly number: number}[]
  /** Where to download to; without one, artifacts are only listed. */
  readonly folder: string | undefined
}

/** What the measured process tells, as a line of JSON. */
export interface Account {
  readonly artifacts: number
  readonly bytes: number
  /** From the first request to the last file, in milliseconds: in the action, this process runs already. */
  readonly ms: number
  /** Peak resident set, in kibibytes. */
  readonly peakKiB: number
}

const nothing = (): void => undefined
const silent: Log = {
  debug: nothing,
  info: nothing,
  notice: nothing,
  warning: message => {
    throw new Error(message)
  },
  error: nothing,
  group: nothing
}

const workflow: WorkflowAttempt = {
  id: 'workflow',
  name: 'build',
  pipelineNumber: 1,
  status: 'success',
  createdAt: '',
  stoppedAt: undefined,
  setup: false,
  autoRerunNumber: 0,
  maxAutoReruns: 0,
  url: '',
  attempt: 1,
  latest: true,
  deciding: true
}

function jobRun({name, number}: {readonly name: string; readonly number: number}): JobRun {
  return {
    id: name,
    name,
    type: 'build',
    status: 'success',
    number,
    startedAt: undefined,
    stoppedAt: undefined,
    dependencies: [],
    requires: undefined,
    approvalRequestId: undefined,
    workflow: workflow.name,
    workflowId: workflow.id,
    attempt: 1,
    latest: true,
    deciding: true,
    url: undefined
  }
}

const assignment = JSON.parse(process.argv[2] ?? '') as Assignment
const transport = createTransport('bench')
const account = await fetchAll(assignment)
transport.close()
process.stdout.write(`${JSON.stringify(account)}\n`)

/** Lists, selects and downloads with the action's own code. */
async function fetchAll({url, token, slug, jobs, folder}: Assignment): Promise<Account> {
  const parsed = parseSlug(slug)
  if (parsed === undefined) throw new Error(`"${slug}" is no slug.`)
  const shared = {clock: systemClock, random: Math.random, log: silent}
  const circleci = new CircleCI({host: url, token, transport, ...shared})
  const context = {circleci, slug: parsed, ...shared}
  const started = performance.now()
  const listing = await listArtifacts({workflows: [workflow], jobs: jobs.map(jobRun)}, context)
  const artifacts = await selectArtifacts(listing.artifacts, ['**'])
  let bytes = 0
  if (folder !== undefined) {
    await mkdir(folder, {recursive: true})
    const request = {
      artifacts,
      jobs: listing.jobs,
      folder: await realpath(folder),
      isWorkspace: false
    }
    bytes = (await downloadArtifacts({...request, unlisted: listing.unlisted}, context)).bytes
  }
  const ms = performance.now() - started
  return {artifacts: artifacts.length, bytes, ms, peakKiB: process.resourceUsage().maxRSS}
}
