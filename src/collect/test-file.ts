/**
 * Where CircleCI checks a project out by default, by executor: convenience images, macOS, Windows, images that run
 * as root, and `~/project` as the configuration writes it. All lower case: Windows' paths may differ in case.
 * https://circleci.com/docs/configuration-reference/#jobs (`working_directory`)
 */
const CHECKOUT =
  /^(?:\/home\/circleci|\/root|\/users\/(?:distiller|circleci)|[a-z]:\/users\/circleci(?:\.[^/]*)?|~)\/project\//i
const HOME =
  /^(?:\/home\/circleci|\/root|\/users\/(?:distiller|circleci)|[a-z]:\/users\/circleci(?:\.[^/]*)?|~)\//i

/**
 * The path inside the repository that a path of a test report means, with `/`, without leaving the repository:
 * relative paths, and absolute ones below a default checkout folder or a folder named like the repository.
 * `undefined` when that cannot be told. Understands `file://` addresses and Windows' back-slashes.
 */
export function repositoryPath(file: string, repository: string): string | undefined {
  const relative = stripCheckout(toSlashes(file), repository)
  return relative === undefined ? undefined : normalize(relative)
}

/**
 * All that a path may mean inside the repository, likeliest first: `repositoryPath`, then, of an absolute path, every
 * shorter end that still has a folder. The latter are guesses, worth something only where such a file exists.
 */
export function repositoryPaths(file: string, repository: string): readonly string[] {
  const path = toSlashes(file)
  const guesses = isAbsolute(path) ? shorterEnds(path) : []
  return [repositoryPath(file, repository), ...guesses.map(normalize)]
    .filter(candidate => candidate !== undefined)
    .filter((candidate, index, all) => all.indexOf(candidate) === index)
}

/** The same path with `/` only, and without `file://`. */
export function toSlashes(file: string): string {
  let path = file.trim()
  if (/^file:\/\//i.test(path)) path = decoded(path.replace(/^file:\/\/(?:localhost)?/i, ''))
  if (/^\/[a-z]:[\\/]/i.test(path)) path = path.slice(1)
  // A back-slash is a legal character of a Unix name, so it only counts where nothing else separates folders.
  return /^[a-z]:\\/i.test(path) || !path.includes('/') ? path.replaceAll('\\', '/') : path
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function stripCheckout(path: string, repository: string): string | undefined {
  if (CHECKOUT.test(path)) return path.replace(CHECKOUT, '')
  if (!isAbsolute(path)) return path
  const segments = path.split('/')
  const index = repository === '' ? -1 : segments.indexOf(repository)
  return index < 0 ? undefined : segments.slice(index + 1).join('/')
}

function shorterEnds(path: string): readonly string[] {
  const segments = path
    .replace(HOME, '')
    .split('/')
    .filter(segment => segment !== '')
  const ends: string[] = []
  // A bare file name says too little to guess by.
  for (let start = 1; start <= segments.length - 2; start += 1) {
    ends.push(segments.slice(start).join('/'))
  }
  return ends
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[a-z]:\/|~\/)/i.test(path)
}

/** A relative path without `.` and `..`; `undefined` when it leaves the repository, is absolute, or is none. */
function normalize(path: string): string | undefined {
  if (isAbsolute(path) || path.includes('\0')) return undefined
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') kept.push(segment)
    else if (kept.pop() === undefined) return undefined
  }
  const inside = kept.join('/')
  return inside === '' || isAbsolute(inside) ? undefined : inside
}
