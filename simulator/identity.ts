import {createHash} from 'node:crypto'

/** Returns the UUID that belongs to a name under a seed, so that a rerun of a test sees the same ids. */
export function uuidOf(seed: number, name: string): string {
  const hex = digest(seed, `uuid:${name}`)
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(18, 20),
    hex.slice(20, 32)
  ].join('-')
}

/** Returns a made-up commit, the same for the same name under a seed. */
export function revisionOf(seed: number, name: string): string {
  return digest(seed, `revision:${name}`).slice(0, 40)
}

/** Returns a signature for a presigned URL; nobody without the seed can make one. */
export function signatureOf(seed: number, text: string): string {
  return digest(seed, `signature:${text}`)
}

/** Returns random numbers in [0, 1) that repeat under the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function digest(seed: number, text: string): string {
  return createHash('sha256').update(`${seed}:${text}`).digest('hex')
}
