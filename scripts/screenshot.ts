/**
 * Looks at summaries in a real browser: `tsx scripts/screenshot.ts [--out <folder>] [--height <pixels>] [page.html…]`. Without pages it
 * renders those of the test scenarios. Each page is photographed in a light and a dark theme; the script fails when Chromium is missing or when
 * a chart could not be drawn. What the pictures look like is for a person to judge.
 */
import {execFile} from 'node:child_process'
import {access, mkdir, mkdtemp, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, relative, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'
import {parseArgs, promisify} from 'node:util'
import * as scenarios from '../__tests__/report/scenarios.ts'
import {renderSummary} from '../src/report/summary.ts'
import {renderPage} from './summary-page.ts'

const run = promisify(execFile)

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--virtual-time-budget=10000'
]
const THEMES = {light: '1', dark: '0'} as const
const PAGES = {
  failing: scenarios.failing,
  flaky: scenarios.flaky,
  'on-hold': scenarios.onHold,
  'dynamic-config': scenarios.dynamicConfig,
  huge: scenarios.huge,
  hostile: () => scenarios.hostile(),
  'no-pipeline': scenarios.noPipeline
}

async function main(): Promise<void> {
  const {values, positionals} = parseArgs({
    options: {out: {type: 'string'}, height: {type: 'string', default: '2400'}},
    allowPositionals: true
  })
  const folder = resolve(values.out ?? '.demo/screenshots')
  if (!/^[1-9]\d{1,4}$/.test(values.height)) throw new Error('--height must be a number of pixels.')
  const browser = await findBrowser()
  await mkdir(folder, {recursive: true})
  const pages =
    positionals.length > 0 ? positionals.map(page => resolve(page)) : await renderScenarios(folder)
  for (const page of pages) {
    await checkCharts(browser, page)
    for (const theme of ['light', 'dark'] as const)
      console.log(await photograph(browser, page, theme, folder, values.height))
  }
}

async function findBrowser(): Promise<string> {
  const wanted = process.env['CHROMIUM'] ?? ''
  const names = wanted === '' ? BROWSERS : [wanted]
  for (const name of names) {
    const found = await run(name, ['--version']).then(
      () => true,
      () => false
    )
    if (found) return name
  }
  throw new Error(
    `No Chromium was found (${names.join(', ')}). Install one, such as Debian's package "chromium", or name it in CHROMIUM.`
  )
}

async function renderScenarios(folder: string): Promise<string[]> {
  return Promise.all(
    Object.entries(PAGES).map(async ([name, scenario]) => {
      const file = join(folder, `${name}.html`)
      await writeFile(file, await renderPage(renderSummary(scenario()), `Summary of ${name}`))
      return file
    })
  )
}

/** `demo-failing-summary` for `demo/failing/summary.html`. */
function nameOf(page: string, folder: string): string {
  const path = page.startsWith(folder) ? relative(folder, page) : relative('.', page)
  return path
    .replace(/\.html$/, '')
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+/, '')
}

/** Fails unless mermaid drew every chart of the page. */
async function checkCharts(browser: string, page: string): Promise<void> {
  await access(page)
  const html = await browse(browser, ['--dump-dom', address(page)])
  if (!html.includes('data-charts="drawn"')) {
    throw new Error(
      `${page}: mermaid could not draw a chart. Open the page and look into the browser's console.`
    )
  }
}

/** Takes one picture of the page's first `height` pixels and returns where it is. */
async function photograph(
  browser: string,
  page: string,
  theme: keyof typeof THEMES,
  folder: string,
  height: string
): Promise<string> {
  const picture = join(folder, `${nameOf(page, folder)}.${theme}.png`)
  await rm(picture, {force: true})
  await browse(browser, [
    `--screenshot=${picture}`,
    `--window-size=1100,${height}`,
    `--blink-settings=preferredColorScheme=${THEMES[theme]}`,
    address(page)
  ])
  const {size} = await stat(picture)
  return `${picture} (${Math.round(size / 1000)} kB)`
}

async function browse(browser: string, args: readonly string[]): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'screenshot-'))
  try {
    const options = {maxBuffer: 100_000_000, timeout: 120_000}
    const {stdout} = await run(browser, [...FLAGS, `--user-data-dir=${profile}`, ...args], options)
    return stdout
  } finally {
    await rm(profile, {recursive: true, force: true, maxRetries: 5, retryDelay: 200})
  }
}

function address(page: string): string {
  return pathToFileURL(page).href
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
