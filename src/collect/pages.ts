import type {Page} from '../circleci/client.ts'

/**
 * Hands the items of a paged listing to `take`, page by page, until there is no next one. A token that was seen
 * before, or more than `maxPages`, ends the reading early and resolves with `false`: a listing that goes in circles
 * must not hold the step for ever. What was taken before a page fails stays taken.
 */
export async function readPages<T>(
  page: (token: string | undefined) => Promise<Page<T>>,
  maxPages: number,
  take: (items: readonly T[]) => void
): Promise<boolean> {
  const seen = new Set<string>()
  let token: string | undefined
  for (let count = 0; count < maxPages; count += 1) {
    const {items, next} = await page(token)
    take(items)
    if (next === undefined) return true
    if (seen.has(next)) return false
    seen.add(next)
    token = next
  }
  return false
}
