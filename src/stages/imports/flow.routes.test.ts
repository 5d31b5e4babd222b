import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '#db/journal.ts'
import { openWorld, type TestWorld } from '#testing'
import { holdJobs } from '../../testing/held-jobs.ts'
import {
  apply,
  asked,
  cordisCsv,
  importFile,
  ledgerWorkbook,
  map,
  rowsOf,
  settle,
  upload,
  zipOf,
} from './imports.fixture.ts'
import type { Import } from './model.ts'
import { applyImport, type ImportWork, readImport } from './run.ts'
import { fileOf, startImport } from './service.ts'
import { asServer } from './stage-store.ts'

let world: TestWorld
beforeEach(async () => {
  world = await openWorld({ jobs: true })
})

const csv = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`)
const find = async (name: string) => {
  const { body } = await world.ask('GET', `/organisations?q=${encodeURIComponent(name)}`)
  return (await world.ask('GET', `/organisations/${body.rows[0].id}`)).body
}
const staged = (id: string) =>
  world.within(
    async (tx) => (await tx.selectFrom('import_row').select('ordinal').where('import_id', '=', id).execute()).length,
  )
const entries = (name: string) =>
  world.within(async (tx) => {
    const found = tx.selectFrom('journal').select('seq').where('zone_id', '=', world.zoneId).where('command', '=', name)
    return (await found.execute()).length
  })

describe('a person’s word and a file’s', () => {
  const FIRST = csv('企业名称,统一社会信用代码,员工人数,所在城市', '甲精密有限公司,91320594MA1ABCD12Y,120,苏州市')
  const LATER = csv('企业名称,统一社会信用代码,员工人数,所在城市', '甲精密有限公司,91320594MA1ABCD12Y,150,无锡市')

  it('an edit beats a later import, which stands beside it as what the source says now', async () => {
    await importFile(world, '台账.csv', FIRST)
    const before = await find('甲精密')
    await world.ask('PATCH', `/organisations/${before.id}`, { body: { revision: before.revision, staff: 130 } })
    const run = await map(world, await upload(world, '台账.csv', LATER))
    const [row] = await rowsOf(world, run, '&verdict=changed')
    expect(row).toMatchObject({
      changes: { city: { from: '苏州市', to: '无锡市' } },
      told: { staff: { from: 130, to: 150 } },
    })
    await apply(world, run)
    const after = await find('甲精密')
    expect(after).toMatchObject({ staff: 130, city: '无锡市', revision: before.revision + 2 })
    expect(after.provenance.sourceSays.staff).toMatchObject({ value: 150, importId: run.id })
    const again = await importFile(world, '台账.csv', LATER)
    expect(again.counts!.organisations).toMatchObject({ same: 1, changed: 0 })
    expect((await find('甲精密')).revision).toBe(after.revision)
  })

  it('what the source says now is answered by keeping ours, until it says something else', async () => {
    await importFile(world, '台账.csv', FIRST)
    const { id, revision } = await find('甲精密')
    const change = (body: object) => world.ask('PATCH', `/organisations/${id}`, { body })
    await change({ revision, staff: 130 })
    await importFile(world, '台账.csv', LATER)
    const told = await find('甲精密')
    expect(told.provenance.sourceSays.staff.answered).toBeUndefined()
    expect((await change({ revision: told.revision, keeps: ['staff', 'city', 'nothing'] })).status).toBe(200)
    const kept = await find('甲精密')
    expect([kept.staff, kept.provenance.sourceSays.staff]).toMatchObject([130, { value: 150, answered: true }])
    expect(Object.keys(kept.provenance.sourceSays)).toEqual(['staff'])
    await importFile(world, '台账.csv', LATER)
    expect((await find('甲精密')).provenance.sourceSays.staff.answered).toBe(true)
    await importFile(
      world,
      '台账.csv',
      csv('企业名称,统一社会信用代码,员工人数', '甲精密有限公司,91320594MA1ABCD12Y,160'),
    )
    expect((await find('甲精密')).provenance.sourceSays.staff).toMatchObject({ value: 160 })
    expect((await find('甲精密')).provenance.sourceSays.staff.answered).toBeUndefined()
  })

  it('what a person typed with a new record is the person’s too', async () => {
    const typed = { names: { zh: '甲精密有限公司' }, identifiers: { uscc: '91320594MA1ABCD12Y' }, staff: 7 }
    await world.ask('POST', '/organisations', { body: typed })
    const run = await importFile(world, '台账.csv', FIRST)
    expect(run.counts!.organisations).toMatchObject({ new: 0, changed: 1 })
    expect(await find('甲精密')).toMatchObject({ staff: 7, city: '苏州市' })
  })

  it('both are in the record’s history, with the import', async () => {
    const run = await importFile(world, '台账.csv', FIRST)
    const later = await importFile(world, '台账.csv', LATER)
    const { id } = await find('甲精密')
    const { body } = await world.ask('GET', `/history/organisation/${id}`)
    expect(body.rows.map((row: { action: string; importId: string }) => [row.action, row.importId])).toEqual([
      ['changed', later.id],
      ['added', run.id],
    ])
    expect(body.rows[0].changes).toMatchObject({ staff: { from: 120, to: 150 } })
  })
})

describe('who is who', () => {
  it.each([
    [
      'two identifiers of two organisations',
      [{ uscc: '91320594MA1ABCD12Y' }, { pic: '999000001' }],
      ['name,uscc,pic', 'A Ltd,91320594MA1ABCD12Y,999000001'],
      'organisation.two_identities',
    ],
    [
      'a name that two organisations have, in no place',
      [
        { name: 'A Ltd', city: 'Wien' },
        { name: 'A Ltd', city: 'Graz' },
      ],
      ['name,staff', 'A Ltd,5'],
      'organisation.ambiguous_name',
    ],
  ])('%s refuse the row', async (_says, known, lines, rule) => {
    for (const [at, each] of (known as { name?: string; city?: string }[]).entries()) {
      const { name = `Known ${at}`, city, ...identifiers } = each
      await world.addOrganisation({ names: { en: name }, identifiers, ...(city ? { city } : {}) })
    }
    const run = await map(world, await upload(world, 'list.csv', csv(...lines)))
    expect((await rowsOf(world, run, '&verdict=refused'))[0]!.refusals).toMatchObject([{ rule }])
  })

  it('the same name in another city is another organisation', async () => {
    await world.addOrganisation({ names: { en: 'A Ltd' }, country: 'AT', city: 'Wien' })
    const run = await importFile(world, 'list.csv', csv('name,country,city', 'A Ltd,Austria,Graz', 'Ａ ltd,AT,Wien'))
    expect(run.counts!.organisations).toMatchObject({ read: 2, new: 1, changed: 1 })
    const [, known] = await rowsOf(world, run)
    expect(known).toMatchObject({ changes: {}, told: { names: { from: { en: { text: 'A Ltd' } } } } })
  })

  it('a name without identifier gains the one that a later file brings', async () => {
    await importFile(world, 'list.csv', csv('企业名称,所在城市', '甲精密有限公司,苏州市'))
    const run = await importFile(
      world,
      'list2.csv',
      csv('企业名称,统一社会信用代码', '甲精密有限公司,91320594MA1ABCD12Y'),
    )
    expect(run.counts!.organisations).toMatchObject({ new: 0, changed: 1 })
    expect(await find('甲精密')).toMatchObject({ identifiers: { uscc: '91320594MA1ABCD12Y' }, city: '苏州市' })
  })
})

describe('what a ledger means', () => {
  it('a list of firms with a column of kinds is not one of results', async () => {
    const lines = ['Name,Kind,Country,City,Employees,ROR', 'Namib Solar,SME,NA,Windhoek,12,']
    const run = await importFile(world, 'firms.csv', csv(...lines))
    expect(run.counts).toMatchObject({ organisations: { new: 1 }, results: { read: 0 } })
    expect(await find('Namib Solar')).toMatchObject({ kind: 'company', country: 'NA', staff: 12 })
  })

  it.each([
    ['中型', 'company', 'medium'],
    ['小微企业', 'company', 'small'],
    ['民营企业', 'company', null],
    ['高校', 'university', null],
  ])('%s under 企业性质 is a %s, its size %s', async (says, kind, size) => {
    await importFile(world, 'firms.csv', csv('单位名称,企业性质,注册地址', `甲厂,${says},苏州市`))
    expect(await find('甲厂')).toMatchObject({ kind, size })
  })

  it('a result’s owner counts where one row of the name was refused and another was not', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('企业').addRows([
      ['企业名称', '统一社会信用代码', '员工人数'],
      ['甲厂', '91320594MA1ABCD12X', 5],
      ['甲厂', '', 6],
    ])
    book.addWorksheet('成果').addRows([
      ['成果名称', '完成单位', '技术成熟度'],
      ['滚珠丝杠', '甲厂', '6级'],
    ])
    const run = await importFile(world, '台账.xlsx', new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer))
    expect(run.counts).toMatchObject({ organisations: { new: 1, refused: 1 }, results: { new: 1, refused: 0 } })
  })

  describe('a sheet of results that says whose they are', () => {
    const RESULTS = csv('成果名称,权利人,技术成熟度', '滚珠丝杠,,6级', '行星减速器,乙厂,5级')
    const ownersOf = async (title: string) => {
      const { body } = await world.ask('GET', `/results?q=${encodeURIComponent(title)}`)
      return body.rows[0]?.owners.map(({ name }: { name: string }) => name)
    }
    const importFor = async (owner: string) => {
      const read = await upload(world, '成果.csv', RESULTS)
      const mapped = await map(world, read, ({ sheets }) => ({ sheets: sheets.map((sheet) => ({ ...sheet, owner })) }))
      return mapped.state === 'ready' ? apply(world, mapped) : mapped
    }

    it('gives them to that organisation where a row names nobody', async () => {
      await importFile(world, 'firms.csv', csv('单位名称,员工人数', '甲厂,5'))
      const firm = await find('甲厂')
      const run = await importFor(firm.id as string)
      expect(run.counts).toMatchObject({ results: { new: 2, refused: 0 }, organisations: { new: 1 } })
      expect([await ownersOf('滚珠丝杠'), await ownersOf('行星减速器')]).toEqual([['甲厂'], ['乙厂']])
    })

    it('may name one that nobody knows yet', async () => {
      expect((await importFor('丙厂')).counts).toMatchObject({ results: { new: 2 }, organisations: { new: 2 } })
      expect(await ownersOf('滚珠丝杠')).toEqual(['丙厂'])
    })

    it.each([
      [
        'one of another zone',
        async () => {
          const { body } = await world.ask('POST', `/api/zones/${world.foreign.slug}/organisations`, {
            as: 'zone_officer.foreign',
            body: { names: { zh: '外区厂' }, kind: 'company' },
          })
          return body.id as string
        },
        'owner.unknown',
      ],
      ['none that there is', async () => '01a203c7-f6ad-763d-bc5d-81fa88018032', 'owner.unknown'],
    ])('refuses the rows that name nobody for %s', async (_, owner, rule) => {
      const run = await importFor(await owner())
      expect(run.counts).toMatchObject({ results: { new: 1, refused: 1 } })
      expect((await rowsOf(world, run, '&verdict=refused'))[0]?.refusals[0]?.rule).toBe(rule)
    })
  })
})

describe('taking is refused', () => {
  it('of what was checked anew since one looked', async () => {
    const seen = await map(world, await upload(world, 'list.csv', csv('name,city', 'A Ltd,Wien')))
    await map(world, seen, ({ sheets }) => ({
      sheets: sheets.map((sheet) => ({ ...sheet, columns: sheet.columns.slice(0, 1) })),
    }))
    const answer = await world.ask('POST', `/imports/${seen.id}/apply`, { body: { rowsHash: seen.summary!.rowsHash } })
    expect(asked(answer)).toBe('409 import.checked_anew')
  })

  it.each(['apply', 'drop'])('of what was taken, and so is %s', async (act) => {
    const run = await importFile(world, 'list.csv', csv('name,city', 'A Ltd,Wien'))
    expect(asked(await world.ask('POST', `/imports/${run.id}/${act}`, { body: {} }))).toBe('409 import.state')
  })

  it('of what was not checked, and a table takes no further file', async () => {
    const run = await upload(world, 'list.csv', csv('company,town', 'A Ltd,Wien'))
    expect(asked(await world.ask('POST', `/imports/${run.id}/apply`, { body: {} }))).toBe('409 import.state')
    const file = await world.ask('POST', `/imports/${run.id}/files?name=organization.csv`, { raw: csv('a') })
    expect(asked(file)).toBe('409 import.state')
  })
})

it('a dropped import takes nothing and leaves no row behind', async () => {
  const run = await map(world, await upload(world, 'list.csv', csv('name,city', 'A Ltd,Wien')))
  expect(await staged(run.id)).toBeGreaterThan(0)
  await world.ask('POST', `/imports/${run.id}/drop`, { body: {} })
  expect(await staged(run.id)).toBe(0)
  expect((await world.ask('GET', '/organisations?q=A%20Ltd')).body.total).toBe(0)
})

describe('killed in the middle', () => {
  const PROJECTS = Array.from({ length: 3_000 }, (_, at) => [at, `9${at}`])
  const PARTS = Array.from({ length: 6_000 }, (_, at) => [at % 3_000, `99${at % 700}`, `ORGANISATION ${at % 700}`])
  const download = () =>
    zipOf({
      'project.csv': cordisCsv('id rcn', PROJECTS),
      'organization.csv': cordisCsv('projectID organisationID name', PARTS),
    })

  it('a reading leaves the registry alone, and begins again from the file', async () => {
    const kept = await world.files.keep(Readable.from([download()]), { bytesMax: 1_000_000 })
    const caller = world.caller('zone_officer')
    const { id } = await startImport(world, caller, [fileOf(kept, 'cordis.zip')], async () => null)
    const stopper = new AbortController()
    const stopsInTheMiddle = (_doing: string, done: number, total = 0) => {
      if (done > total / 2) stopper.abort()
    }
    const work: ImportWork = { world, caller, importId: id, signal: stopper.signal, progress: stopsInTheMiddle }
    await expect(readImport(work)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await world.ask('GET', `/imports/${id}`)).body.state).toBe('reading')
    expect((await world.ask('GET', '/projects')).body.total).toBe(0)
    await readImport({ ...work, signal: new AbortController().signal, progress: () => {} })
    expect((await world.ask('GET', `/imports/${id}`)).body).toMatchObject({
      state: 'ready',
      counts: {
        projects: { new: 3_000 },
        organisations: { new: 700 },
        participations: { new: 6_000, setAside: 0 },
      },
    })
    expect(await staged(id)).toBe(9_700)
  })

  it('a taking leaves nothing half-done, and is done once when it begins again', async () => {
    const run = await map(world, await upload(world, '台账.xlsx', await ledgerWorkbook()))
    const caller = world.caller('zone_officer')
    await asServer(world.database, caller, (tx) =>
      tx.updateTable('import_run').set({ state: 'applying' }).where('id', '=', run.id).execute(),
    )
    const stopper = new AbortController()
    stopper.abort()
    const stopped: ImportWork = { world, caller, importId: run.id, signal: stopper.signal, progress: () => {} }
    await expect(applyImport(stopped)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await world.ask('GET', '/organisations?q=清河')).body.total).toBe(0)
    const work: ImportWork = { ...stopped, signal: new AbortController().signal }
    await applyImport(work)
    await applyImport(work)
    expect((await world.ask('GET', '/organisations?q=清河')).body.total).toBe(1)
    expect(await entries('imports.apply')).toBe(1)
  })

  it('a cancelled reading stands as cancelled, and can be dropped', async () => {
    const release = await holdJobs(world)
    const { body } = await world.ask('POST', '/imports?name=list.csv', { raw: csv('name,city', 'Firm Ltd,Wien') })
    await world.ask('POST', `/work/${body.workId}/cancel`)
    await release()
    const run = await settle(world, body)
    expect(run.state).toBe('cancelled')
    expect((await world.ask('POST', `/imports/${run.id}/drop`, { body: {} })).status).toBe(200)
  })
})

describe('at the same time', () => {
  it('two imports of the same firms make one of each', async () => {
    const bytes = await ledgerWorkbook()
    const runs = await Promise.all([0, 1].map(async () => map(world, await upload(world, '台账.xlsx', bytes))))
    const taken = await Promise.all(runs.map((run) => apply(world, run)))
    expect(taken.map((run) => run.state)).toEqual(['applied', 'applied'])
    const { body } = await world.ask('GET', '/organisations?size=200')
    const names = body.rows.map((row: { name: string }) => row.name)
    expect(new Set(names).size).toBe(names.length)
    expect((await world.ask('GET', '/results')).body.total).toBe(6)
    expect((await verifyChain(world.database, world.zoneId)).intact).toBe(true)
  })

  it('a person’s edit between the preview and the taking is kept', async () => {
    await importFile(world, 'list.csv', csv('name,staff,city', 'A Ltd,5,Wien'))
    const run = await map(world, await upload(world, 'list.csv', csv('name,staff,city', 'A Ltd,9,Wien')))
    expect((await rowsOf(world, run))[0]!.changes).toMatchObject({ staff: { from: 5, to: 9 } })
    const { id, revision } = await find('A Ltd')
    await world.ask('PATCH', `/organisations/${id}`, { body: { revision, staff: 7 } })
    await apply(world, run)
    expect(await find('A Ltd')).toMatchObject({ staff: 7, provenance: { sourceSays: { staff: { value: 9 } } } })
  })

  it('an organisation that somebody adds between the preview and the taking is the same one', async () => {
    const lines = ['企业名称,统一社会信用代码,所在城市', '甲精密有限公司,91320594MA1ABCD12Y,苏州市']
    const run = await map(world, await upload(world, 'list.csv', csv(...lines)))
    const typed = { names: '甲精密', identifiers: { uscc: '91320594MA1ABCD12Y' } }
    await world.ask('POST', '/organisations', { body: typed })
    const taken = await apply(world, run)
    expect(taken).toMatchObject({ state: 'applied', counts: { organisations: { new: 0, changed: 1 } } })
    expect(await find('甲精密')).toMatchObject({ names: { zh: { text: '甲精密' } }, city: '苏州市' })
  })
})

it('an import is one entry of the journal, which holds its rows’ hash and no name', async () => {
  await importFile(world, '台账.xlsx', await ledgerWorkbook())
  expect(await entries('imports.apply')).toBe(1)
  const { body } = await world.ask('GET', '/journal?size=50')
  const [entry] = body.rows.filter((row: { command: string }) => row.command === 'imports.apply')
  expect(entry.subjects).toMatchObject([{ kind: 'import' }])
  expect(JSON.stringify(entry)).not.toMatch(/清河/)
  expect((await verifyChain(world.database, world.zoneId)).intact).toBe(true)
})

it('the list tells the latest first, with state and counts', async () => {
  const first = await importFile(world, 'list.csv', csv('name,city', 'A Ltd,Wien'))
  world.clock.set('2026-11-22T09:00:00Z')
  const second = await upload(world, 'other.csv', csv('company,town', 'B Ltd,Graz'))
  const { body } = await world.ask('GET', '/imports')
  expect(body.rows.map((row: Import) => [row.id, row.state, row.who])).toEqual([
    [second.id, 'mapping', 'zone_officer'],
    [first.id, 'applied', 'zone_officer'],
  ])
  expect((await world.ask('GET', '/imports?state=applied')).body.rows).toHaveLength(1)
  expect((await world.ask('GET', '/imports?q=other')).body.rows).toHaveLength(1)
})
