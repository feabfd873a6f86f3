import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {repositoryPath, repositoryPaths} from '../../src/collect/test-path.ts'

describe('repositoryPath', () => {
  it.each([
    ['src/cart.test.ts', 'src/cart.test.ts'],
    ['./src/cart.test.ts', 'src/cart.test.ts'],
    ['.\\src\\cart.test.ts', 'src/cart.test.ts'],
    ['src\\cart.test.ts', 'src/cart.test.ts'],
    ['src/a/../cart.test.ts', 'src/cart.test.ts'],
    [' src//cart.test.ts ', 'src/cart.test.ts'],
    ['/home/circleci/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['~/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['/root/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['/Users/distiller/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['C:\\Users\\circleci\\project\\src\\cart.test.ts', 'src/cart.test.ts'],
    ['c:/Users/circleci.WIN-ABC/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['C:\\Users\\circleci\\project\\src/mixed\\cart.test.ts', 'src/mixed/cart.test.ts'],
    ['file:///home/circleci/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['file:///home/circleci/project/src/a%20b.test.ts', 'src/a b.test.ts'],
    ['file:///home/circleci/project/src/100%.test.ts', 'src/100%.test.ts'],
    ['file:///C:/Users/circleci/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['file://localhost/root/project/src/cart.test.ts', 'src/cart.test.ts'],
    ['/home/circleci/shop/src/cart.test.ts', 'src/cart.test.ts'],
    ['/home/circleci/shop/shop/tests/test_cart.py', 'shop/tests/test_cart.py'],
    ['/home/circleci/go/src/github.com/acme/shop/pkg/cart_test.go', 'pkg/cart_test.go'],
    ['/home/circleci/project/project/x.ts', 'project/x.ts'],
    ['/home/circleci/project/shop/x.ts', 'shop/x.ts'],
    ['/home/circleci/app/src/cart.test.ts', 'src/cart.test.ts'],
    ['~/repo/x.ts', 'x.ts'],
    ['/root/code/x.ts', 'x.ts']
  ])('maps %j to %j', (file, expected) => {
    expect(repositoryPath(file, 'shop')).toBe(expected)
  })

  it.each([
    '/builds/app/src/cart.test.ts',
    'D:\\agent\\src\\cart.test.ts',
    '~/x.ts',
    'src/',
    'src\\',
    '~/.cache/x.ts',
    '/home/circleci/go/pkg/mod/x.go',
    `src/${'x'.repeat(1000)}`,
    '../outside.ts',
    'src/../../outside.ts',
    '/home/circleci/project/../../../etc/passwd',
    '/home/circleci/shop/../x',
    'nul\u0000.ts',
    '',
    '.',
    '/',
    '/home/circleci/project/'
  ])('cannot tell where %j is', file => {
    expect(repositoryPath(file, 'shop')).toBeUndefined()
  })

  it('knows no checkout by name when the name is unknown', () => {
    expect(repositoryPath('/a//b', '')).toBeUndefined()
  })
})

describe('repositoryPaths', () => {
  it('guesses every shorter end of an absolute path that still has a folder', () => {
    expect(repositoryPaths('/builds/app/src/cart.test.ts', 'shop')).toEqual([
      'app/src/cart.test.ts',
      'src/cart.test.ts'
    ])
    expect(repositoryPaths('/home/circleci/shop/src/cart.test.ts', 'shop')).toEqual([
      'src/cart.test.ts'
    ])
  })

  it('guesses nothing of more than forty folders, and takes none apart that is too long', () => {
    expect(repositoryPaths(`/${'a/'.repeat(41)}x.ts`, 'shop')).toEqual([])
    expect(repositoryPaths(`/root/project/${'a/'.repeat(50)}x.ts`, 'shop')).toHaveLength(1)
    expect(repositoryPaths(`/root/project/${'a'.repeat(1000)}`, 'shop')).toEqual([])
  })

  it('guesses nothing about a relative path', () => {
    expect(repositoryPaths('src/cart.test.ts', 'shop')).toEqual(['src/cart.test.ts'])
    expect(repositoryPaths('../x/y.ts', 'shop')).toEqual([])
  })

  it('never leaves the repository', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '',
      'a',
      'shop',
      'project',
      'home',
      'circleci',
      'C:',
      '~',
      'file:',
      '\u0000'
    )
    const path = fc
      .tuple(fc.array(part, {maxLength: 8}), fc.constantFrom('/', '\\'))
      .map(([parts, separator]) => parts.join(separator))
    fc.assert(
      fc.property(path, text => {
        for (const candidate of repositoryPaths(text, 'shop')) {
          expect(candidate).not.toMatch(/^~?\/|^[a-z]:\/|(^|\/)\.{0,2}(\/|$)|\u0000/i)
        }
      })
    )
  })
})
