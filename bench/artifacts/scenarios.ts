import type {ArtifactSpec, JobSpec, Scenario} from '../../simulator/index.ts'

/** What is measured. */
export type CaseName = 'small' | 'large' | 'metered' | 'listing'

/** Bytes of each small file: a page of a coverage report. */
export const SMALL_BYTES = 20_000
/** Bytes of the large file. */
export const LARGE_BYTES = 2 ** 30

/** 1,000 small files of one job, one file of 1 GiB (as fast as it goes or metered), or 50 jobs with 400 files each. */
export const scenarios: Readonly<Record<CaseName, Scenario>> = {
  small: scenarioOf([jobWith('test', 1000, SMALL_BYTES)]),
  large: scenarioOf([jobWith('image', 1, LARGE_BYTES)]),
  metered: scenarioOf([jobWith('image', 1, LARGE_BYTES)]),
  listing: scenarioOf(
    Array.from({length: 50}, (_, index) => jobWith(`shard-${index + 1}`, 400, 20))
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
