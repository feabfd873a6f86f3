import type {ProjectSpec} from '../scenario.ts'

const canonical: Readonly<Record<string, string>> = {
  gh: 'gh',
  github: 'gh',
  bb: 'bb',
  bitbucket: 'bb',
  circleci: 'circleci'
}

/** Returns a slug in the form CircleCI writes it, or undefined when its provider is none. */
export function canonicalSlug(slug: string): string | undefined {
  const [provider = '', ...rest] = slug.split('/')
  const known = Object.hasOwn(canonical, provider) ? canonical[provider] : undefined
  return known === undefined || rest.length !== 2 ? undefined : [known, ...rest].join('/')
}

/** Says whether a project is built through the GitHub App, GitLab or another kind that has an opaque slug. */
export function isOpaque({slug}: Pick<ProjectSpec, 'slug'>): boolean {
  return slug.startsWith('circleci/')
}
