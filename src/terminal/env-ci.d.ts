/** What of env-ci is used; it has no types of its own. */
declare module 'env-ci' {
  export default function envCi(options: {
    readonly env: Readonly<Record<string, string | undefined>>
    readonly cwd: string
  }): {
    readonly isCi: boolean
    readonly name?: string
    readonly service?: string
    readonly branch?: string
    readonly prBranch?: string
    readonly tag?: string
    readonly commit?: string
    readonly pr?: string
    readonly slug?: string
  }
}
