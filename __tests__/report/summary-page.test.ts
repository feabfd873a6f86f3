import {createHash} from 'node:crypto'
import {describe, expect, it} from '@jest/globals'
import {renderPage} from '../../scripts/summary-page.ts'
import {renderSummary} from '../../src/report/summary.ts'
import {failing} from './scenarios.ts'

describe('the page of a summary', () => {
  it('needs no network and runs nothing but its own scripts', async () => {
    const page = await renderPage(renderSummary(failing()), 'Failing')
    const scripts = Array.from(
      page.matchAll(/<script>([\s\S]*?)<\/script>/g),
      ([, text = '']) => text
    )
    const hashes = scripts.map(
      text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    )
    expect(scripts).toHaveLength(2)
    expect(page.slice(0, 2000)).toContain(
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${hashes.join(' ')}"`
    )
    const markup = page.replace(/<script>[\s\S]*?<\/script>/g, '')
    expect(markup).not.toMatch(/<(?:link|img|iframe|script)\b/)
  })

  it('draws charts and shows the rest as Markdown', async () => {
    const page = await renderPage(
      '## Hi\n\n| a |\n| - |\n\n```mermaid\ngantt\n  a <b> :1, 2\n```\n\n```text\nx < y\n```\n',
      'a & <b>'
    )
    expect(page).toContain('<title>a &amp; &lt;b></title>')
    expect(page).toContain('<h2>Hi</h2>')
    expect(page).toContain('<div class="table"><table>')
    expect(page).toContain('<pre class="mermaid">gantt\n  a &lt;b> :1, 2</pre>')
    expect(page).toContain('<code class="language-text">x &lt; y\n</code>')
  })
})
