/** What a glob is matched against: paths, whose `/` only `**` crosses, or names, in which `/` is a character like others. */
export type GlobKind = 'path' | 'name'

/** Where in a text a part of a glob may end when it may start at the given places; both in ascending order. */
type Step = (text: string, starts: readonly number[]) => readonly number[]

/** A part of a pattern, and where the pattern goes on after it. */
interface Part {
  readonly step: Step
  readonly end: number
}

/** Most numbers that `{1..20}` may stand for; a longer range is plain text. */
const MAX_RANGE = 1000

/**
 * Compiles a glob into a test of whole texts. It is read as picomatch (with `dot`) reads it: `*`, `**`, `?`, `[a-c]`,
 * `[!a]`, `{a,b}`, `{1..3}`, `(a|b)`, `?(...)`, `*(...)`, `+(...)`, `@(...)`, `!(...)`; a backslash makes a character plain text,
 * and so does what is not closed. Unlike a regular expression, which tries every way to share a text among its stars,
 * it carries all places along that were reached: the time grows with the length of the text, and with its square at
 * worst after `!(...)` and `*(...)`.
 */
export function glob(pattern: string, kind: GlobKind): (text: string) => boolean {
  const step = sequence(pattern, kind)
  return text => step(text, [0]).at(-1) === text.length
}

function sequence(pattern: string, kind: GlobKind): Step {
  const steps: Step[] = []
  for (let at = 0; at < pattern.length;) {
    const {step, end} = wildcard(pattern, at, kind) ?? literal(pattern, at)
    steps.push(step)
    at = end
  }
  return (text, starts) => steps.reduce((places, step) => step(text, places), starts)
}

function wildcard(pattern: string, at: number, kind: GlobKind): Part | undefined {
  const mark = pattern.charAt(at)
  if ('?*+@!'.includes(mark) && pattern[at + 1] === '(') {
    const inner = alternatives(pattern, at + 1, kind)
    if (inner !== undefined) return {step: repeated(mark, inner.step, kind), end: inner.end}
  }
  if (mark === '*') return stars(pattern, at, kind)
  if (mark === '?') return {step: one(code => isWithin(code, kind)), end: at + 1}
  if (mark === '[') return characterClass(pattern, at, kind)
  if (mark === '{' || (mark === '(' && /^[^)]*\|/.test(pattern.slice(at)))) {
    return alternatives(pattern, at, kind)
  }
  // `a/**` means `a` as well.
  return pattern.slice(at) === '/**' && pattern[at - 1] !== '*'
    ? {step: below, end: pattern.length}
    : undefined
}

