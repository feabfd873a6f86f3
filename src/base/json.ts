/** Any JSON value. */
export type Json = unknown

/** An answer that is not what CircleCI documents; treated like any other unusable answer. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError'
}

/** Far more than a page of any listing has; a list that is spread as arguments fits on the stack. */
const MAX_ITEMS = 50_000

/** Reads the fields of a JSON object from outside. `null` and a value of the wrong kind count as absent. */
export class Fields {
  private readonly values: Map<string, Json>
  private readonly what: string

  /** Throws a `ShapeError` when the value is not an object. */
  constructor(json: Json, what: string) {
    if (!isObject(json)) {
      throw new ShapeError(`${what}: expected an object, got ${typeNameOf(json)}`)
    }
    this.values = new Map(Object.entries(json))
    this.what = what
  }

  string(name: string): string | undefined {
    const value = this.values.get(name)
    return typeof value === 'string' ? value : undefined
  }

  /** Throws a `ShapeError` when there is a value, and it is neither a string nor `null`. */
  optionalString(name: string): string | undefined {
    const value = this.values.get(name) ?? undefined
    if (value !== undefined && typeof value !== 'string') {
      throw new ShapeError(`${this.what}: "${name}" is no text`)
    }
    return value
  }

  requiredString(name: string): string {
    const value = this.string(name)
    if (value === undefined || value === '') throw new ShapeError(`${this.what}: no "${name}"`)
    return value
  }

  /** A finite number, also when it was sent as a string. */
  number(name: string): number | undefined {
    const value = this.values.get(name)
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined
  }

  requiredNumber(name: string): number {
    const value = this.number(name)
    if (value === undefined) throw new ShapeError(`${this.what}: no "${name}"`)
    return value
  }

  boolean(name: string): boolean | undefined {
    const value = this.values.get(name)
    return typeof value === 'boolean' ? value : undefined
  }

  isNull(name: string): boolean {
    return this.values.get(name) === null
  }

  object(name: string): Fields | undefined {
    const value = this.values.get(name)
    return isObject(value) ? new Fields(value, `${this.what}.${name}`) : undefined
  }

  /** The objects of a list, whatever else is in it; [] when there is no such list. */
  objects(name: string): Fields[] {
    const value = this.values.get(name)
    if (!Array.isArray(value)) return []
    return value.filter(isObject).map(item => new Fields(item, `${this.what}.${name}`))
  }

  /** The items of a list that must be there, and be no longer than any real one. */
  requiredList(name: string): Json[] {
    const value = this.values.get(name)
    if (!Array.isArray(value)) throw new ShapeError(`${this.what}: no list "${name}"`)
    if (value.length > MAX_ITEMS) {
      throw new ShapeError(`${this.what}: more than ${MAX_ITEMS} in "${name}"`)
    }
    return value
  }

  strings(name: string): string[] {
    const value = this.values.get(name)
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
  }

  /** Every value that is a list, with the strings in it. */
  lists(): Record<string, readonly string[]> {
    const names = [...this.values.keys()].filter(name => Array.isArray(this.values.get(name)))
    return Object.fromEntries(names.map(name => [name, this.strings(name)]))
  }

  /** Every value that is a string, a number or a boolean. */
  scalars(): Record<string, string | number | boolean> {
    const found: [string, string | number | boolean][] = []
    for (const [name, value] of this.values) {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        found.push([name, value])
      }
    }
    return Object.fromEntries(found)
  }
}

/** Whether a value is an object of JSON: neither a list nor `null`. */
export function isObject(value: Json): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** By its type only: a value nested a million deep cannot be shown. */
function typeNameOf(value: Json): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
