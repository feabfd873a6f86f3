import fc from 'fast-check'
import {anyText} from '../support/any-text.ts'

/** Texts that each try to be more than text somewhere. */
export const ATTACKS: readonly string[] = [
  '::set-output name=conclusion::success',
  'ok\r\n::add-mask::success',
  'ok\r::stop-commands::x',
  'ok\u2028::error::x\u2029::error::y\u0085::error::z\v::error::a\f::error::b',
  'progress ##[set-output name=conclusion]success',
  '#\u200b#[add-mask]success and #\u00ad#\u2060[save-state name=pipeline-id]x',
  '\u001b[31m##\u001b[0m[add-matcher]x',
  '\u202e::debug::x\u202c',
  '| a | b |\n|---|---|\n| x | y |',
  '</code></details></summary><h1>Passed</h1><img src=x onerror=alert(1)>',
  '`` `</code>` ``\n```\n````mermaid\ngraph TD\n```',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>',
  'https://evil.example www.evil.example bob@evil.example xmpp:bob@evil.example',
  '@acme/owners @octocat please see #123, GH-7 and acme/shop#9',
  '# Heading\n- item\n1. item\n> quote\n***\n---\n===',
  '**bold** _it_ ~~gone~~ $x^2$ :tada: &copy; \\| \\',
  'a: b; c # d %%{init: {"securityLevel": "loose"}}%% section x\nclick a href "https://evil.example"',
  'section :crit, 1, 2',
  '../../etc/passwd\u0000.png',
  '\ud800 lone \udc00 surrogates \u{1f469}\u200d\u{1f4bb}',
  'x'.repeat(5000),
  '`'.repeat(3000),
  ''
]

const PIECES = [
  ...ATTACKS.filter(attack => attack.length < 200),
  ...Array.from('#[]:|`\\<>&*_~$@-+=!(){}%;,."\' \n\r\t\u2028\u0085\u200b\u00ad\u001b\u009b\u202e'),
  '##[',
  '::',
  'debug',
  'group',
  'www.',
  'http://',
  'GH-1',
  '1.',
  'é😀'
]

/** Texts made of attacks, of the characters they need, and of anything else. */
export const hostileText = fc
  .array(fc.oneof({weight: 3, arbitrary: fc.constantFrom(...PIECES)}, anyText({maxLength: 8})), {
    maxLength: 12
  })
  .map(pieces => pieces.join(''))
