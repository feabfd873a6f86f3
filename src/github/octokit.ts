type Package = typeof import('@actions/github')
/** A client of GitHub's API. */
export type Octokit = ReturnType<Package['getOctokit']>

/**
 * Makes an Octokit when it is first asked for: few steps speak to GitHub, and loading it takes its time. The package
 * reads the event's payload while it loads, and throws when that is broken; this project reads the payload by itself
 * (`context.ts`), so it is hidden from the package.
 */
export function lazyOctokit(...options: Parameters<Package['getOctokit']>): () => Promise<Octokit> {
  let octokit: Promise<Octokit> | undefined
  const load = async (): Promise<Octokit> => {
    delete process.env['GITHUB_EVENT_PATH']
    // "eager": bundled with everything else, and only run when this line is.
    const {getOctokit} = await import(/* webpackMode: "eager" */ '@actions/github')
    return getOctokit(...options)
  }
  return () => (octokit ??= load())
}
