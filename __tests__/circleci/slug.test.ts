import {describe, expect, it} from '@jest/globals'
import fc from 'fast-check'
import {
  formatSlug,
  linksFor,
  meantSlug,
  parseSlug,
  slugPath,
  type Slug
} from '../../src/circleci/slug.ts'
import {anyText} from '../support/any-text.ts'

describe('parseSlug', () => {
  it.each<[string, Slug]>([
    ['gh/acme/shop', {provider: 'gh', organization: 'acme', project: 'shop'}],
    ['github/acme/shop', {provider: 'gh', organization: 'acme', project: 'shop'}],
    ['bb/acme/shop', {provider: 'bb', organization: 'acme', project: 'shop'}],
    ['bitbucket/acme/shop', {provider: 'bb', organization: 'acme', project: 'shop'}],
    [
      'circleci/9YytKzouJxzu4TjCRFqAoD/44n9wujWcTnVZ2b5S8Fnat',
      {
        provider: 'circleci',
        organization: '9YytKzouJxzu4TjCRFqAoD',
        project: '44n9wujWcTnVZ2b5S8Fnat'
      }
    ],
    [' gh/acme/shop\n', {provider: 'gh', organization: 'acme', project: 'shop'}],
    ['gh/Acme-Inc/shop.js_2', {provider: 'gh', organization: 'Acme-Inc', project: 'shop.js_2'}],
    ['gh/..acme/...', {provider: 'gh', organization: '..acme', project: '...'}],
    ['gh/acmé/店', {provider: 'gh', organization: 'acmé', project: '店'}]
  ])('%s', (text, slug) => {
    expect(parseSlug(text)).toEqual(slug)
  })

  it.each([
    '',
    'gh',
    'gh/acme',
    'acme/shop',
    'gh/acme/shop/12',
    'gh/acme/shop/',
    '/gh/acme/shop',
    'gh//shop',
    'gh/acme/',
    'GH/acme/shop',
    'gl/acme/shop',
    'gitlab/acme/shop',
    'constructor/acme/shop',
    '__proto__/a/b',
    'gh/./shop',
    'gh/acme/..',
    'gh/../me',
    'gh/ac me/shop',
    'gh/acme/sh\top',
    'gh/acme/sh\u0000op',
    'gh/acme/shop?x=1',
    'gh/acme/shop#x',
    'gh/acme\\shop/x',
    'gh/acme%2Fshop/x',
    'gh/acme/sh\u0085op',
    'gh/acme/sh\u2028op',
    'gh/acme/sh\u200bop',
    'gh/acme/\ud800',
    'https://github.com/acme/shop',
    'git@github.com:acme/shop.git'
  ])('refuses %j', text => {
    expect(parseSlug(text)).toBeUndefined()
  })
})

describe('formatSlug and slugPath', () => {
  it.each<[string, string, string]>([
    ['github/acme/shop', 'gh/acme/shop', 'gh/acme/shop'],
    ['bb/acme/a b'.replace(' ', '+'), 'bb/acme/a+b', 'bb/acme/a%2Bb'],
    ['gh/acmé/a:b', 'gh/acmé/a:b', 'gh/acm%C3%A9/a%3Ab'],
    ['circleci/x/y', 'circleci/x/y', 'circleci/x/y']
  ])('%s', (text, shown, path) => {
    const slug = parseSlug(text)
    expect(slug && [formatSlug(slug), slugPath(slug)]).toEqual([shown, path])
  })

  it('give a path of three segments, below the one before, for any slug that parses', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (organization, project) => {
        const slug = parseSlug(`gh/${organization}/${project}`)
        fc.pre(slug !== undefined)
        const path = slugPath(slug)
        expect(new URL(`https://c.test/api/v2/project/${path}/x`).pathname).toBe(
          `/api/v2/project/${path}/x`
        )
        expect(path.split('/').map(decodeURIComponent)).toEqual([
          'gh',
          slug.organization,
          slug.project
        ])
        expect(parseSlug(formatSlug(slug))).toEqual(slug)
      })
    )
  })
})

describe('meantSlug', () => {
  it.each([
    ['acme/shop', 'gh/acme/shop'],
    ['acme/shop/', 'gh/acme/shop'],
    ['gh/acme/shop/', 'gh/acme/shop'],
    ['/gh/acme/shop', 'gh/acme/shop'],
    ['GitHub/acme/shop', 'gh/acme/shop'],
    ['https://github.com/acme/shop', 'gh/acme/shop'],
    ['https://github.com/acme/shop/pull/7?diff=1#top', 'gh/acme/shop'],
    ['github.com/acme/shop.git', 'gh/acme/shop'],
    ['git@github.com:acme/shop.git', 'gh/acme/shop'],
    ['https://bitbucket.org/acme/shop', 'bb/acme/shop'],
    ['https://circleci.com/gh/acme/shop', 'gh/acme/shop'],
    ['https://app.circleci.com/pipelines/github/acme/shop?branch=main', 'gh/acme/shop'],
    ['https://app.circleci.com/pipelines/github/acme/shop/101/workflows/x', 'gh/acme/shop'],
    ['app.circleci.com/settings/project/bitbucket/acme/shop', 'bb/acme/shop'],
    ['https://app.circleci.com/pipelines/circleci/9Yyt/44n9', 'circleci/9Yyt/44n9'],
    ['acme', undefined],
    ['gh/acme', undefined],
    ['gitlab/acme/shop', undefined],
    ['https://gitlab.com/acme/shop', undefined],
    ['gh/acme/..', undefined],
    ['', undefined]
  ])('%j', (text, meant) => {
    expect(meantSlug(text)).toBe(meant)
  })
})

const GITHUB: Slug = {provider: 'gh', organization: 'acme', project: 'shop'}
const BITBUCKET: Slug = {provider: 'bb', organization: 'acme', project: 'shop'}
const APP: Slug = {provider: 'circleci', organization: '9YytKz', project: '44n9wu'}

describe('linksFor', () => {
  it.each<[string, Slug, string]>([
    ['https://circleci.com', GITHUB, 'https://app.circleci.com/pipelines/github/acme/shop'],
    ['https://circleci.com', BITBUCKET, 'https://app.circleci.com/pipelines/bitbucket/acme/shop'],
    ['https://circleci.com', APP, 'https://app.circleci.com/pipelines/circleci/9YytKz/44n9wu'],
    ['https://ci.acme.test', GITHUB, 'https://ci.acme.test/pipelines/github/acme/shop'],
    ['http://127.0.0.1:8080', APP, 'http://127.0.0.1:8080/pipelines/circleci/9YytKz/44n9wu']
  ])('%s, %j', (host, slug, project) => {
    const links = linksFor(host)
    expect(links.project(slug)).toBe(project)
    expect(links.pipeline(slug, 12)).toBe(`${project}/12`)
    expect(links.workflow(slug, 12, 'f1e2')).toBe(`${project}/12/workflows/f1e2`)
    expect(links.job(slug, 12, 'f1e2', 345)).toBe(`${project}/12/workflows/f1e2/jobs/345`)
  })

  it('lets nothing out of its segment', () => {
    const slug: Slug = {provider: 'gh', organization: 'a/b?c', project: '#d e'}
    const link = linksFor('https://circleci.com').workflow(slug, 1, '../../x?y')
    expect(link).toBe(
      'https://app.circleci.com/pipelines/github/a%2Fb%3Fc/%23d%20e/1/workflows/..%2F..%2Fx%3Fy'
    )
  })
})
