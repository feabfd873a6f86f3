const SIGNALS =
  'It cancels a step by SIGINT or SIGTERM: on Windows a test can only end a process at once with them, which no step can answer.'
const LINKS = 'It makes symbolic links, for which an account of Windows needs a right of its own.'
const MODES = 'It looks at who may read a file, which a file of Windows does not tell by its mode.'
const BASH = 'It runs scripts for bash, of which Windows has none or one that sees other folders.'

/**
 * Test files that do not hold on Windows, with the reason. Everything else runs there: the list was made by reading, and
 * never run on Windows. What it leaves out is held on Linux and macOS.
 */
export const NOT_ON_WINDOWS = {
  '__tests__/download/folder.test.ts': LINKS,
  '__tests__/download/download.test.ts': LINKS,
  '__tests__/dist/any-ci.test.ts': BASH,
  '__tests__/dist/cancel.test.ts': SIGNALS,
  '__tests__/dist/journeys.test.ts': SIGNALS,
  '__tests__/dist/outputs.test.ts': SIGNALS,
  '__tests__/dist/parallel.test.ts': SIGNALS,
  '__tests__/examples/examples.test.ts': BASH,
  '__tests__/runner/signals.test.ts': SIGNALS,
  '__tests__/scripts/release.test.ts': BASH,
  '__tests__/simulator/cli.test.ts': SIGNALS,
  '__tests__/runner/state.test.ts': MODES,
  '__tests__/stories/inputs.test.ts': LINKS
}

/** Whether a test file is to run on a platform, as Node names it. */
export function runsOn(platform, file) {
  return platform !== 'win32' || !Object.hasOwn(NOT_ON_WINDOWS, file)
}
