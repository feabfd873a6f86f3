import {tokenOf} from '../api/auth.ts'
import {artifactPath} from '../api/artifacts.ts'
import {type Content, type Reply, bytes, madeUpBytes, text} from '../http/reply.ts'
import type {ApiRequest} from '../http/request.ts'
import type {ArtifactSpec} from '../scenario.ts'
import {findJob} from '../world/find.ts'
import type {JobRecord} from '../world/records.ts'
import {type World, behaviourOf} from '../world/world.ts'
import {presign} from './presigned.ts'
import {storedReply} from './storage.ts'

/**
 * Answers like the host of a private project's artifacts: it wants the token of somebody with access, and then sends
 * the client on to storage, on another origin that must not see the token.
 */
export function answerArtifact(world: World, request: ApiRequest): Reply {
  const {artifactRefusal, artifactDelivery} = behaviourOf(world)
  const token = tokenOf(request)
  const user = world.users.find(
    candidate => candidate.token !== undefined && candidate.token === token
  )
  const content = artifactAt(world, request.path)
  if (user === undefined || user.access === 'none') {
    return text(
      artifactRefusal,
      artifactRefusal === 401 ? 'Unauthorized' : 'Not Found',
      'text/plain'
    )
  }
  if (content === undefined) return text(404, 'Not Found', 'text/plain')
  if (artifactDelivery === 'direct') return storedReply(world, request, content)
  return {
    status: 302,
    headers: {Location: `${world.origins.storage}${presign(world, request.path)}`},
    content: bytes('')
  }
}

const artifactsByPath = new WeakMap<JobRecord, ReadonlyMap<string, ArtifactSpec>>()

/** Returns the artifact at a path, the same on the artifact host and in storage. */
export function artifactAt(world: World, path: string): Content | undefined {
  const id = /^\/output\/job\/([^/]+)\/artifacts\//.exec(path)?.[1]
  const job = findJob(world, candidate => candidate.id === id)?.job
  const artifact = job && pathsOf(job).get(path)
  if (artifact === undefined) return undefined
  const {content = `${artifact.path}\n`} = artifact
  return typeof content === 'object' && 'bytes' in content
    ? madeUpBytes(content.bytes)
    : bytes(content)
}

/** A job can have thousands of artifacts, each of which is asked for twice. */
function pathsOf(job: JobRecord): ReadonlyMap<string, ArtifactSpec> {
  const known = artifactsByPath.get(job)
  if (known !== undefined) return known
  const entries = (job.spec.artifacts ?? []).map(
    artifact => [artifactPath(job.id, artifact.node ?? 0, artifact.path), artifact] as const
  )
  const paths = new Map(entries)
  artifactsByPath.set(job, paths)
  return paths
}
