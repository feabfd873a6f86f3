import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {Marked} from 'marked'

const MERMAID = fileURLToPath(import.meta.resolve('mermaid/dist/mermaid.min.js'))
const STYLE = fileURLToPath(new URL('summary-page.css', import.meta.url))

const START = `
const dark = matchMedia('(prefers-color-scheme: dark)').matches
mermaid.initialize({startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'default'})
mermaid.run({querySelector: 'pre.mermaid'}).then(
  () => document.body.setAttribute('data-charts', 'drawn'),
  error => {
    document.body.setAttribute('data-charts', 'broken')
    console.error(error)
  }
)`

/**
 * Renders the Markdown of a job summary as one HTML page that looks like it does on GitHub and needs no network: styles and
 * mermaid are inside. Only its own two scripts may run, and nothing may be fetched (Content-Security-Policy). When the charts are
 * drawn, `data-charts` of the body says `drawn` (or `broken`).
 */
export async function renderPage(markdown: string, title: string): Promise<string> {
  const library = (await readFile(MERMAID, 'utf8')).replaceAll('</script', '<\\/script')
  const scripts = [library, START]
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    `script-src ${scripts.map(digest).join(' ')}`
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>
${await readFile(STYLE, 'utf8')}</style>
</head>
<body>
<main class="markdown-body">
${renderMarkdown(markdown)}</main>
${scripts.map(script => `<script>${script}</script>`).join('\n')}
</body>
</html>
`
}

/** GitHub-flavoured Markdown to HTML; a fence marked `mermaid` becomes a chart, as on GitHub. */
function renderMarkdown(markdown: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      code({text, lang}) {
        return lang !== 'mermaid' ? false : `<pre class="mermaid">${escapeHtml(text)}</pre>\n`
      }
    }
  })
  return marked
    .parse(markdown, {async: false})
    .replaceAll(/<table>[\s\S]*?<\/table>/g, table => `<div class="table">${table}</div>`)
}

function digest(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** `tsx scripts/summary-page.ts summary.md > page.html`: the page of a summary that a step wrote. */
async function main([file]: readonly string[]): Promise<void> {
  if (file === undefined)
    throw new Error('Which summary? Usage: tsx scripts/summary-page.ts <file.md>')
  process.stdout.write(await renderPage(await readFile(file, 'utf8'), file))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.slice(2))
