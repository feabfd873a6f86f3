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
    const place = [...folder, ...safeSegments(artifact.path)].join('/')
    return {artifact, place, renamed: place !== `${natural}/${artifact.path}`}
  })
  const taken = takenPlaces(
    wanted.map(({place}) => place),
    foldCase
  )
  const places = new Map<Wanted, string>()
  for (const file of firstComeFirst(wanted)) {
    const place = taken.has(file.place) ? freePlace(file, taken) : file.place
    taken.add(place)
    places.set(file, place)
  }
  return wanted.map(file => {
    const place = places.get(file) ?? file.place
    return {
      artifact: file.artifact,
      segments: place.split('/'),
      renamed: file.renamed || place !== file.place
    }
  })
}

interface Wanted {
  readonly artifact: Artifact
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
  places: readonly string[],
  foldCase: boolean
): {has(place: string): boolean; add(place: string): void} {
  const key = foldCase ? foldedName : (place: string): string => place
  const keys = new Set<string>()
  for (const place of places) {
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
    const folder = [...known.parts.flatMap(safeSegments), ...node]
    return {folder, natural: [...known.parts, ...node].join('/')}
  }
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
