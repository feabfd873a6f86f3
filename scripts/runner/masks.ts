/** The secrets of a step, and how a text looks without them. */
export interface Masks {
  readonly values: readonly string[]
  /** Adds a secret; each line of it counts as one too. */
  add(value: string): void
  /** Returns the text with every secret shown as `***`. */
  apply(text: string): string
}

/**
 * Makes an empty set of masks. A mask holds for what is printed after it, as on the runner (actions/runner
 * `AddMaskCommandExtension`).
 */
export function createMasks(): Masks {
  const values = new Set<string>()
  return {
    get values() {
      return [...values]
    },
    add: value => {
      for (const secret of [value, ...value.split(/[\r\n]+/)]) {
        if (secret.trim() !== '') values.add(secret)
      }
    },
    apply: text =>
      // The longest first: a secret that holds another must not leave its own ends behind.
      [...values]
        .sort((a, b) => b.length - a.length)
        .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
  }
}
