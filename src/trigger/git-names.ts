import type {Ref} from '../circleci/model.ts'

/** The branch or tag a full ref name (`refs/heads/…`, `refs/tags/…`) stands for; `undefined` for any other. */
export function branchOrTag(ref: string | undefined): Ref | undefined {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? '') ?? []
  if (name === undefined) return undefined
  return kind === 'tags' ? {tag: name} : {branch: name}
}

/** The number in `refs/pull/<n>/…`; `undefined` for any other ref. */
export function pullNumber(ref: string | undefined): number | undefined {
  const digits = /^refs\/pull\/(\d{1,15})\//.exec(ref ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * The head of a pull request as CircleCI calls it, which works for forks too: `branch` may be `pull/<n>/head` in
 * projects on GitHub (`POST /project/{slug}/pipeline` in CircleCI's API reference).
 */
export function pullHead(number: number): Ref {
  return {branch: `pull/${number}/head`}
}

/** "tag" or "branch". */
export function kindOf(ref: Ref): string {
  return 'tag' in ref ? 'tag' : 'branch'
}

/** Whether a name is a commit's: a full hash, or the beginning of `sha`. */
export function isCommit(name: string, sha: string | undefined): boolean {
  return (
    /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name) ||
    (/^[0-9a-f]{7,}$/i.test(name) && sha?.startsWith(name.toLowerCase()) === true)
  )
}

/** Whether two `owner/name` are one repository; GitHub's names ignore case. An unknown one is no other's equal. */
export function isSameRepository(
  one: string | null | undefined,
  other: string | null | undefined
): boolean {
  return (
    typeof one === 'string' &&
    typeof other === 'string' &&
    one.toLowerCase() === other.toLowerCase()
  )
}
