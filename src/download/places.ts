import type {Artifact} from '../record/result.ts'
import {foldedName, markedName, safeSegments, shortHash} from './file-name.ts'

/** A job whose artifacts were listed. */
export interface ArtifactJob {
  readonly workflow: string
  readonly job: string
  readonly jobNumber: number
  /** Whether artifacts of more than one node, or of a node other than the first, were seen. */
  readonly parallel: boolean
}

/** What shares the download folder with the files of this pipeline. */
export interface Neighbours {
  /** A folder of this pipeline's own, in front of all places. */
  readonly subfolder?: string | undefined
  /** Folders of jobs that earlier pipelines of this step have written, from the download folder on, with `/`. */
  readonly written?: Set<string> | undefined
  /** Sets a job's folder apart from one of those, where they would be the same. */
  readonly pipelineNumber?: number | undefined
}

/** Where one artifact goes. */
export interface PlannedFile {
  readonly artifact: Artifact
  /** Its job's folder, from the download folder on, with `/`. */
  readonly jobFolder: string
  /** Folders and name below the download folder; every one is a safe name. */
  readonly segments: readonly string[]
  /** Whether that differs from `<subfolder>/<job>/<node>/<path>` as it would be. */
  readonly renamed: boolean
}

/**
 * Gives each artifact a place of its own: `<job>/<node if parallel>/<path>`, with the workflow's name in front when
 * several workflows have a job so named (and the job's number behind when that is not enough), and the pipeline's number
 * behind when an earlier pipeline of the step has written a folder of that name. Names are made safe;
 * where two would meet (a file and a folder included) the one CircleCI's name fits keeps it and the others get a hash
 * of their origin. The same artifacts get the same places in whatever order they come. With `foldCase` names that
 * differ only in case meet too.
 */
export function planDownload(
  artifacts: readonly Artifact[],
  jobs: readonly ArtifactJob[],
  foldCase: boolean,
  neighbours: Neighbours = {}
): readonly PlannedFile[] {
  const key = foldCase ? foldedName : (place: string): string => place
  const folderOf = jobFolders(jobs.length > 0 ? jobs : jobsOf(artifacts), key, neighbours)
  const wanted = artifacts.map(artifact => {
    const {jobFolder, node, natural} = folderOf(artifact)
    const place = [jobFolder, ...node, ...safeSegments(artifact.path)].join('/')
    return {artifact, jobFolder, place, renamed: place !== `${natural}/${artifact.path}`}
  })
  const taken = takenPlaces(wanted, key)
  const places = new Map<Wanted, string>()
  for (const file of firstComeFirst(wanted)) {
    const place = taken.has(file.place) ? freePlace(file, taken) : file.place
    taken.add(place)
    places.set(file, place)
  }
  return wanted.map(file => {
    const {artifact, jobFolder, renamed} = file
    const place = places.get(file) ?? file.place
    const segments = place.split('/')
    return {artifact, jobFolder, segments, renamed: renamed || place !== file.place}
  })
}

interface Wanted {
  readonly artifact: Artifact
  readonly jobFolder: string
  readonly place: string
  readonly renamed: boolean
}

/** Names that need no change go first: a hostile name must never displace an honest one. */
function firstComeFirst(wanted: readonly Wanted[]): readonly Wanted[] {
  return wanted
    .map(file => ({file, rank: `${Number(file.renamed)}${origin(file.artifact)}`}))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({file}) => file)
}

/** The places where no (further) file can be: all folders there will be, and the files so far. */
function takenPlaces(
  wanted: readonly Wanted[],
  key: (place: string) => string
): {has(place: string): boolean; add(place: string): void} {
  const keys = new Set<string>()
  for (const {place} of wanted) {
    for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
      const folder = key(place.slice(0, end))
      if (keys.has(folder)) break
      keys.add(folder)
    }
  }
  return {has: place => keys.has(key(place)), add: place => keys.add(key(place))}
}

function freePlace(
  {artifact, place}: Wanted,
  taken: {readonly has: (place: string) => boolean}
): string {
  const end = place.lastIndexOf('/') + 1
  for (let attempt = 0; ; attempt += 1) {
    const mark = shortHash(`${origin(artifact)}${attempt === 0 ? '' : attempt}`)
    const other = place.slice(0, end) + markedName(place.slice(end), mark)
    if (!taken.has(other)) return other
  }
}

function origin({jobNumber, nodeIndex, path, url}: Artifact): string {
  return JSON.stringify([jobNumber, nodeIndex, path, url])
}

type FolderOf = (artifact: Artifact) => {
  readonly jobFolder: string
  readonly node: readonly string[]
  readonly natural: string
}

function jobFolders(
  jobs: readonly ArtifactJob[],
  key: (place: string) => string,
  {subfolder, written = new Set(), pipelineNumber}: Neighbours
): FolderOf {
  const front = subfolder === undefined ? [] : [subfolder]
  const others = [...written].map(folder => `${key(folder)}/`)
  const folderOf = (parts: readonly string[]): string => parts.flatMap(safeSegments).join('/')
  const isWritten = (folder: string): boolean =>
    others.some(other => other.startsWith(`${key(folder)}/`) || `${key(folder)}/`.startsWith(other))
  const named = groupBy(jobs, ({job}) => job)
  const folders = new Map(
    jobs.map(job => {
      const namesakes = named.get(job.job) ?? []
      const inWorkflow = namesakes.filter(({workflow}) => workflow === job.workflow)
      const parts = [
        ...front,
        ...(namesakes.length > inWorkflow.length ? [job.workflow] : []),
        job.job,
        ...(inWorkflow.length > 1 ? [String(job.jobNumber)] : [])
      ]
      const last = `${parts.at(-1) ?? ''}.${pipelineNumber ?? ''}`
      const free = isWritten(folderOf(parts)) ? [...parts.slice(0, -1), last] : parts
      return [job.jobNumber, {parts: free, parallel: job.parallel}]
    })
  )
  return ({job, jobNumber, nodeIndex}) => {
    const {parts, parallel} = folders.get(jobNumber) ?? {parts: [...front, job], parallel: false}
    const node = parallel || nodeIndex > 0 ? [String(nodeIndex)] : []
    return {jobFolder: folderOf(parts), node, natural: [...parts, ...node].join('/')}
  }
}

function jobsOf(artifacts: readonly Artifact[]): readonly ArtifactJob[] {
  const jobs = new Map<number, ArtifactJob>()
  for (const {workflow, job, jobNumber, nodeIndex} of artifacts) {
    const first = jobs.get(jobNumber) ?? {workflow, job, jobNumber, parallel: false}
    jobs.set(jobNumber, {...first, parallel: first.parallel || nodeIndex > 0})
  }
  return [...jobs.values()]
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
