import type {Slug} from './slug.ts'

/** CircleCI Cloud, the host that nobody has to give. */
export const CLOUD = 'https://circleci.com'

/** Addresses for people. CircleCI Cloud's pages are on `app.circleci.com`, a Server's on its bare host. */
export interface Links {
  pipeline(slug: Slug, number: number): string
  workflow(slug: Slug, number: number, workflowId: string): string
  job(slug: Slug, number: number, workflowId: string, jobNumber: number): string
  /** The list of a project's pipelines. */
  project(slug: Slug): string
}

const LONG_PROVIDERS = {gh: 'github', bb: 'bitbucket', circleci: 'circleci'} as const

/** Makes the addresses for one `host` (an origin, as `inputs.ts` normalised it). */
export function linksFor(host: string): Links {
  const base = host === CLOUD ? 'https://app.circleci.com' : host
  const project = (slug: Slug): string =>
    [base, 'pipelines', LONG_PROVIDERS[slug.provider], slug.organization, slug.project]
      .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
      .join('/')
  const pipeline = (slug: Slug, number: number): string => `${project(slug)}/${number}`
  const workflow = (slug: Slug, number: number, id: string): string =>
    `${pipeline(slug, number)}/workflows/${encodeURIComponent(id)}`
  return {
    project,
    pipeline,
    workflow,
    job: (slug, number, workflowId, jobNumber) =>
      `${workflow(slug, number, workflowId)}/jobs/${jobNumber}`
  }
}
