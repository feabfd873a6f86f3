import type {Reply} from '../http/reply.ts'
import type {ArtifactSpec} from '../scenario.ts'
import {type World, behaviourOf} from '../world/world.ts'
import type {Call} from './call.ts'
import {isStarted, jobOf} from './jobs.ts'
import {page} from './pagination.ts'

/** https://circleci.com/docs/api/v2/#operation/getJobArtifacts; complete once the job has stopped. */
export function getArtifacts(call: Call): Reply {
  const {job, now} = jobOf(call)
  const stored = isStarted(call.world, now) && now.plan.stop <= call.world.now()
  return page(call, stored ? (job.spec.artifacts ?? []) : [], artifact => ({
    path: artifact.path,
    node_index: artifact.node ?? 0,
    url: artifactUrl(call.world, job.id, artifact)
  }))
}

/** Returns the address of an artifact, on the host that has them. */
export function artifactUrl(world: World, jobId: string, {path, node = 0}: ArtifactSpec): string {
  const {origins} = world
  const host = behaviourOf(world).artifactHost === 'api' ? origins.api : origins.artifacts
  return `${host}${artifactPath(jobId, node, path)}`
}

/** Returns where an artifact is on its host; each segment of its path is encoded, its slashes are not. */
export function artifactPath(jobId: string, node: number, path: string): string {
  const segments = path.split('/').map(segment => {
    // URL parsers take `..` out even when it is encoded once.
    if (segment === '.' || segment === '..') return segment.replaceAll('.', '%252E')
    return encodeURIComponent(segment)
  })
  return `/output/job/${jobId}/artifacts/${node}/${segments.join('/')}`
}
