import {describe, expect, it} from '@jest/globals'
import {type Slug, linksFor} from '../../src/circleci/slug.ts'

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
