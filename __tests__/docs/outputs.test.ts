import {expect, it} from '@jest/globals'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {parse} from 'yaml'
import {ROOT} from '../../scripts/runner/action-file.ts'
import {codeSpans, readPage} from './markdown.ts'

interface Property {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly description: string
  readonly items?: {readonly properties?: Properties}
}
type Properties = Readonly<Record<string, Property>>

const {properties} = JSON.parse(read('docs/report.schema.json')) as {properties: Properties}
const {outputs} = parse(read('action.yml')) as {outputs: Record<string, {description: string}>}
const {tables} = readPage('docs/outputs.md')
const lists = Object.entries(properties).flatMap(([name, {items}]) =>
  items?.properties === undefined ? [] : [{name, fields: items.properties}]
)

it('has a table for each list of the report, and one of the report itself', () => {
  expect(tables).toHaveLength(lists.length + 1)
  expect(lists.length).toBeGreaterThanOrEqual(4)
})

it.each(lists)('tells each field of $name as the schema has it', ({name, fields}) => {
  const index = lists.findIndex(list => list.name === name)
  const inOutput = outputs[name]?.description.split(' - ')[1]?.replace('.', '').split(', ') ?? []
  const marked = Object.entries(fields).map(([field, {description, ...property}]) => [
    field,
    typeOf(property),
    // Its own description says when it is there.
    field === 'pipeline_id' || inOutput.includes(field)
      ? description
      : `${description} _Report only._`
  ])
  expect(rowsOf(index)).toEqual(marked)
})

it('tells each property of the report as the schema has it', () => {
  const told = Object.entries(properties).map(([name, {description, ...property}]) => [
    name,
    typeOf(property),
    description
  ])
  expect(rowsOf(lists.length)).toEqual(told)
})

function rowsOf(table: number): (string | undefined)[][] {
  return (tables[table]?.rows ?? []).map(([name = '', ...cells]) => [codeSpans(name)[0], ...cells])
}

function typeOf({type, enum: values}: Omit<Property, 'description'>): string {
  if (values !== undefined) return values.includes(null) ? 'string or null' : 'string'
  return [type ?? []].flat().join(' or ')
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}
