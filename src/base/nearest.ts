/** How many letters have to be added, left out, changed or swapped with their neighbour to make one word of another. */
export function editDistance(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({length: other.length + 1}, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity
      )
    }
    beforeLast = last
    last = current
  }
  return last[other.length] ?? 0
}

/** The word that was most likely meant; `undefined` when none is like it. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words
    .map(one => ({one, distance: one.startsWith(word) ? 1 : editDistance(word, one)}))
    .toSorted((a, b) => a.distance - b.distance)
  const [best] = ranked
  const isLike = best !== undefined && best.distance <= Math.max(2, word.length / 3)
  return isLike ? best.one : undefined
}
