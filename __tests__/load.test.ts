import {readdirSync} from 'node:fs'

import {expect, it} from '@jest/globals'

const SRC = new URL('../src/', import.meta.url)
/** What runs when it is loaded. */
const ENTRIES = /^(?:(?:post|cli)\/)?index\.ts$/

it('The files of src make no formatter when they are loaded: making one takes longer than they do', async () => {
  const files = readdirSync(SRC, {recursive: true, encoding: 'utf8'})
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => /(?<!\.d)\.ts$/.test(file) && !ENTRIES.test(file))
  const made: string[] = []
  const real = Object.getOwnPropertyDescriptors(Intl)
  for (const [name, {value, ...rest}] of Object.entries(real)) {
    if (typeof value !== 'function') continue
    const construct = (target: NewableFunction, args: unknown[]): object => {
      made.push(name)
      return Reflect.construct(target, args) as object
    }
    const watched = new Proxy(value as NewableFunction, {construct})
    Object.defineProperty(Intl, name, {...rest, value: watched})
  }
  try {
    // Under a name of its own a file is loaded again, whoever loaded it before.
    for (const file of files) await import(new URL(`${file}?again`, SRC).href)
  } finally {
    Object.defineProperties(Intl, real)
  }
  expect(made).toEqual([])
})
