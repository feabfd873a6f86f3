import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'

import {parseAddress} from '../../src/base/text.ts'
import {isLoopback, isSafeAddress, mayCarryToken} from '../../src/circleci/storage.ts'

const CLOUD = 'https://circleci.com'
const SERVER = 'https://ci.example.com:8443'

describe('mayCarryToken', () => {
  it.each([
    [CLOUD, 'https://circleci.com/api/v2/me'],
    [CLOUD, 'https://circleci.com:443/api/v2/me'],
    [CLOUD, 'HTTPS://CircleCI.COM/api/v2/me'],
    [CLOUD, 'https://app.circleci.com/x'],
    [CLOUD, 'https://output.circle-artifacts.com/output/job/1/artifacts/0/a'],
    [CLOUD, 'https://OUTPUT.Circle-Artifacts.com/a'],
    [CLOUD, 'https://12-345-gh.circle-artifacts.com/0/a'],
    [CLOUD, 'https://circle-artifacts.com/gh/a/b/1/artifacts/0/a'],
    [CLOUD, 'https://output.circle-artifacts.com\\@evil.example/a'],
    [SERVER, 'https://ci.example.com:8443/a'],
    [SERVER, 'https://output.circle-artifacts.com/a'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/a'],
    ['http://[::1]:3000', 'http://[::1]:3000/a'],
    ['http://localhost:3000', 'http://localhost:3000/a']
  ])('for %s: yes to %s', (host, url) => {
    expect(mayCarryToken(new URL(url), host)).toBe(true)
  })

  it.each([
    ['plain http', CLOUD, 'http://circleci.com/a'],
    ['plain http', CLOUD, 'http://output.circle-artifacts.com/a'],
    [
      'plain http off loopback, even when configured',
      'http://ci.example.com',
      'http://ci.example.com/a'
    ],
    ['another port', CLOUD, 'https://circleci.com:8443/a'],
    ['another port', CLOUD, 'https://output.circle-artifacts.com:444/a'],
    ['another port', SERVER, 'https://ci.example.com/a'],
    ['another port', 'http://127.0.0.1:3000', 'http://127.0.0.1:3001/a'],
    ['another scheme', 'http://127.0.0.1:3000', 'https://127.0.0.1:3000/a'],
    ['another name for loopback', 'http://127.0.0.1:3000', 'http://localhost:3000/a'],
    ["a server's parent", SERVER, 'https://example.com:8443/a'],
    ["a server's child", SERVER, 'https://a.ci.example.com:8443/a'],
    ['a name that ends alike', CLOUD, 'https://evilcircleci.com/a'],
    ['a name that ends alike', CLOUD, 'https://evil-circle-artifacts.com/a'],
    ['a name that begins alike', CLOUD, 'https://circleci.com.evil.example/a'],
    ['a name that begins alike', CLOUD, 'https://output.circle-artifacts.com.evil.example/a'],
    ['a name in the path', CLOUD, 'https://evil.example/circleci.com'],
    ['a name in the query', CLOUD, 'https://evil.example?.circleci.com'],
    ['a name in the fragment', CLOUD, 'https://evil.example#.circleci.com'],
    ['a name before an @', CLOUD, 'https://circleci.com@evil.example/a'],
    ['a user', CLOUD, 'https://user@circleci.com/a'],
    ['a user and a password', CLOUD, 'https://user:password@output.circle-artifacts.com/a'],
    ['a trailing dot', CLOUD, 'https://circleci.com./a'],
    ['a trailing dot', CLOUD, 'https://output.circle-artifacts.com./a'],
    ['a dash for a dot', CLOUD, 'https://circleci-com.example/a'],
    ['an artifact bucket', CLOUD, 'https://circle-production-action-output.s3.amazonaws.com/a'],
    ['a letter of another script', CLOUD, 'https://сircleci.com/a'],
    ['a letter of another script', CLOUD, 'https://output.circle-artifаcts.com/a'],
    ['its punycode', CLOUD, 'https://xn--ircleci-xjg.com/a'],
    ['a tab in the name of another', CLOUD, 'https://evil.\texample/.circleci.com'],
    ['a web socket', CLOUD, 'wss://circleci.com/a'],
    ['a file', CLOUD, 'file:///circleci.com'],
    ['no origin at all', CLOUD, 'data:,circleci.com'],
    ['no origin on both sides', 'data:,a', 'data:,a']
  ])('no: %s, for %s: %s', (_, host, url) => {
    expect(mayCarryToken(new URL(url), host)).toBe(false)
  })

  it('says yes to nothing but these three hosts, whatever the address', () => {
    const near = fc.constantFrom(
      'circleci.com',
      'circle-artifacts.com',
      'ci.example.com',
      '.',
      '-',
      'x',
      '@',
      ':',
      '/',
      '#',
      '?',
      '\\',
      '%2e',
      '443',
      'а'
    )
    fc.assert(
      fc.property(
        fc.constantFrom('https://', 'http://', 'https:'),
        fc.array(near, {maxLength: 8}),
        (scheme, parts) => {
          const text = scheme + parts.join('')
          const url = parseAddress(text)
          if (url === undefined || !mayCarryToken(url, 'https://ci.example.com')) return
          expect(url.protocol).toBe('https:')
          expect(url.port).toBe('')
          expect(`.${url.hostname}`).toMatch(
            /^\.ci\.example\.com$|\.circleci\.com$|\.circle-artifacts\.com$/
          )
        }
      ),
      {numRuns: 2000}
    )
  })
})

describe('isLoopback', () => {
  it.each([
    ['http://localhost', true],
    ['http://LOCALHOST', true],
    ['http://127.0.0.1', true],
    ['http://127.1', true],
    ['http://127.255.255.254', true],
    ['http://2130706433', true],
    ['http://[::1]', true],
    ['http://[0:0:0:0:0:0:0:1]', true],
    ['http://localhost.', false],
    ['http://localhost.example.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://128.0.0.1', false],
    ['http://0.0.0.0', false],
    ['http://10.0.0.1', false],
    ['http://[::]', false],
    ['http://[::ffff:127.0.0.1]', false],
    ['http://[::2]', false],
    ['http://evil-localhost', false]
  ])('%s: %s', (url, expected) => {
    expect(isLoopback(new URL(url).hostname)).toBe(expected)
    const host = 'http://127.0.0.1:3000'
    expect(isSafeAddress(new URL(url), host)).toBe(expected)
    expect(isSafeAddress(new URL(url.replace('http', 'https')), host)).toBe(true)
    expect(isSafeAddress(new URL(url), CLOUD)).toBe(false)
  })
})

describe('isSafeAddress', () => {
  const own = [
    ...[
      'https://localhost/a',
      'https://LOCALHOST:8443',
      'https://localhost.',
      'https://a.localhost'
    ],
    ...['https://127.0.0.1', 'https://127.1', 'https://2130706433', 'https://0x7f.0.0.1'],
    ...['https://0.0.0.0', 'https://0', 'https://[::1]:8443', 'https://[::]', 'https://[0::1]'],
    ...['https://[::ffff:127.0.0.1]', 'https://[::ffff:10.0.0.1]'],
    ...['https://169.254.169.254/latest', 'https://[fe80::1]', 'https://[feb0::1]']
  ]

  it.each(own)('no to %s, unless CircleCI is on loopback itself', url => {
    expect(isSafeAddress(new URL(url), CLOUD)).toBe(false)
    expect(isSafeAddress(new URL(url), SERVER)).toBe(false)
    expect(isSafeAddress(new URL(url), 'http://[::1]:3000')).toBe(true)
    expect(mayCarryToken(new URL(url), CLOUD)).toBe(false)
  })

  it.each([
    'https://output.circle-artifacts.com/a',
    'https://localhost.example.com',
    'https://127.example.com',
    'https://10.0.0.1:9000/bucket',
    'https://169.253.0.1',
    'https://[fd00::1]'
  ])('yes to %s', url => {
    expect(isSafeAddress(new URL(url), SERVER)).toBe(true)
  })
})
