import { describe, expect, test } from 'vitest'
import { openWorld, type TestWorld, type Who } from '#testing'
import { CIRCLES, EVIDENCE_FILE_BYTES_MAX, ZONE_FILES_BYTES_MAX } from './evidence-model.ts'

const upload = (
  world: TestWorld,
  subject: string,
  query: string,
  raw: Uint8Array,
  name = 'report.pdf',
  as: Who = 'company',
) =>
  world.ask('POST', `/evidence/file?subject_kind=organisation&subject=${subject}${query}`, {
    as,
    raw,
    headers: { 'x-file-name': encodeURIComponent(name) },
  })
const pdf = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n')

test('a link, a statement and a file are attached, listed, fetched and removed', async () => {
  const world = await openWorld()
  const result = await world.addResult()
  const subject = { subjectKind: 'result', subject: result }
  const link = { ...subject, kind: 'link', title: 'Paper', url: 'https://example.org/p' }
  expect(await world.ask('POST', '/evidence', { as: 'company', body: link })).toMatchObject({
    status: 201,
    body: { url: link.url },
  })
  const said = { ...subject, kind: 'statement', title: 'Word', body: 'We ran it for 2,000 h.' }
  expect((await world.ask('POST', '/evidence', { as: 'company', body: said })).status).toBe(201)
  const file = await world.ask('POST', `/evidence/file?subject_kind=result&subject=${result}&kind=test_report`, {
    as: 'company',
    raw: pdf,
    headers: { 'x-file-name': encodeURIComponent('检测 report.pdf') },
  })
  expect(file.body).toMatchObject({
    title: '检测 report.pdf',
    file: { bytes: pdf.length, mediaType: 'application/pdf' },
  })
  expect((await world.ask('GET', `/results/${result}`)).body.evidence).toHaveLength(3)
  const fetched = await world.ask('GET', `/evidence/${file.body.id}/file`, { as: 'company' })
  expect(fetched.text).toBe('%PDF-1.7\n1 0 obj\n')
  expect(Object.fromEntries(fetched.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="report.pdf"; filename*=UTF-8''%E6%A3%80%E6%B5%8B%20report.pdf`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  expect((await world.ask('DELETE', `/evidence/${file.body.id}`, { as: 'company' })).status).toBe(200)
  expect((await world.ask('GET', `/evidence/${file.body.id}/file`)).status).toBe(404)
})

describe('a circle holds, whoever asks', () => {
  /** Who sees what of evidence that `company` attached to its own organisation: p public, s signed in, i invited, m members. */
  test.each([
    ['stranger', 'p'],
    ['company.foreign', 'p'],
    ['zone_officer.foreign', 'p'],
    ['company.other', 'ps'],
    ['researcher.other', 'ps'],
    ['company', 'psim'],
    ['researcher', 'psim'],
    ['technology_manager', 'psim'],
    ['zone_officer', 'psim'],
    ['administrator', 'psim'],
  ] as const)('%s reads %s', async (as, seen) => {
    const world = await openWorld()
    for (const circle of CIRCLES) {
      const { body } = await upload(world, world.own, `&circle=${circle}&title=${circle}`, pdf)
      const fetched = await world.ask('GET', `/evidence/${body.id}/file`, { as })
      expect([circle, fetched.status]).toEqual([circle, seen.includes(circle.charAt(0)) ? 200 : 404])
    }
    const list = await world.ask('GET', `/evidence?subject_kind=organisation&subject=${world.own}`, { as })
    const titles = list.body.rows.map((row: { title: string }) => row.title.charAt(0))
    expect(titles.toSorted().join('')).toBe([...seen].toSorted().join(''))
  })

  test('an owner of a result reads its evidence, whoever attached it, and loses it with the result', async () => {
    const world = await openWorld()
    const result = await world.addResult()
    const body = { subjectKind: 'result', subject: result, kind: 'statement', title: 'X', body: 'Seen by us.' }
    await world.ask('POST', '/evidence', { body })
    const seenBy = async (as: Who) => (await world.ask('GET', `/results/${result}`, { as })).body.evidence?.length
    expect(await seenBy('company')).toBe(1)
    expect(await seenBy('company.other')).toBe(0)
    await world.ask('PATCH', `/results/${result}`, { body: { revision: 1, owners: [world.other] } })
    expect([await seenBy('company'), await seenBy('company.other')]).toEqual([0, 1])
  })

  test('evidence that can’t be read can’t be removed, nor is it owned up to', async () => {
    const world = await openWorld()
    const { body } = await upload(world, world.own, '', pdf)
    const unknown = { status: 404, body: { rule: 'evidence.unknown' } }
    expect(await world.ask('DELETE', `/evidence/${body.id}`, { as: 'company.other' })).toMatchObject(unknown)
    const open = await upload(world, world.own, '&circle=signed_in', pdf)
    expect((await world.ask('DELETE', `/evidence/${open.body.id}`, { as: 'company.other' })).status).toBe(403)
  })
})

describe('who may attach', () => {
  test.each([
    ['stranger', 401],
    ['company.foreign', 403],
    ['company.other', 403],
    ['company', 201],
    ['zone_officer', 201],
  ] as const)('%s to the company: %s', async (as, status) => {
    const world = await openWorld()
    expect((await upload(world, world.own, '', pdf, 'a.pdf', as)).status).toBe(status)
    const body = { subjectKind: 'organisation', subject: world.own, kind: 'statement', title: 'X', body: 'Y' }
    expect((await world.ask('POST', '/evidence', { as, body })).status).toBe(status)
  })

  test('nobody to what isn’t there, or stands in another zone', async () => {
    const world = await openWorld()
    const abroad = await world.addOrganisation({}, world.foreign.zoneId)
    const answer = await upload(world, abroad, '', pdf, 'a.pdf', 'administrator')
    expect(answer).toMatchObject({ status: 404, body: { rule: 'organisation.unknown' } })
  })

  test.each([
    ['a link without an address', { kind: 'link' }, 'evidence.link_without_url'],
    ['a link that runs', { kind: 'link', url: 'javascript:alert(1)' }, 'regex.format'],
    ['a statement that says nothing', { kind: 'statement' }, 'evidence.empty'],
  ])('%s is refused', async (_says, part, rule) => {
    const world = await openWorld()
    const body = { subjectKind: 'organisation', subject: world.own, title: 'X', ...part }
    const answer = await world.ask('POST', '/evidence', { body })
    expect(answer.status).toBe(422)
    expect(answer.body.issues.map((issue: { rule: string }) => issue.rule)).toContain(rule)
  })
})

describe('a file is what its bytes are', () => {
  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>', 'picture.png', 'application/octet-stream'],
    ['a drawing with a script', '<?xml version="1.0"?><svg onload="alert(1)"/>', 'a.svg', 'application/octet-stream'],
    ['plain text', 'Tested for 2,000 h.', 'a.txt', 'text/plain'],
  ])('%s', async (_says, text, name, mediaType) => {
    const world = await openWorld()
    const { body } = await upload(world, world.own, '', new TextEncoder().encode(text), name)
    expect(body.file).toMatchObject({ name, mediaType })
    const fetched = await world.ask('GET', `/evidence/${body.id}/file`)
    expect(fetched.headers.get('content-disposition')).toMatch(/^attachment; /)
  })

  test.each([
    ['../../etc/passwd', 'etc passwd'],
    ['a\r\nSet-Cookie: x=1.pdf', 'a Set-Cookie x=1.pdf'],
    ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
    ['.htaccess', 'htaccess'],
    ['', 'file'],
  ])('under the name %j it is kept as %j', async (sent, kept) => {
    const world = await openWorld()
    const { body } = await upload(world, world.own, '', pdf, sent)
    expect(body.file.name).toBe(kept)
    const { headers } = await world.ask('GET', `/evidence/${body.id}/file`)
    expect(headers.get('content-disposition')).not.toMatch(/[\r\n\\]|\.\.\//)
  })

  test('an empty one is refused, and one that isn’t sent as bytes', async () => {
    const world = await openWorld()
    expect(await upload(world, world.own, '', new Uint8Array())).toMatchObject({
      status: 400,
      body: { rule: 'file.empty' },
    })
    const sent = await world.ask('POST', `/evidence/file?subject_kind=organisation&subject=${world.own}`, { body: {} })
    expect(sent).toMatchObject({ status: 400, body: { rule: 'body.media_type' } })
  })

  test('one that is too large is refused, and leaves nothing behind', async () => {
    const world = await openWorld()
    const answer = await upload(world, world.own, '', new Uint8Array(EVIDENCE_FILE_BYTES_MAX + 1))
    expect(answer).toMatchObject({ status: 413, body: { rule: 'file.bytes', limit: EVIDENCE_FILE_BYTES_MAX } })
    const list = await world.ask('GET', `/evidence?subject_kind=organisation&subject=${world.own}`)
    expect(list.body.rows).toEqual([])
  })

  test('a zone that is full takes no more', async () => {
    const world = await openWorld()
    const full = {
      sha256: 'x',
      name: 'x',
      bytes: BigInt(ZONE_FILES_BYTES_MAX),
      media_type: 'x',
      created_at: world.clock.now(),
    }
    await world.within((tx) =>
      tx
        .insertInto('stored_file')
        .values({ zone_id: world.zoneId, id: world.own, ...full })
        .execute(),
    )
    expect(await upload(world, world.own, '', pdf)).toMatchObject({ status: 413, body: { rule: 'zone.files_bytes' } })
  })

  test('sent twice under one key it is kept once, and a rehearsal keeps nothing', async () => {
    const world = await openWorld()
    const send = (query: string, key?: string) =>
      world.ask('POST', `/evidence/file?subject_kind=organisation&subject=${world.own}${query}`, {
        raw: pdf,
        ...(key ? { key } : {}),
      })
    expect((await send('&rehearse=true')).status).toBe(201)
    const first = await send('', 'k')
    expect((await send('', 'k')).body).toEqual(first.body)
    const list = await world.ask('GET', `/evidence?subject_kind=organisation&subject=${world.own}`)
    expect(list.body.rows.map((row: { id: string }) => row.id)).toEqual([first.body.id])
  })
})
