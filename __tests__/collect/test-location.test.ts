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
const empty = {repository: 'shop', fileExists: () => Promise.resolve(false)}

describe('locateTest', () => {
  it.each([
    {
      name: 'a file of the workspace, with the line of the stack',
      test: {file: '/home/circleci/project/src/cart.test.ts', message: 'at src/cart.test.ts:12:5'},
      expected: {file: 'src/cart.test.ts', line: 12, inWorkspace: true}
    },
    {
      name: 'a file below an unknown folder, by its end',
      test: {file: '/builds/123/app/src/deep.test.ts', message: null},
      expected: {file: 'app/src/deep.test.ts', line: undefined, inWorkspace: true}
    },
    {
      name: 'a file and line in one',
      test: {file: './spec/cart_spec.rb:7', message: ''},
      expected: {file: 'spec/cart_spec.rb', line: 7, inWorkspace: true}
    },
    {
      name: 'a file at the root that the message names',
      test: {file: undefined, classname: 'Cart', message: 'root_test.go:12: want 1'},
      expected: {file: 'root_test.go', line: 12, inWorkspace: true}
    },
    {
      name: 'a file that is not in the workspace',
      test: {file: '~/project/src/gone.test.ts', message: 'src/gone.test.ts:3'},
      expected: {file: 'src/gone.test.ts', line: 3, inWorkspace: false}
    },
    {
      name: 'a path that leads nowhere, as CircleCI has it',
      test: {file: '/opt/x/y.ts', message: ''},
      expected: {file: '/opt/x/y.ts', line: undefined, inWorkspace: false}
    },
    {
      name: 'a path out of the repository, as CircleCI has it',
      test: {file: '../../etc/passwd', message: ''},
      expected: {file: '../../etc/passwd', line: undefined, inWorkspace: false}
    },
    {
      name: "no file, but a stack through other people's code",
      test: {
        file: undefined,
        message:
          'at x (/root/project/node_modules/x/index.js:1:1)\nat y (/root/project/src/cart.test.ts:9:1)'
      },
      expected: {file: 'src/cart.test.ts', line: 9, inWorkspace: true}
    },
    {
      name: "no file, but go's bare name and package",
      test: {
        file: ' ',
        classname: 'github.com/acme/shop/pkg/cart',
        message: '    cart_test.go:12: no'
      },
      expected: {file: 'pkg/cart/cart_test.go', line: 12, inWorkspace: true}
    },
    {
      name: 'no file, but a JVM stack and class',
      test: {
        file: undefined,
        classname: 'com.acme.CartTest',
        message: 'at com.acme.CartTest.adds(CartTest.java:12)'
      },
      expected: {file: 'src/test/java/com/acme/CartTest.java', line: 12, inWorkspace: true}
    },
    {
      name: 'no file, but a Python class',
      test: {file: undefined, classname: 'tests.test_cart.TestCart', message: 'assert 1 == 2'},
      expected: {file: 'tests/test_cart.py', line: undefined, inWorkspace: true}
    },
    {
      name: 'no file, but a class name that is a path',
      test: {file: undefined, classname: '/home/circleci/project/src/cart.test.ts', message: ''},
      expected: {file: 'src/cart.test.ts', line: undefined, inWorkspace: true}
    },
    {
      name: 'nothing to go by',
      test: {file: undefined, classname: '', message: 'a message at 12:30'},
      expected: {file: undefined, line: undefined, inWorkspace: false}
    }
  ])('locates $name', async ({test, expected}) => {
    const reported = aTest({...test, message: test.message ?? undefined})
    expect(await locateTest(reported, workspace)).toEqual(expected)
  })

  it('still maps what is certain without a checkout, and guesses nothing', async () => {
    const test = aTest({file: '/home/circleci/project/src/cart.test.ts', message: 'cart.test.ts:4'})
    expect(await locateTest(test, empty)).toEqual({
      file: 'src/cart.test.ts',
      line: 4,
      inWorkspace: false
    })
    expect(
      await locateTest(aTest({file: undefined, message: 'src/cart.test.ts:4'}), empty)
    ).toEqual({
      file: undefined,
      line: undefined,
      inWorkspace: false
    })
  })
})
