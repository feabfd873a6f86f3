import type {Row} from './http/change.ts'
import {randomNumbers} from './identity.ts'

/** A way a list can differ from what it should be, for faults of the kind `rows`. */
export type ListingChange = (rows: readonly Row[]) => readonly Row[]

/** Leaves out the rows that have all of these fields. */
export function without(fields: Row): ListingChange {
  return rows => rows.filter(row => !has(row, fields))
}

/** Sets fields of the rows that have all of `where`; undefined takes a field out, as in `rowsWith({}, {id: undefined})`. */
export function rowsWith(where: Row, fields: Row): ListingChange {
  return rows => rows.map(row => (has(row, where) ? {...row, ...fields} : row))
}

/** Puts each row that has all of `where` there twice, the second time, before or after it, with other fields. */
export function twice(where: Row, fields: Row, place: 'before' | 'after' = 'after'): ListingChange {
  return rows =>
    rows.flatMap(row => {
      if (!has(row, where)) return [row]
      const again = {...row, ...fields}
      return place === 'before' ? [again, row] : [row, again]
    })
}

/** Turns the order round. */
export const reversed: ListingChange = rows => rows.toReversed()

/** Puts the rows in any order, the same under the same seed for as many rows. */
export function shuffled(seed = 1): ListingChange {
  return rows => {
    const random = randomNumbers(seed)
    const keyed = rows.map(row => ({row, key: random()}))
    return keyed.sort((a, b) => a.key - b.key).map(({row}) => row)
  }
}

/** Makes several changes, one after the other. */
export function together(...changes: readonly ListingChange[]): ListingChange {
  return rows => changes.reduce((changed, change) => change(changed), rows)
}

function has(row: Row, fields: Row): boolean {
  return Object.entries(fields).every(([name, value]) => row[name] === value)
}
