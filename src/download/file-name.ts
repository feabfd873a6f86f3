import {createHash} from 'node:crypto'

/** Longest name of a file or folder that every file system of the runners takes, in UTF-8 bytes. */
const MAX_NAME_BYTES = 255
/** Longest path below the download folder, in UTF-8 bytes; macOS takes 1,024 for a whole path. */
const MAX_PATH_BYTES = 700
const MAX_EXTENSION_BYTES = 24

/** Nearly all names: there can be 100,000 of them. */
const PLAIN = /^[\w.-]{0,99}[\w-]$/
/** Control characters, what Windows forbids in names (and `:`, which opens a data stream there), lone surrogates. */
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*]|\p{Surrogate}/gu
/**
 * Windows drops these silently, so that two names become one, and `..` would be a way out. The look behind keeps the
 * search from starting anew inside a run that is not at the end.
 */
const TRAILING = /(?<![. ])[. ]+$/
/** Devices on Windows, with any extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED =
  /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/i

/**
 * A name for one file or folder that is usable on Linux, macOS and Windows alike, so that a folder of artifacts means
 * the same wherever it is carried: unusable characters become `_`, reserved names get one in front, long names are
 * cut around a hash of the whole. A usable name comes back as it is; doing it twice changes nothing.
 */
export function safeName(name: string): string {
  if (PLAIN.test(name) && !RESERVED.test(name)) return name
  const plain = name
    .replace(FORBIDDEN, '_')
    .replace(TRAILING, tail => '_'.repeat(tail.length))
    .replace(RESERVED, '_$&')
  if (plain === '') return '_'
  return byteLength(plain) <= MAX_NAME_BYTES ? plain : shortened(plain, shortHash(name))
}

/**
 * The folders and the name under which a path of CircleCI's may be written below a folder of ours: split at `/` and `\`, each
 * part made safe, empty and `.` parts dropped, `..` and `.git` turned into other names. Too long a path keeps its first
 * folder and its name and gets a hash in between. Never empty.
 */
export function safeSegments(path: string): readonly string[] {
  const parts = path.split(/[/\\]/).filter(part => part !== '' && part !== '.')
  const safe = (part = ''): string => (isGitName(part) ? '_git' : safeName(part))
  // Each part takes two bytes at least.
  if (parts.length <= MAX_PATH_BYTES / 2) {
    const segments = parts.map(part => safe(part))
    if (segments.length === 0) return ['_']
    if (segments.length < 3 || byteLength(segments.join('/')) <= MAX_PATH_BYTES) return segments
  }
  return [safe(parts[0]), shortHash(path), safe(parts.at(-1))]
}

/** The same name with a mark between stem and extension that sets it apart from its namesakes. */
export function markedName(name: string, mark: string): string {
  const {stem, extension} = splitExtension(name)
  const marked = `${stem}-${mark}${extension}`
  return byteLength(marked) <= MAX_NAME_BYTES ? safeName(marked) : shortened(name, mark)
}

/**
 * What two names have in common when a file system that ignores case takes them for one: APFS and NTFS fold case, and
 * APFS also the ways to compose a character. Folds rather too much than too little.
 */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC')
}

/**
 * Whether a file system may take a name for `.git`: APFS and HFS+ ignore case and characters that are not seen, NTFS dots
 * and spaces at the end and whatever follows a `:`, and it knows `.git` as `GIT~1` too. Git guards itself against the same
 * (its `is_hfs_dotgit` and `is_ntfs_dotgit`).
 */
export function isGitName(name: string): boolean {
  if (PLAIN.test(name)) return name.toLowerCase() === '.git'
  const [seen = ''] = name.replace(/\p{Default_Ignorable_Code_Point}/gu, '').split(':')
  return /^(?:\.GIT|GIT~\d+)$/.test(foldedName(seen.replace(TRAILING, '')))
}

/** Eight hexadecimal digits that depend on all of the text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 8)
}

function shortened(name: string, mark: string): string {
  const {stem, extension} = splitExtension(name)
  const room = MAX_NAME_BYTES - byteLength(extension) - mark.length - 1
  let kept = ''
  let bytes = 0
  for (const character of stem) {
    bytes += byteLength(character)
    if (bytes > room) break
    kept += character
  }
  return `${kept}-${mark}${extension}`
}

function splitExtension(name: string): {stem: string; extension: string} {
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot) : ''
  if (extension.length < 2 || byteLength(extension) > MAX_EXTENSION_BYTES) {
    return {stem: name, extension: ''}
  }
  return {stem: name.slice(0, dot), extension}
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
