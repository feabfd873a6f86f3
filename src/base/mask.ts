const MASKED = '***'

/** Anything shorter is no secret: replacing it would shred every text. */
const MIN_LENGTH = 4

/** So much of a secret's beginning gives it away where a text was cut in the middle of it. */
const HEAD_LENGTH = 8
/** Of a secret shorter than this a beginning is too common a text. */
const MIN_CUT_LENGTH = 16

/**
 * Replaces secrets by `***`: what the runner does for the log, for everything else that leaves the step (GitHub's API,
 * outputs, state and files). Besides a secret itself the spellings are found that programs print it in: inside JSON, in
 * an address, in Base64 at any offset (as in `Authorization: Basic`), and its beginning before an ellipsis or at the
 * end of a text, where it was cut.
 */
export class Mask {
  private readonly secrets: readonly string[]
  private readonly pattern: RegExp | undefined

  /** Secrets that are blank or shorter than four characters are left: replacing them would shred every text. */
  constructor(secrets: readonly string[]) {
    this.secrets = secrets.filter(secret => secret.trim().length >= MIN_LENGTH)
    const spellings = new Set(this.secrets.flatMap(spellingsOf))
    const longestFirst = [...spellings].sort((a, b) => b.length - a.length)
    this.pattern = longestFirst.length === 0 ? undefined : anyOf(longestFirst)
  }

  text(text: string): string {
    if (this.pattern === undefined) return text
    const masked = text.replace(this.pattern, MASKED)
    return this.secrets.some(secret => masked.includes(headOf(secret)))
      ? masked
          .split('\u2026')
          .map(piece => this.withoutHead(piece))
          .join('\u2026')
      : masked
  }

  /** Every string in plain data, however deep; keys stay as they are. */
  data<T>(value: T): T {
    if (this.pattern === undefined) return value
    return this.anything(value) as T
  }

  private anything(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(item => this.anything(item))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.anything(item)])
    )
  }

  private withoutHead(piece: string): string {
    for (const secret of this.secrets) {
      if (secret.length < MIN_CUT_LENGTH) continue
      const at = piece.lastIndexOf(headOf(secret))
      if (at !== -1 && secret.startsWith(piece.slice(at))) return piece.slice(0, at) + MASKED
    }
    return piece
  }
}

function headOf(secret: string): string {
  return secret.slice(0, HEAD_LENGTH)
}

function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(texts.map(text => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g')
}

function spellingsOf(secret: string): string[] {
  const inAddress = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'))
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    inAddress,
    inAddress.replace(/%[0-9A-F]{2}/g, hex => hex.toLowerCase()),
    ...[0, 1, 2].flatMap(offset => base64At(secret, offset))
  ]
}

/** What Base64 makes of a secret behind `offset` bytes of something else, without what depends on its neighbours. */
function base64At(secret: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const from = Math.ceil((offset * 8) / 6)
  const to = Math.floor((bytes.length * 8) / 6)
  const core = (encoding: 'base64' | 'base64url'): string =>
    bytes.toString(encoding).slice(from, to)
  // Few letters of Base64 are found in any text.
  return to - from < HEAD_LENGTH ? [] : [core('base64'), core('base64url')]
}
