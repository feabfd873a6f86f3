import type {ArtifactSpec, JobSpec, Scenario} from '../../simulator/index.ts'

/** What is measured. */
export type CaseName = 'small' | 'large' | 'listing'

/** How much one case is, and what the table calls it. */
export interface Extent {
  readonly title: string
  readonly jobs: number
  /** Artifacts of each job. */
  readonly files: number
  /** Of each artifact. */
  readonly bytes: number
}

const SMALL_BYTES = 20_000
const LARGE_BYTES = 2 ** 30

/**
 * Small: 1,000 files of a job, each like a page of a coverage report. Large: one file of 1 GiB. Listing: 50 jobs with 400 files each. A `divisor` above 1 makes them that much smaller.
 */
export function extentOf(name: CaseName, divisor: number): Extent {
  const part = (whole: number): number => Math.ceil(whole / divisor)
  if (name === 'small') {
    const files = part(1000)
    return {
      title: `${files.toLocaleString('en')} files of 20 kB`,
      jobs: 1,
      files,
      bytes: SMALL_BYTES
    }
  }
  if (name === 'listing') {
    const files = part(400)
    const jobs = Math.max(2, part(50))
    return {title: `${jobs} jobs x ${files} artifacts, only listed`, jobs, files, bytes: 20}
  }
  const bytes = part(LARGE_BYTES)
  const size = divisor === 1 ? '1 GiB' : `${(bytes / 2 ** 20).toFixed(1)} MiB`
  return {title: `one file of ${size}`, jobs: 1, files: 1, bytes}
}

/** The scenario of a case. */
export function scenarioFor(name: CaseName, divisor: number): Scenario {
  const {jobs, files, bytes} = extentOf(name, divisor)
  return scenarioOf(
    Array.from({length: jobs}, (_, index) => jobWith(`job-${index + 1}`, files, bytes))
  )
}

function jobWith(name: string, count: number, bytes: number): JobSpec {
  const artifacts = Array.from({length: count}, (_, index): ArtifactSpec => ({
    path: `reports/file-${index + 1}.html`,
    content: {bytes}
  }))
  return {name, artifacts}
}

/** Artifacts have the API's origin, as on a CircleCI Server, and are redirected to storage on another. */
function scenarioOf(jobs: readonly JobSpec[]): Scenario {
  return {
    name: 'bench',
    description: 'Artifacts to be measured.',
    project: {slug: 'gh/acme/shop', name: 'shop', organization: 'acme', defaultBranch: 'main'},
    pipeline: {workflows: [{name: 'build', jobs}]},
    behaviour: {artifactHost: 'api', presignedFor: 3600}
  }
}
