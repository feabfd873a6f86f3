import {describe, expect, it} from '@jest/globals'

import {commandText, parallelRun} from '../../src/report/failures.ts'

describe('commandText', () => {
  it.each([
    ['#!/bin/bash -eo pipefail\nnpm test', 'npm test'],
    ['#!/bin/bash -eo pipefail\nnpm ci\nnpm test\n', 'npm ci\nnpm test\n'],
    ['npm test', 'npm test'],
    ['#!/usr/bin/env node', '#!/usr/bin/env node'],
    ['#!/bin/sh\n\n', '#!/bin/sh\n\n'],
    ['', '']
  ])('%j is %j', (command, expected) => {
    expect(commandText(command)).toBe(expected)
  })
})

describe('parallelRun', () => {
  const run = (jobNumber: number, nodeIndex: number) => ({jobNumber, nodeIndex})

  it.each([
    {one: run(1, 0), others: [run(1, 0), run(2, 1)], expected: ''},
    {one: run(1, 0), others: [run(1, 0), run(1, 3)], expected: ' (parallel run 0)'},
    {one: run(1, 3), others: [run(1, 3)], expected: ' (parallel run 3)'}
  ])('$one among $others: "$expected"', ({one, others, expected}) => {
    expect(parallelRun(one, others)).toBe(expected)
  })
})
