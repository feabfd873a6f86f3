import {type Reply, json} from '../http/reply.ts'
import type {ProjectSpec} from '../scenario.ts'
import {type World, idOf} from '../world/world.ts'
import {type Call, param} from './call.ts'
import {Refusal, notFound} from './refusal.ts'
import {canonicalSlug, isOpaque} from './slug.ts'

/**
 * Returns the project a call names. A project one may not see is answered like one that does not exist, so that
 * nobody learns of it; one that may only be looked at refuses every POST.
 */
export function projectOf(call: Call): ProjectSpec {
  return projectNamed(call, param(call, 'slug'))
}

/** Returns the project with this slug or UUID, as the caller may see it. */
export function projectNamed(call: Call, slug: string): ProjectSpec {
  const {project} = call.world.scenario
  if (!namesOf(call.world, project).includes(canonicalSlug(slug) ?? slug)) {
    throw notFound('Project not found.')
  }
  requireAccess(call, 'Project not found.')
  return project
}

/** Refuses a caller who may not see the project, or not change it. */
export function requireAccess({user, request}: Call, message: string): void {
  if (user.access === 'none') throw notFound(message)
  if (user.access === 'read' && request.method !== 'GET') {
    throw new Refusal(403, 'Permission denied.')
  }
}

/** Returns the UUIDs of the scenario's project and its organization. */
export function projectIds(world: World): {project: string; organization: string} {
  const {organization, slug} = world.scenario.project
  return {
    project: idOf(world, `project ${slug}`),
    organization: idOf(world, `organization ${organization}`)
  }
}

/** https://circleci.com/docs/api/v2/#operation/getProjectBySlug */
export function getProject(call: Call): Reply {
  const project = projectOf(call)
  const ids = projectIds(call.world)
  return json(200, {
    slug: project.slug,
    name: project.name,
    id: ids.project,
    organization_name: project.organization,
    organization_slug: project.slug.split('/').slice(0, 2).join('/'),
    organization_id: ids.organization,
    vcs_info: {
      vcs_url: vcsUrl(project),
      provider: providerOf(project),
      default_branch: project.defaultBranch
    }
  })
}

/** Returns the address of a project's repository; projects with opaque slugs have none here. */
export function vcsUrl(project: ProjectSpec): string {
  const [provider, organization, name] = project.slug.split('/')
  if (isOpaque(project)) return `//circleci.com/${organization}/${name}`
  const host = provider === 'bb' ? 'bitbucket.org' : 'github.com'
  return `https://${host}/${organization}/${name}`
}

/** Returns the provider as `vcs_info` and `vcs` name it. */
export function providerOf(project: ProjectSpec): 'GitHub' | 'Bitbucket' | 'CircleCI' {
  if (isOpaque(project)) return 'CircleCI'
  return project.slug.startsWith('bb/') ? 'Bitbucket' : 'GitHub'
}

function namesOf(world: World, project: ProjectSpec): string[] {
  const ids = projectIds(world)
  const slug = canonicalSlug(project.slug) ?? project.slug
  return [slug, ids.project, `circleci/${ids.organization}/${ids.project}`]
}
