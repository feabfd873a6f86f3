import {readFile} from 'node:fs/promises'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

// How Node loads what the tests import. Jest's own way, a context and a registry of modules for each file, takes more than
// a third of a run's time and keeps what it loaded in memory.

const GLOBALS = new URL('./globals.js', import.meta.url).href

let rootDir
let compiled

export function initialize(data) {
  ;({rootDir, compiled} = data)
}

export function resolve(specifier, context, next) {
  return specifier === '@jest/globals'
    ? {url: GLOBALS, format: 'module', shortCircuit: true}
    : next(specifier, context)
}

/** Serves what `compile` has made of a file. */
export async function load(url, context, next) {
  const {protocol, pathname} = new URL(url)
  // GitHub's language service imports JSON without saying so.
  if (pathname.endsWith('.json') && context.importAttributes.type === undefined) {
    const source = `export default ${await readFile(fileURLToPath(url), 'utf8')}`
    return {format: 'module', source, shortCircuit: true}
  }
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return next(url, context)
  const file = path.relative(rootDir, fileURLToPath(url)).replace(/ts$/, 'js')
  const source = await readFile(path.join(compiled, file), 'utf8')
  return {format: 'module', source, shortCircuit: true}
}
