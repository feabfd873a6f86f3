import {isAlias, isScalar} from 'yaml'
import type {Scalar} from 'yaml'
import type {ParameterValue} from '../circleci/model.ts'
import {InputError} from '../base/errors.ts'
import {MAX_REQUEST_ID_LENGTH, PLACEHOLDER} from './request-id.ts'
import {describe, excerpt, lengthOf, quote} from './yaml-node.ts'

/** CircleCI's limit, in characters. */
const MAX_VALUE_LENGTH = 512

/** What YAML 1.1 took for a date and many parsers still do: https://yaml.org/type/timestamp.html */
const DATE =
  /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/

/** `1_000`: a number to some YAML parsers and text to others. */
const GROUPED_NUMBER = /^[-+]?\d+(?:_\d*)+(?:\.[\d_]*)?$/

/**
 * Reads the value of one parameter from its syntax node: text, an integer or a boolean. Throws an `InputError` when
 * it is anything else, when it would be changed on its way, or when it could mean two things; `where` names the
 * parameter and its line in the message.
 */
export function readValue(node: unknown, where: string): ParameterValue {
  if (!isScalar(node)) {
    const advice = isAlias(node)
      ? 'write the value out'
      : 'a parameter is text, an integer or a boolean, so quote it to send it as text'
    fail(`gives ${where} ${describe(node)}; ${advice}.`)
  }
  if (node.tag !== undefined && node.tag !== '!' && node.tag !== 'tag:yaml.org,2002:str') {
    fail(`gives ${where} the YAML tag ${quote(node.tag)}; leave the tag out and quote the value.`)
  }
  const {value} = node
  if (typeof value === 'boolean') return value
  if (typeof value === 'bigint') return readInteger(node, value, where)
  if (typeof value === 'string') return readText(node, value, where)
  const source = excerpt(node.source ?? '')
  if (value !== null) {
    fail(`gives ${where} ${source}, a number that is not an integer; ${quoteAdvice(node)}.`)
  }
  fail(
    `gives ${where} ${source === '' ? 'no value' : source}, which is null; ${quoteAdvice(node)}.`
  )
}

function readInteger(node: Scalar, value: bigint, where: string): number {
  const source = node.source ?? ''
  if (/^0[xo]/i.test(source)) {
    fail(
      `gives ${where} the number ${excerpt(source)}; write it in decimal, or ${quoteAdvice(node)}.`
    )
  }
  if (/^[-+]?0\d/.test(source)) {
    fail(
      `gives ${where} the number ${excerpt(source)}, whose leading zeros would be lost; ${quoteAdvice(node)}.`
    )
  }
  const integer = Number(value)
  if (!Number.isSafeInteger(integer)) {
    fail(
      `gives ${where} the integer ${excerpt(source)}, which is beyond 2^53 and would be rounded; ` +
        `${quoteAdvice(node)}.`
    )
  }
  return integer
}

function readText(node: Scalar, value: string, where: string): string {
  if (node.type === 'PLAIN' && node.tag === undefined) {
    if (DATE.test(value)) fail(`gives ${where} a date, ${excerpt(value)}; ${quoteAdvice(node)}.`)
    if (GROUPED_NUMBER.test(value)) {
      fail(
        `gives ${where} ${excerpt(value)}, a number to some and text to others; leave the underscores out, or ` +
          `${quoteAdvice(node)}.`
      )
    }
  }
  const length = lengthOf(value.replaceAll(PLACEHOLDER, 'x'.repeat(MAX_REQUEST_ID_LENGTH)))
  if (length > MAX_VALUE_LENGTH) {
    const when = value.includes(PLACEHOLDER) ? `, once "${PLACEHOLDER}" is replaced` : ''
    fail(
      `gives ${where} a text of ${length} characters${when}, and CircleCI takes ${MAX_VALUE_LENGTH} at most.`
    )
  }
  return value
}

function quoteAdvice(node: Scalar): string {
  return `quote it (${quote(node.source ?? '')}) to send it as text`
}

function fail(problem: string): never {
  throw new InputError('parameters', problem)
}
