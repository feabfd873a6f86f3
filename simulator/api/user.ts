import {type Reply, json} from '../http/reply.ts'
import type {Call} from './call.ts'
import {projectIds, providerOf} from './project.ts'

/** https://circleci.com/docs/api/v2/#operation/getCurrentUser */
export function getMe({user}: Call): Reply {
  return json(200, {
    id: user.id,
    login: user.login,
    name: user.name,
    avatar_url: avatarUrl(user.login)
  })
}

/** https://circleci.com/docs/api/v2/#operation/getCollaborations; the real key is `vcs_type`, not `vcs-type`. */
export function getCollaborations({world, user}: Call): Reply {
  if (user.access === 'none') return json(200, [])
  const {project} = world.scenario
  const slug = project.slug.split('/').slice(0, 2).join('/')
  return json(200, [
    {
      id: projectIds(world).organization,
      vcs_type: providerOf(project).toLowerCase(),
      name: project.organization,
      avatar_url: avatarUrl(project.organization),
      slug
    }
  ])
}

/** Returns where a person's or an organization's picture would be. */
export function avatarUrl(login: string): string {
  return `https://avatars.githubusercontent.com/${encodeURIComponent(login)}`
}
