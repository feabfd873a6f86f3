import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {filesOfCheckout} from '../../src/collect/test-path.ts'

describe('filesOfCheckout', () => {
  let workspace = ''

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'workspace-'))
    mkdirSync(join(workspace, 'src'))
    writeFileSync(join(workspace, 'src', 'a.ts'), '')
  })

  afterEach(() => {
    rmSync(workspace, {recursive: true})
  })

  it.each(['folder', 'file'])('knows the files beside .git, be that a %s', async kind => {
    const git = join(workspace, '.git')
    if (kind === 'folder') mkdirSync(git)
    else writeFileSync(git, 'gitdir: ../x')
    const exists = await filesOfCheckout(workspace)
    expect(await exists?.('src/a.ts')).toBe(true)
    expect(await exists?.('src')).toBe(false)
    expect(await exists?.('src/b.ts')).toBe(false)
    expect(await exists?.('nul\0')).toBe(false)
  })

  it('takes a workspace with other files for none', async () => {
    expect(await filesOfCheckout(workspace)).toBeUndefined()
    expect(await filesOfCheckout(join(workspace, 'missing'))).toBeUndefined()
    expect(await filesOfCheckout(undefined)).toBeUndefined()
  })
})
