import {mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from '@jest/globals'

import {checkDownloadFolder, isInside} from '../../src/download/folder.ts'
import {InputError} from '../../src/base/errors.ts'

let base: string
let workspace: string
let temp: string

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'folder-')))
  workspace = join(base, 'work', 'shop')
  temp = join(base, 'temp')
  await mkdir(join(workspace, 'sub'), {recursive: true})
  await mkdir(temp)
  await mkdir(join(base, 'outside'))
})

afterEach(async () => {
  await rm(base, {recursive: true})
})

const check = async (path: string): Promise<string> =>
  (await checkDownloadFolder(path, {workspace, temp})).folder

describe('checkDownloadFolder', () => {
  it.each([
    ['artifacts', 'work/shop/artifacts'],
    ['./a/b/../c/', 'work/shop/a/c'],
    ['sub', 'work/shop/sub'],
    ['.', 'work/shop'],
    ['..artifacts', 'work/shop/..artifacts'],
    ['${TEMP}/x', 'temp/x'],
    ['${WORKSPACE}/x', 'work/shop/x']
  ])('accepts %j', async (path, expected) => {
    const absolute = path.replace('${TEMP}', temp).replace('${WORKSPACE}', workspace)
    expect(await check(absolute)).toBe(join(base, expected))
    expect(await readdir(workspace)).toEqual(['sub'])
  })

  it.each([
    '..',
    '../other',
    '../../outside',
    '../shop-2',
    'sub/../../x',
    '/',
    '/etc',
    '${BASE}/outside'
  ])('refuses %j, which is outside', async path => {
    const refused = check(path.replace('${BASE}', base))
    await expect(refused).rejects.toThrow(InputError)
    await expect(refused).rejects.toThrow(
      /^Input "artifacts-path" must be a folder inside the workspace .+ or the runner's temporary folder, got ".+"( \(.+\))?\. Use a relative path/
    )
  })

  it.each([
    '${TEMP}',
    '${TEMP}/',
    '${TEMP}/x/..',
    '${TEMP}/_github_workflow',
    '${TEMP}/_x/y',
    'temp'
  ])("refuses %j, which is the runner's own", async path => {
    await symlink(temp, join(workspace, 'temp'))
    await expect(check(path.replace('${TEMP}', temp))).rejects.toThrow(
      /^Input "artifacts-path" must not be the runner's own folder, ".+": name a folder of your own/
    )
  })

  it.each(['.git', 'a/.git/hooks', '.GIT/x', 'git~1', '.g\u200cit', '.git. ./x', '.git::$DATA'])(
    "refuses %j, which is Git's",
    async path => {
      await expect(check(path)).rejects.toThrow("leads into a Git repository's own folder")
    }
  )

  it('follows links that stay inside, and refuses those that lead outside or nowhere', async () => {
    await symlink(join(workspace, 'sub'), join(workspace, 'inside'))
    await symlink(join(base, 'outside'), join(workspace, 'out'))
    await symlink(join(base, 'later'), join(workspace, 'nowhere'))
    await symlink('loop', join(workspace, 'loop'))
    expect(await check('inside/x')).toBe(join(workspace, 'sub', 'x'))
    await expect(check('out')).rejects.toThrow('outside). Use a relative path')
    await expect(check('out/x/y')).rejects.toThrow(InputError)
    await expect(check('nowhere/x')).rejects.toThrow('a broken symbolic link')
    await expect(check('loop/x')).rejects.toThrow('cannot be used as a folder (ELOOP)')
  })

  it('accepts a workspace that is itself reached through a link', async () => {
    await symlink(workspace, join(base, 'alias'))
    const roots = {workspace: join(base, 'alias'), temp: undefined}
    expect(await checkDownloadFolder('x', roots)).toEqual({
      folder: join(workspace, 'x'),
      isWorkspace: false
    })
    expect(await checkDownloadFolder('.', roots)).toEqual({folder: workspace, isWorkspace: true})
  })

  it('refuses what is no folder, or no path', async () => {
    await writeFile(join(workspace, 'file'), '')
    await expect(check('file/x')).rejects.toThrow('cannot be used as a folder (ENOTDIR)')
    await expect(check('a\u0000b')).rejects.toThrow('must not contain a NUL character')
    await expect(check('x'.repeat(5000))).rejects.toThrow(
      'cannot be used as a folder (ENAMETOOLONG)'
    )
  })
})

describe('isInside', () => {
  it.each([
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/a/..b', '/a', true],
    ['/ab', '/a', false],
    ['/', '/a', false],
    ['/b', '/a', false]
  ])('tells of %j in %j: %j', (path, folder, expected) => {
    expect(isInside(path, folder)).toBe(expected)
  })
})
