import {describe, expect, it} from '@jest/globals'

import {locateTest} from '../../src/collect/test-location.ts'
import {aTest} from './builders.ts'

const files = new Set([
  'src/cart.test.ts',
  'app/src/deep.test.ts',
  'tests/test_cart.py',
  'pkg/cart/cart_test.go',
  'src/test/java/com/acme/CartTest.java',
  'node_modules/x/index.js',
  'spec/cart_spec.rb',
  'root_test.go'
])
const workspace = {
  repository: 'shop',
  // As a disk does: a slash in front, joined to the workspace's path, makes no difference.
  fileExists: (path: string) => Promise.resolve(files.has(path.replace(/^\/+/, '')))
}
const none = {repository: 'shop', fileExists: undefined}

describe('locateTest', () => {
  it.each([
    {
      name: 'a file of the workspace, with the line of the stack',
      test: {file: '/home/circleci/project/src/cart.test.ts', message: 'at src/cart.test.ts:12:5'},
      expected: {file: 'src/cart.test.ts', line: 12, inRepository: true}
    },
    {
      name: 'a file below an unknown folder, by its end',
      test: {file: '/builds/123/app/src/deep.test.ts', message: null},
      expected: {file: 'app/src/deep.test.ts', line: undefined, inRepository: true}
    },
    {
      name: 'a file and line in one',
      test: {file: './spec/cart_spec.rb:7', message: ''},
      expected: {file: 'spec/cart_spec.rb', line: 7, inRepository: true}
    },
    {
      name: 'a file at the root that the message names',
      test: {file: undefined, classname: 'Cart', message: 'root_test.go:12: want 1'},
      expected: {file: 'root_test.go', line: 12, inRepository: true}
    },
    {
      name: 'a file that is not in the workspace',
      test: {file: '~/project/src/gone.test.ts', message: 'src/gone.test.ts:3'},
      expected: {file: 'src/gone.test.ts', line: 3, inRepository: false}
    },
    {
      name: 'a path that leads nowhere, as CircleCI has it',
      test: {file: '/opt/x/y.ts', message: ''},
      expected: {file: '/opt/x/y.ts', line: undefined, inRepository: false}
    },
    {
      name: 'a path out of the repository, as CircleCI has it',
      test: {file: '../../etc/passwd', message: ''},
      expected: {file: '../../etc/passwd', line: undefined, inRepository: false}
    },
    {
      name: "no file, but a stack through other people's code",
      test: {
        file: undefined,
        message:
          'at x (/root/project/node_modules/x/index.js:1:1)\nat y (/root/project/src/cart.test.ts:9:1)'
      },
      expected: {file: 'src/cart.test.ts', line: 9, inRepository: true}
    },
    {
      name: "no file, but go's bare name and package",
      test: {
        file: ' ',
        classname: 'github.com/acme/shop/pkg/cart',
        message: '    cart_test.go:12: no'
      },
      expected: {file: 'pkg/cart/cart_test.go', line: 12, inRepository: true}
    },
    {
      name: 'no file, but a JVM stack and class',
      test: {
        file: undefined,
        classname: 'com.acme.CartTest',
        message: 'at com.acme.CartTest.adds(CartTest.java:12)'
      },
      expected: {file: 'src/test/java/com/acme/CartTest.java', line: 12, inRepository: true}
    },
    {
      name: 'no file, but a Python class',
      test: {file: undefined, classname: 'tests.test_cart.TestCart', message: 'assert 1 == 2'},
      expected: {file: 'tests/test_cart.py', line: undefined, inRepository: true}
    },
    {
      name: 'no file, but a class name that is a path',
      test: {file: undefined, classname: '/home/circleci/project/src/cart.test.ts', message: ''},
      expected: {file: 'src/cart.test.ts', line: undefined, inRepository: true}
    },
    {
      name: 'nothing to go by',
      test: {file: undefined, classname: '', message: 'a message at 12:30'},
      expected: {file: undefined, line: undefined, inRepository: false}
    }
  ])('locates $name', async ({test, expected}) => {
    const reported = aTest({...test, message: test.message ?? undefined})
    expect(await locateTest(reported, workspace)).toEqual(expected)
  })

  it.each(['/', '../', './', 'src/', '/home/circleci/project/', '//', 'C:\\'])(
    'ends with %j for a file',
    async file => {
      for (const where of [workspace, none]) {
        expect(await locateTest(aTest({file, message: `at ${file}:3 x`}), where)).toMatchObject({
          line: undefined
        })
      }
    }
  )

  it.each([
    {file: '/home/circleci/project/src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: '~/project/src/a.ts:9', expected: 'src/a.ts', inRepository: true},
    {file: '/root/project/src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: './src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: 'src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: '/home/circleci/app/src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: '/srv/shop/src/a.ts', expected: 'src/a.ts', inRepository: true},
    {file: '/srv/elsewhere/src/a.ts', expected: '/srv/elsewhere/src/a.ts', inRepository: false},
    {file: '../a.ts', expected: '../a.ts', inRepository: false},
    {file: 'node_modules/x/a.ts', expected: 'node_modules/x/a.ts', inRepository: false}
  ])('takes $file for $expected without a checkout', async ({file, expected, inRepository}) => {
    expect(await locateTest(aTest({file, message: 'a.ts:4'}), none)).toEqual({
      file: expected,
      line: 4,
      inRepository
    })
  })

  it('guesses nothing without a checkout', async () => {
    const test = aTest({file: undefined, message: 'src/cart.test.ts:4'})
    expect(await locateTest(test, none)).toEqual({
      file: undefined,
      line: undefined,
      inRepository: false
    })
  })

  it('looks for no file of a name too long to be one', async () => {
    const looked: string[] = []
    const fileExists = (path: string): Promise<boolean> => {
      looked.push(path)
      return Promise.resolve(false)
    }
    const long = `/${'a/'.repeat(1000)}x.ts`
    for (const file of [long, undefined]) {
      await locateTest(aTest({file, classname: long, message: ''}), {
        repository: 'shop',
        fileExists
      })
    }
    expect(looked).toEqual([])
  })
})
