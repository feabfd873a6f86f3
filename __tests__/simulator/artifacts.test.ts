import {afterEach, describe, expect, it} from '@jest/globals'
import {type ArtifactSpec, type Behaviour, type Scenario, scenarios} from '../../simulator/index.ts'
import {type Answer, type Rig, fetchAnswer, startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

interface Listed {
  readonly path: string
  readonly node_index: number
  readonly url: string
}

function keeping(artifacts: readonly ArtifactSpec[], behaviour: Partial<Behaviour> = {}): Scenario {
  const jobs = [{name: 'build', artifacts}]
  return {...scenarios.passing, pipeline: {workflows: [{name: 'w', jobs}]}, behaviour}
}

async function startKeeping(artifacts: readonly ArtifactSpec[], behaviour?: Partial<Behaviour>) {
  const rig = await startRig({scenario: keeping(artifacts, behaviour)})
  const pipeline = await rig.trigger()
  rig.seconds(10)
  const {id} = await rig.workflow(pipeline)
  const number = String((await rig.jobs(id))['build']?.['job_number'])
  const items = await rig.items(`/project/gh/acme/shop/${number}/artifacts`)
  return {...rig, listed: items as unknown as Listed[]}
}

function fetchWithToken({simulator}: Pick<Rig, 'simulator'>, url: string): Promise<Answer> {
  return fetchAnswer(url, {headers: {'Circle-Token': simulator.token}})
}

/** Follows the redirect as a careful client does: without the token. */
async function storedAt(rig: Pick<Rig, 'simulator'>, url: string): Promise<string> {
  const {headers} = await fetchWithToken(rig, url)
  return headers.get('location') ?? ''
}

describe('artifacts', () => {
  it('are listed once their job has stopped, with node and address', async () => {
    const {trigger, seconds, workflow, jobs, items, simulator} = await startRig()
    const pipeline = await trigger()
    seconds(1.5)
    const {id} = await workflow(pipeline, 'build-and-test')
    const number = String((await jobs(id))['unit-tests']?.['job_number'])
    const path = `/project/gh/acme/shop/${number}/artifacts`
    expect(await items(path)).toEqual([])
    seconds(10)
    const [first] = await items(path)
    expect(first).toMatchObject({path: 'coverage/index.html', node_index: 0})
    expect(String(first?.['url']).startsWith(`${simulator.artifacts}/output/job/`)).toBe(true)
  })

  it('come in thousands, page by page', async () => {
    const {trigger, seconds, workflow, items} = await startRig({scenario: 'huge'})
    const pipeline = await trigger()
    seconds(20)
    const {id} = await workflow(pipeline)
    const listed = await items(`/workflow/${id}/job`)
    expect(listed).toHaveLength(50)
    const number = String(listed[49]?.['job_number'])
    expect(await items(`/project/gh/acme/shop/${number}/artifacts`)).toHaveLength(400)
  })
})

describe('the artifact host', () => {
  it('wants a token with access and sends the client on to storage', async () => {
    const {listed, simulator} = await startKeeping([{path: 'a/b c.txt', content: 'hello'}])
    const url = String(listed[0]?.url)
    expect(url.endsWith('/0/a/b%20c.txt')).toBe(true)
    expect((await fetchAnswer(url)).status).toBe(404)
    expect((await fetchAnswer(url, {headers: {'Circle-Token': 'wrong'}})).status).toBe(404)
    const {status, headers} = await fetchWithToken({simulator}, url)
    expect(status).toBe(302)
    const stored = headers.get('location') ?? ''
    expect(stored.startsWith(`${simulator.storage}/`)).toBe(true)
    expect((await fetchAnswer(stored)).text).toBe('hello')
  })

  it('can answer 401, and can be told to deliver itself from the API’s own origin', async () => {
    const behaviour = {
      artifactRefusal: 401,
      artifactHost: 'api',
      artifactDelivery: 'direct'
    } as const
    const {listed, simulator} = await startKeeping([{path: 'a.txt', content: 'hello'}], behaviour)
    const url = String(listed[0]?.url)
    expect(url.startsWith(simulator.url)).toBe(true)
    expect((await fetchAnswer(url)).status).toBe(401)
    expect(await fetchWithToken({simulator}, url)).toMatchObject({status: 200, text: 'hello'})
  })

  it('does not know other artifacts', async () => {
    const {simulator} = await startKeeping([])
    const {status} = await fetchWithToken(
      {simulator},
      `${simulator.artifacts}/output/job/x/artifacts/0/y`
    )
    expect(status).toBe(404)
  })

  it('serves paths that attack whoever stores them', async () => {
    const paths = [
      '../../up.txt',
      '/etc/passwd',
      'C:\\x',
      'a/./b',
      'q?x=1#y',
      'nul\u0000',
      'new\nline'
    ]
    const {listed, simulator} = await startKeeping(paths.map(path => ({path, content: path})))
    expect(listed.map(({path}) => path)).toEqual(paths)
    const bodies: string[] = []
    for (const {url} of listed)
      bodies.push((await fetchAnswer(await storedAt({simulator}, url))).text)
    expect(bodies).toEqual(paths)
  })
})

describe('storage', () => {
  it.each([{'Circle-Token': 'x'}, {Authorization: 'Bearer x'}])(
    'refuses credentials beside the signature: %j',
    async headers => {
      const {listed, simulator} = await startKeeping([{path: 'a.txt'}])
      const stored = await storedAt({simulator}, String(listed[0]?.url))
      const answer = await fetchAnswer(stored, {headers: headers as Record<string, string>})
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('Only one auth mechanism allowed')
    }
  )

  it('refuses a wrong signature and one that has expired', async () => {
    const {listed, simulator, seconds} = await startKeeping([{path: 'a.txt'}], {presignedFor: 60})
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    expect((await fetchAnswer(stored.replace('a.txt', 'b.txt'))).status).toBe(403)
    seconds(61)
    expect((await fetchAnswer(stored)).text).toContain('Request has expired')
  })

  it.each([
    ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=-2', 206, 'bytes 8-9/10', '89'],
    ['bytes=5-99', 206, 'bytes 5-9/10', '56789'],
    ['bytes=10-', 416, 'bytes */10', null],
    ['lines=1-2', 200, null, '0123456789']
  ])('answers the range %s with %i', async (range, status, contentRange, body) => {
    const {listed, simulator} = await startKeeping([{path: 'a.txt', content: '0123456789'}])
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    const answer = await fetchAnswer(stored, {headers: {Range: range}})
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, contentRange])
    expect(body === null || answer.text === body).toBe(true)
  })

  it('sends length and ETag, and the whole again when the file is another', async () => {
    const {listed, simulator} = await startKeeping([{path: 'a.txt', content: '0123456789'}])
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    const {headers} = await fetchAnswer(stored)
    expect(headers.get('content-length')).toBe('10')
    const etag = headers.get('etag') ?? ''
    const resume = async (ifRange: string): Promise<number> =>
      (await fetchAnswer(stored, {headers: {Range: 'bytes=5-', 'If-Range': ifRange}})).status
    expect([await resume(etag), await resume('"other"')]).toEqual([206, 200])
  })

  it('can ignore ranges', async () => {
    const {listed, simulator} = await startKeeping([{path: 'a.txt', content: '01'}], {
      ranges: false
    })
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    const answer = await fetchAnswer(stored, {headers: {Range: 'bytes=1-'}})
    expect([answer.status, answer.headers.get('accept-ranges')]).toEqual([200, null])
  })

  it('makes up bytes of any number, the same in every range', async () => {
    const {listed, simulator} = await startKeeping([{path: 'big', content: {bytes: 200_000}}])
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    const whole = Buffer.from(await (await fetch(stored)).arrayBuffer())
    const headers = {Range: 'bytes=65530-131080'}
    const part = Buffer.from(await (await fetch(stored, {headers})).arrayBuffer())
    expect(whole).toHaveLength(200_000)
    expect(part.equals(whole.subarray(65_530, 131_081))).toBe(true)
  })

  it('can be cut in the middle of a file', async () => {
    const {listed, simulator} = await startKeeping([{path: 'big', content: {bytes: 100_000}}])
    const stored = await storedAt({simulator}, String(listed[0]?.url))
    simulator.faults.add({host: 'storage', kind: 'cut-body', bytes: 70_000})
    const response = await fetch(stored)
    expect(response.headers.get('content-length')).toBe('100000')
    await expect(response.arrayBuffer()).rejects.toThrow()
  })
})
