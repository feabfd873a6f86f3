import type {Artifact} from '../result.ts'
import type {ArtifactJob} from './artifacts.ts'
import {foldedName, markedName, safeSegments, shortHash} from './file-name.ts'

/** Where one artifact goes. */
export interface PlannedFile {
  readonly artifact: Artifact
  /** Folders and name below the download folder; every one is a safe name. */
  readonly segments: readonly string[]
  /** Whether that differs from `<job>/<node>/<path>` as CircleCI has it. */
  readonly renamed: boolean
}

/**
 * Gives each artifact a place of its own: `<job>/<node if parallel>/<path>`, with the workflow's name in front when
 * several workflows have a job so named (and the job's number behind when that is not enough). Names are made safe;
 * where two would meet (a file and a folder included) the one CircleCI's name fits keeps it and the others get a hash
 * of their origin. The same artifacts get the same places in whatever order they come. With `foldCase` names that
 * differ only in case meet too.
 */
export function planDownload(
  artifacts: readonly Artifact[],
  jobs: readonly ArtifactJob[],
  foldCase: boolean
): readonly PlannedFile[] {
  const folderOf = jobFolders(jobs.length > 0 ? jobs : jobsOf(artifacts))
  const wanted = artifacts.map(artifact => {
    const {folder, natural} = folderOf(artifact)
    const segments = [...folder, ...safeSegments(artifact.path)]
    const renamed = segments.join('/') !== `${natural}/${artifact.path}`
    return {artifact, segments, renamed}
  })
  const key = (segments: readonly string[]): string => {
    const path = segments.join('/')
    return foldCase ? foldedName(path) : path
  }
  const folders = new Set(wanted.flatMap(({segments}) => ancestors(segments).map(key)))
  const files = new Set<string>()
  const isFree = (segments: readonly string[]): boolean =>
    !folders.has(key(segments)) && !files.has(key(segments))
  const places = new Map<PlannedFile, PlannedFile>()
  // Names that need no change go first: a hostile name must never displace an honest one.
  const order = [...wanted].sort(
    (a, b) =>
      Number(a.renamed) - Number(b.renamed) || compare(origin(a.artifact), origin(b.artifact))
  )
  for (const file of order) {
    const segments = isFree(file.segments) ? file.segments : freePlace(file, isFree)
    files.add(key(segments))
    places.set(file, segments === file.segments ? file : {...file, segments, renamed: true})
  }
  return wanted.map(file => places.get(file) ?? file)
}

function freePlace(
  {artifact, segments}: PlannedFile,
  isFree: (segments: readonly string[]) => boolean
): readonly string[] {
  const name = segments.at(-1) ?? '_'
  for (let attempt = 0; ; attempt += 1) {
    const mark = shortHash(`${origin(artifact)}${attempt === 0 ? '' : attempt}`)
    const place = [...segments.slice(0, -1), markedName(name, mark)]
    if (isFree(place)) return place
  }
}

function origin({jobNumber, nodeIndex, path, url}: Artifact): string {
  return JSON.stringify([jobNumber, nodeIndex, path, url])
}

function ancestors(segments: readonly string[]): readonly (readonly string[])[] {
  return segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1))
}

type FolderOf = (artifact: Artifact) => {folder: readonly string[]; natural: string}

function jobFolders(jobs: readonly ArtifactJob[]): FolderOf {
  const named = groupBy(jobs, ({job}) => job)
  const folders = new Map(
    jobs.map(job => {
      const namesakes = named.get(job.job) ?? []
      const inWorkflow = namesakes.filter(({workflow}) => workflow === job.workflow)
      const parts = [
        ...(namesakes.length > inWorkflow.length ? [job.workflow] : []),
        job.job,
        ...(inWorkflow.length > 1 ? [String(job.jobNumber)] : [])
      ]
      return [job.jobNumber, {parts, parallel: job.parallel}]
    })
  )
  return artifact => {
    const known = folders.get(artifact.jobNumber) ?? {parts: [artifact.job], parallel: false}
    const node = known.parallel || artifact.nodeIndex > 0 ? [String(artifact.nodeIndex)] : []
    const folder = [...known.parts.flatMap(safeSegments).map(notGit), ...node]
    return {folder, natural: [...known.parts, ...node].join('/')}
  }
}

/** A job called `.git` must not write into the checkout's own when the download folder is the workspace. */
function notGit(segment: string): string {
  return foldedName(segment) === '.GIT' ? '_git' : segment
}

function jobsOf(artifacts: readonly Artifact[]): readonly ArtifactJob[] {
  return [...groupBy(artifacts, ({jobNumber}) => jobNumber)].map(([jobNumber, own]) => ({
    workflow: own[0]?.workflow ?? '',
    job: own[0]?.job ?? '',
    jobNumber,
    parallel: own.some(({nodeIndex}) => nodeIndex > 0)
  }))
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
