import {describe, expect, it} from '@jest/globals'
import type {CircleCI} from '../../src/circleci/client.ts'
import {RefusedError} from '../../src/circleci/faults.ts'
import type {Ref} from '../../src/circleci/model.ts'
import {explainRefusal, type RefusalFacts} from '../../src/trigger/failure.ts'

const TRIGGER = 'POST /api/v2/project/gh/acme/shop/pipeline'

async function messageOf(
  request: string,
  ref: Ref | undefined,
  facts: Partial<RefusalFacts> = {},
  status = 400,
  me: () => Promise<unknown> = () => Promise.resolve({id: '', login: 'dev', name: ''})
): Promise<string> {
  const {message} = await explainRefusal(
    new RefusedError(request, status, 'Branch not found'),
    {
      slug: {provider: 'gh', organization: 'acme', project: 'shop'},
      host: 'https://circleci.com',
      purpose: 'start a pipeline of gh/acme/shop',
      isTrigger: true,
      classic: true,
      wasReadable: false,
      ref,
      ...facts
    },
    {me} as unknown as CircleCI
  )
  return message
}

describe('what CircleCI refused', () => {
  it.each<[string, Ref | undefined, string]>([
    [TRIGGER, {branch: 'feature/x'}, ' of gh/acme/shop on branch "feature/x": it answered 400'],
    [TRIGGER, {tag: 'v1'}, ' of gh/acme/shop on tag "v1": it answered 400'],
    [TRIGGER, undefined, ' of gh/acme/shop on its default branch: it answered 400'],
    [`${TRIGGER}/run`, {branch: 'main'}, ' of gh/acme/shop on branch "main": it answered 400'],
    // Nothing was sent that a ref belongs to.
    ['GET /api/v2/project/gh/acme/shop', {branch: 'main'}, ' of gh/acme/shop: it answered 400'],
    ['POST /api/v2/workflow/x/rerun', {branch: 'main'}, ' of gh/acme/shop: it answered 400']
  ])('%s of %j names the ref that was sent', async (request, ref, part) => {
    expect(await messageOf(request, ref)).toContain(part)
  })

  it('names it whatever the status', async () => {
    expect(await messageOf(TRIGGER, {branch: 'main'}, {}, 404)).toContain('on branch "main"')
  })

  it('names none of a pipeline that is there', async () => {
    expect(await messageOf(TRIGGER, {branch: 'main'}, {isTrigger: false})).not.toContain('main')
  })

  it.each([
    [401, true],
    [403, false],
    [404, false]
  ])('calls the token invalid only where GET /me says 401: %d', async (status, invalid) => {
    const refused = new RefusedError('GET /api/v2/me', status, 'No')
    const message = await messageOf(TRIGGER, undefined, {}, 403, () => Promise.reject(refused))
    expect(message.includes('The token is not valid')).toBe(invalid)
    expect(message.includes('The user of the token may not do this')).toBe(!invalid)
  })
})