function literal(pattern: string, at: number): Part {
  const start = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at
  let end = start + 1
  while (end < pattern.length && !/[\\/?*+@!()[{]/.test(pattern.charAt(end))) end += 1
  const expected = pattern.slice(start, end)
  return {
    step: (text, starts) =>
      starts.filter(at => text.startsWith(expected, at)).map(at => at + expected.length),
    end
  }
}

function stars(pattern: string, at: number, kind: GlobKind): Part {
  let end = at
  while (pattern[end] === '*') end += 1
  const crossing = end - at > 1 && (at === 0 || pattern[at - 1] === '/')
  if (crossing && pattern[end] === '/') return {step: folders, end: end + 1}
  return {step: run(crossing && end === pattern.length ? 'name' : kind), end}
}

/** Any number of characters. */
function run(kind: GlobKind): Step {
  return (text, starts) => {
    const ends: number[] = []
    let done = 0
    for (const start of starts) {
      if (start < done) continue
      for (done = start; ; done += 1) {
        ends.push(done)
        if (done === text.length || !isWithin(text.charCodeAt(done), kind)) break
      }
      done += 1
    }
    return ends
  }
}

/** Any number of whole folders. */
const folders: Step = (text, starts) => {
  const ends: number[] = []
  let next = 0
  for (let at = starts[0] ?? Infinity; at <= text.length; at += 1) {
    if (starts[next] === at) next += 1
    else if (text[at - 1] !== '/') continue
    ends.push(at)
  }
  return ends
}

/** The end of the text, or everything below. */
const below: Step = (text, starts) =>
  starts.some(at => at === text.length || text[at] === '/') ? [text.length] : []

function one(test: (code: number) => boolean): Step {
  return (text, starts) =>
    starts.flatMap(at => {
      const code = text.codePointAt(at)
      return code === undefined || !test(code) ? [] : [at + (code > 0xffff ? 2 : 1)]
    })
}

function characterClass(pattern: string, at: number, kind: GlobKind): Part | undefined {
  const [whole, not, members = ''] =
    /^\[([!^]?)((?:\\.|[^\\])(?:\\.|[^\\\]])*)\]/su.exec(pattern.slice(at)) ?? []
  if (whole === undefined) return undefined
  const ranges = Array.from(
    members.matchAll(/\\?(.)(?:-\\?(.))?/gsu),
    ([, low = '', high = low]): [number, number] => [
      low.codePointAt(0) ?? 0,
      high.codePointAt(0) ?? 0
    ]
  )
  const listed = (code: number): boolean =>
    ranges.some(([low, high]) => low <= code && code <= high)
  const test = not === '' ? listed : (code: number) => isWithin(code, kind) && !listed(code)
  return {step: one(test), end: at + whole.length}
}

/** `{a,b}` and `(a|b)`, from the opening bracket on; `undefined` when it is not closed, or holds nothing to choose from. */
function alternatives(pattern: string, open: number, kind: GlobKind): Part | undefined {
  const [close, separator] = pattern[open] === '{' ? ['}', ','] : [')', '|']
  const choices: string[] = []
  let depth = 0
  let start = open + 1
  for (let at = start; at < pattern.length; at += 1) {
    const mark = pattern.charAt(at)
    if (mark === '\\') at += 1
    else if (depth === 0 && (mark === separator || mark === close)) {
      choices.push(pattern.slice(start, at))
      start = at + 1
      if (mark === close) return choose(choices, close, kind, start)
    } else if (mark === '{' || mark === '(') depth += 1
    else if (mark === '}' || mark === ')') depth -= 1
  }
  return undefined
}

function choose(
  choices: readonly string[],
  close: string | undefined,
  kind: GlobKind,
  end: number
): Part | undefined {
  const all = close === '}' && choices.length === 1 ? range(choices[0] ?? '') : choices
  if (all === undefined) return undefined
  const steps = all.map(choice => sequence(choice, kind))
  return {step: (text, starts) => ascending(steps.flatMap(step => step(text, starts))), end}
}

/** What `1..3` and `a..c` stand for. */
function range(text: string): readonly string[] | undefined {
  const [, low = '', high = ''] = /^(\d{1,9}|[a-z])\.\.(\d{1,9}|[a-z])$/i.exec(text) ?? []
  const numbers = /\d/.test(low) && /\d/.test(high)
  if (low === '' || numbers !== /\d/.test(low + high)) return undefined
  const [first, last] = numbers
    ? [Number(low), Number(high)]
    : [low.charCodeAt(0), high.charCodeAt(0)]
  if (last < first || last - first >= MAX_RANGE) return undefined
  return Array.from({length: last - first + 1}, (_, index) =>
    numbers ? String(first + index) : String.fromCharCode(first + index)
  )
}

function repeated(mark: string, inner: Step, kind: GlobKind): Step {
  switch (mark) {
    case '@':
      return inner
    case '?':
      return (text, starts) => ascending([...starts, ...inner(text, starts)])
    case '!':
      return (text, starts) => ascending(others(text, starts, inner, kind))
    default:
      return (text, starts) => {
        const ends = new Set(mark === '*' ? starts : [])
        let fresh = inner(text, starts)
        while (fresh.length > 0) {
          for (const end of fresh) ends.add(end)
          fresh = inner(text, fresh).filter(end => !ends.has(end))
        }
        return ascending(ends)
      }
  }
}

/** Where runs from the given places may end other than where `inner` does: each start only looks for what is missing yet. */
function others(
  text: string,
  starts: readonly number[],
  inner: Step,
  kind: GlobKind
): readonly number[] {
  const ends: number[] = []
  let missing: readonly number[] = []
  let limit = -1
  for (const start of starts) {
    missing = start > limit ? run(kind)(text, [start]) : missing.filter(end => end >= start)
    if (start > limit) limit = missing.at(-1) ?? limit
    if (missing.length === 0) continue
    const excluded = new Set(inner(text, [start]))
    ends.push(...missing.filter(end => !excluded.has(end)))
    missing = missing.filter(end => excluded.has(end))
  }
  return ends
}

function isWithin(code: number, kind: GlobKind): boolean {
  return kind === 'name' || code !== 0x2f
}

function ascending(places: Iterable<number>): readonly number[] {
  return [...new Set(places)].sort((a, b) => a - b)
}
