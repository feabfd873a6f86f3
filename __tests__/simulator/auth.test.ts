import {afterEach, describe, expect, it} from '@jest/globals'
import {startRig, stopRigs} from './client.ts'

afterEach(stopRigs)

const message = (text: string) => ({message: text})

describe('authentication', () => {
  it('takes a token as Circle-Token, as Bearer and as the user of HTTP Basic', async () => {
    const {get} = await startRig({token: 'secret'})
    const basic = Buffer.from('secret:').toString('base64')
    const answers = [
      await get('/me', {'Circle-Token': 'secret'}),
      await get('/me', {Authorization: 'Bearer secret'}),
      await get('/me', {Authorization: `Basic ${basic}`})
    ]
    expect(answers.map(({status}) => status)).toEqual([200, 200, 200])
    expect(answers[0]?.json).toMatchObject({login: 'developer'})
  })

  it.each<[string, Record<string, string>, string]>([
    ['none', {}, 'You must log in first'],
    ['a wrong one', {'Circle-Token': 'other'}, 'Invalid token provided.'],
    ['an empty one', {'Circle-Token': ''}, 'Invalid token provided.']
  ])('refuses %s', async (_, headers, text) => {
    const {get} = await startRig()
    const answer = await get('/me', headers)
    expect([answer.status, answer.json]).toEqual([401, message(text)])
  })

  it('refuses a token in the query', async () => {
    const {get, simulator} = await startRig()
    const answer = await get(`/me?circle-token=${simulator.token}`, {})
    expect(answer.status).toBe(401)
  })

  it('answers a person without access as if the project did not exist', async () => {
    const {get, post, trigger} = await startRig({
      users: [{login: 'outsider', token: 'outside', access: 'none'}]
    })
    const outside = {'Circle-Token': 'outside', 'Content-Type': 'application/json'}
    const id = await trigger()
    expect((await get('/me', outside)).status).toBe(200)
    expect((await get('/project/gh/acme/shop', outside)).json).toEqual(
      message('Project not found.')
    )
    expect((await post('/project/gh/acme/shop/pipeline', {}, outside)).status).toBe(404)
    expect((await get(`/pipeline/${id}`, outside)).status).toBe(404)
    expect((await get('/me/collaborations', outside)).json).toEqual([])
  })

  it('lets a person who may only look do no more', async () => {
    const {get, post} = await startRig({users: [{login: 'reader', token: 'read', access: 'read'}]})
    const reader = {'Circle-Token': 'read', 'Content-Type': 'application/json'}
    expect((await get('/project/gh/acme/shop', reader)).status).toBe(200)
    const refused = await post('/project/gh/acme/shop/pipeline', {}, reader)
    expect([refused.status, refused.json]).toEqual([403, message('Permission denied.')])
  })
})

describe('projects', () => {
  it.each(['gh/acme/shop', 'github/acme/shop', 'gh%2Facme%2Fshop'])('knows %s', async slug => {
    const {get} = await startRig()
    expect((await get(`/project/${slug}`)).json).toMatchObject({
      slug: 'gh/acme/shop',
      vcs_info: {provider: 'GitHub', default_branch: 'main'}
    })
  })

  it.each(['gh/acme/other', 'bb/acme/shop', 'circleci/acme/shop', 'svn/acme/shop'])(
    'does not know %s',
    async slug => {
      const {get} = await startRig()
      const answer = await get(`/project/${slug}`)
      expect([answer.status, answer.json]).toEqual([404, message('Project not found.')])
    }
  )

  it('knows an App project by its opaque slug and by UUIDs', async () => {
    const {get, simulator} = await startRig({scenario: 'github-app'})
    const project = (await get(`/project/${simulator.slug}`)).json as Record<string, unknown>
    expect(project['vcs_info']).toMatchObject({provider: 'CircleCI'})
    const ids = `${String(project['organization_id'])}/${String(project['id'])}`
    expect((await get(`/project/circleci/${ids}`)).json).toEqual(project)
  })

  it('answers a path that leads nowhere with 404', async () => {
    const {get, post} = await startRig()
    expect((await get('/nowhere')).json).toEqual(message('Not Found'))
    expect((await post('/me')).status).toBe(404)
  })
})
