/** A project slug in the short form that both trigger endpoints accept. */
export interface Slug {
  readonly provider: 'gh' | 'bb' | 'circleci'
  readonly organization: string
  readonly project: string
}

const PROVIDERS: Readonly<Record<string, Slug['provider']>> = {
  gh: 'gh',
  github: 'gh',
  bb: 'bb',
  bitbucket: 'bb',
  circleci: 'circleci'
}

/** Where the repositories of a provider are. */
const HOSTS: Readonly<Record<string, string>> = {
  'github.com': 'gh',
  'www.github.com': 'gh',
  'bitbucket.org': 'bb'
}

/**
 * Parses `gh|github|bb|bitbucket/org/repo` or `circleci/<org>/<project>`; `undefined` when it is neither.
 * `github` and `bitbucket` become `gh` and `bb`, the only forms the run endpoint takes.
 */
export function parseSlug(text: string): Slug | undefined {
  const parts = text.trim().split('/')
  const [vcs, organization, project] = parts
  if (parts.length !== 3 || vcs === undefined) return undefined
  const provider = Object.hasOwn(PROVIDERS, vcs) ? PROVIDERS[vcs] : undefined
  if (provider === undefined || !isSegment(organization) || !isSegment(project)) return undefined
  return {provider, organization, project}
}

/** The slug that was probably meant by the address of a project or repository, or by a name alone; else `undefined`. */
export function meantSlug(text: string): string | undefined {
  const parts = text
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^[a-z]+:\/\/|^git@/i, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .filter(part => part !== '')
    .map(part => HOSTS[part.toLowerCase()] ?? part)
  const at = parts.findIndex(part => Object.hasOwn(PROVIDERS, part.toLowerCase()))
  const [provider = 'gh', organization, project] = at >= 0 ? parts.slice(at) : ['gh', ...parts]
  if (at < 0 && parts.length !== 2) return undefined
  const slug = parseSlug(`${provider.toLowerCase()}/${organization ?? ''}/${project ?? ''}`)
  return slug && formatSlug(slug)
}

/** No separators of a URL, no white space and nothing invisible, which would only show as a puzzling 404. */
function isSegment(text: string | undefined): text is string {
  if (text === undefined || text === '' || text === '.' || text === '..') return false
  return !/[\s\p{Cc}\p{Cf}\p{Cs}?#\\%]/u.test(text)
}

/** The slug as CircleCI shows it: `gh/acme/shop`. */
export function formatSlug(slug: Slug): string {
  return `${slug.provider}/${slug.organization}/${slug.project}`
}

/** The slug inside a URL's path: literal slashes, each segment encoded (an escaped slash is a 404 on the run endpoint). */
export function slugPath(slug: Slug): string {
  return [slug.provider, slug.organization, slug.project].map(encodeURIComponent).join('/')
}

/** CircleCI Cloud, the default host. */
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

/** Makes the addresses for one `host` (an origin). */
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
