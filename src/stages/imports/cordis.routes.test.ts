import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type TestWorld } from '#testing'
import { openZip } from '../../files/zip.ts'
import { apply, cordisCsv, importFile, rowsOf, settle, upload, zipOf } from './imports.fixture.ts'

let world: TestWorld
beforeEach(async () => {
  world = await openWorld({ jobs: true })
})

const PROJECT =
  'id acronym title startDate endDate totalCost ecMaxContribution legalBasis frameworkProgramme fundingScheme objective rcn'
const ORGANISATION =
  'projectID organisationID vatNumber name shortName SME activityType street postCode city country geolocation organizationURL role ecContribution'

const PROJECTS = [
  [
    '101',
    'ALPHA',
    'Light &amp; matter',
    '2016-01-01',
    '2018-12-31',
    '1000,50',
    '900',
    'H2020-EU.1.1.',
    'H2020',
    'RIA',
    'To study\n"light".',
    '9001',
  ],
  ['102', 'BETA', '', '2017-05-01', '', '', '', '', 'H2020', '', '', '9002'],
  ['103', 'GAMMA', 'Bad day', '2017-02-30', '', '', '', '', '', '', '', '9003'],
]
const ORGANISATIONS = [
  [
    '101',
    '999000001',
    '',
    'UNIVERSITY OF NOWHERE',
    'UNOW',
    'false',
    'HES',
    '1 Street',
    '1010',
    'Wien',
    'AT',
    '48.2082,16.3738',
    'www.unow.example',
    'coordinator',
    '500.25',
  ],
  ['101', '999000002', 'MISSING', '', '', 'true', 'PRC', '', '', '', 'EL', '', '', 'participant', '300'],
  ['101', '999000002', '', '', '', '', 'PRC', '', '', 'Athina', 'EL', '', '', 'thirdParty', '50.75'],
  ['102', '999000003', '', 'NAMIB LABS', '', '', 'REC', '', '', 'Windhoek', 'NA', '', '', 'partner', ''],
  ['102', '999000001', '', 'University of Nowhere', '', '', 'HES', '', '', '', 'UK', '', '', 'participant', '1'],
  ['777', '999000004', '', 'LOST AND FOUND', '', '', 'OTH', '', '', '', 'DE', '', '', 'participant', '1'],
  ['101', '', '', 'NOBODY', '', '', 'OTH', '', '', '', 'DE', '', '', 'participant', '1'],
]

const download = (projects = PROJECTS, organisations = ORGANISATIONS) =>
  zipOf({
    'csv/project.csv': cordisCsv(PROJECT, projects),
    'csv/organization.csv': cordisCsv(ORGANISATION, organisations),
    'csv/euroSciVoc.csv': cordisCsv('projectID euroSciVocCode euroSciVocTitle', [
      ['101', '/23', 'optics'],
      ['101', '/25', 'lasers'],
    ]),
  })

const organisationBy = async (name: string) => {
  const { body } = await world.ask('GET', `/organisations?q=${encodeURIComponent(name)}`)
  return (await world.ask('GET', `/organisations/${body.rows[0].id}`)).body
}

describe('a CORDIS download', () => {
  it('waits for no mapping and counts what it would bring', async () => {
    const run = await upload(world, 'cordis-h2020projects-csv.zip', download())
    expect(run).toMatchObject({ kind: 'cordis', state: 'ready', may: { map: false, apply: true } })
    expect(run.counts).toMatchObject({
      projects: { read: 3, new: 2, refused: 1 },
      organisations: { read: 4, new: 4 },
      participations: { read: 6, new: 4, refused: 2, setAside: 1 },
    })
    expect(run.summary).toMatchObject({ nameless: 1, projectsAlone: 0 })
  })

  it('names the refused rows by file, line, column and rule', async () => {
    const run = await upload(world, 'cordis.zip', download())
    const refused = await rowsOf(world, run, '&verdict=refused')
    expect(refused.map(({ sheet, row, refusals }) => [sheet, row, refusals])).toEqual([
      ['csv/project.csv', 5, [{ column: 'startDate', value: '2017-02-30', rule: 'cordis.bad_date' }]],
      ['csv/organization.csv', 7, [{ column: 'projectID', value: '777', rule: 'cordis.unknown_project' }]],
      ['csv/organization.csv', 8, [{ column: 'organisationID', value: '', rule: 'cordis.no_pic' }]],
    ])
    expect(refused[0]!.raw).toMatchObject({ id: '103', acronym: 'GAMMA', startDate: '2017-02-30' })
  })

  it('brings organisations by their PIC, once each', async () => {
    await importFile(world, 'cordis.zip', download())
    expect(await organisationBy('UNIVERSITY OF NOWHERE')).toMatchObject({
      names: { en: { text: 'UNIVERSITY OF NOWHERE', origin: 'imported' } },
      shortName: 'UNOW',
      identifiers: { pic: '999000001' },
      kind: 'university',
      country: 'AT',
      city: 'Wien',
      address: '1 Street, 1010',
      latitude: 48.2082,
      longitude: 16.3738,
      url: 'https://www.unow.example',
      titles: [],
      projectsTotal: 2,
    })
    expect(await organisationBy('NAMIB')).toMatchObject({ country: 'NA', kind: 'institute' })
  })

  it('keeps a nameless organisation under its PIC, with the Greek code of the Union read as ISO’s', async () => {
    await importFile(world, 'cordis.zip', download())
    const { body } = await world.ask('GET', '/organisations?nameless=true')
    expect(body.rows).toMatchObject([
      {
        name: '999000002',
        nameless: true,
        kind: 'company',
        size: null,
        country: 'GR',
        city: 'Athina',
        titles: ['SME'],
      },
    ])
  })

  it('brings projects with texts, parts, fields and money', async () => {
    const run = await importFile(world, 'cordis.zip', download())
    const [alpha] = (await world.ask('GET', '/projects?q=ALPHA')).body.rows
    const { body } = await world.ask('GET', `/projects/${alpha.id}`)
    expect(body).toMatchObject({
      rcn: '9001',
      grantNumber: '101',
      titles: { en: { text: 'Light & matter' } },
      objective: { en: { text: 'To study\n"light".' } },
      parts: ['H2020-EU.1.1.'],
      fields: ['optics', 'lasers'],
      scheme: 'RIA',
      totalCost: { minor: '100050', currency: 'EUR' },
      contribution: { minor: '90000', currency: 'EUR' },
      importId: run.id,
    })
    expect(
      body.participants.map((each: { name: string; role: string; contribution: { minor: string } }) => [
        each.name,
        each.role,
        each.contribution.minor,
      ]),
    ).toEqual([
      ['UNIVERSITY OF NOWHERE', 'coordinator', '50025'],
      // Twice in the project: the stronger role, the amounts added.
      ['999000002', 'participant', '35075'],
    ])
  })

  it('imported twice, changes nothing the second time', async () => {
    await importFile(world, 'cordis.zip', download())
    const again = await importFile(world, 'cordis.zip', download())
    expect(again.counts).toMatchObject({
      projects: { new: 0, changed: 0, same: 2, refused: 1 },
      organisations: { new: 0, changed: 0, same: 4 },
      participations: { new: 0, changed: 0, same: 4, refused: 2 },
    })
  })

  it('knows a project by its rcn though its id is another, and lets empty cells leave what stands', async () => {
    await importFile(world, 'first.zip', download())
    const renumbered = [['880101', 'ALPHA', '', '2016-01-01', '', '', '950', '', 'H2020', '', '', '9001']]
    const second = await importFile(
      world,
      'second.zip',
      download(renumbered, [['880101', '999000001', '', '', '', '', '', '', '', '', '', '', '', 'coordinator', '']]),
    )
    expect(second.counts).toMatchObject({
      projects: { read: 1, new: 0, changed: 1 },
      organisations: { new: 0, changed: 0, same: 1 },
      participations: { new: 0, changed: 0, same: 1 },
    })
    const [alpha] = (await world.ask('GET', '/projects?q=ALPHA')).body.rows
    expect(alpha).toMatchObject({ title: 'Light & matter', grantNumber: '880101', contribution: { minor: '95000' } })
  })

  it('finds a project of an earlier import for rows that come without it', async () => {
    await importFile(world, 'first.zip', download())
    const alone = zipOf({
      'project.csv': cordisCsv(PROJECT, []),
      'organization.csv': cordisCsv(ORGANISATION, [
        ['102', '999000009', '', 'LATE COMER', '', '', 'PRC', '', '', '', 'FR', '', '', 'participant', '5'],
      ]),
    })
    const run = await importFile(world, 'later.zip', alone)
    expect(run.counts).toMatchObject({
      projects: { read: 0 },
      organisations: { new: 1 },
      participations: { new: 1, refused: 0 },
    })
  })

  it('comes file by file too', async () => {
    const text = new TextEncoder()
    const first = await upload(world, 'project.csv', text.encode(cordisCsv(PROJECT, PROJECTS)))
    expect(first).toMatchObject({
      kind: 'cordis',
      state: 'mapping',
      reading: { missing: ['organization.csv'] },
      may: { addFile: true, map: false },
    })
    const { body } = await world.ask('POST', `/imports/${first.id}/files?name=organization.csv`, {
      raw: text.encode(cordisCsv(ORGANISATION, ORGANISATIONS)),
    })
    const run = await apply(world, await settle(world, body))
    expect(run).toMatchObject({ state: 'applied', counts: { organisations: { new: 4 }, projects: { new: 2 } } })
  })

  it('follows a merge that a person has made: the merged one’s parts go to the one that stays', async () => {
    await importFile(world, 'cordis.zip', download())
    const [kept, gone] = await Promise.all(['UNIVERSITY OF NOWHERE', 'NAMIB LABS'].map(organisationBy))
    const decided = await world.ask('POST', `/duplicates/${kept.id}/${gone.id}`, {
      body: { decision: 'merge', keep: kept.id },
    })
    expect(decided.status).toBe(200)
    const again = await importFile(world, 'cordis.zip', download())
    expect(again.counts).toMatchObject({ organisations: { new: 0, changed: 0 }, participations: { new: 0 } })
    expect((await rowsOf(world, again, '&note=merged')).map((row) => row.name)).toEqual(['NAMIB LABS'])
  })
})

const shared = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data')
const H2020 = join(shared, 'cordis-h2020/cordis-h2020projects-csv.zip')
const WITH_TEXT = join(shared, 'cordis-with-text')

describe.skipIf(!existsSync(H2020))('the shared CORDIS sets (skipped where they do not stand)', () => {
  it('agree by rcn: the one with texts adds 31 projects to the other, not 97', async () => {
    const texts = Object.fromEntries(
      await Promise.all(
        ['project.csv', 'organization.csv'].map(async (name) => [name, await readFile(join(WITH_TEXT, name), 'utf8')]),
      ),
    )
    const rcns = new Set([...texts['project.csv'].matchAll(/"(\d+)";"[^"]*"\n/g)].map(([, rcn]) => rcn))
    expect(rcns.size).toBe(97)
    const first = await importFile(world, 'h2020.zip', await excerpt(H2020, rcns))
    expect(first.counts!.projects.new).toBe(66)
    const second = await importFile(world, 'with-text.zip', zipOf(texts))
    expect(second.counts).toMatchObject({
      projects: { read: 97, new: 31, changed: 66, refused: 0 },
      organisations: { refused: 0 },
      participations: { refused: 0 },
    })
    const [project] = (await world.ask('GET', '/projects?q=mid-air%20haptics')).body.rows
    expect(project).toMatchObject({ acronym: 'DHaptics', parts: ['H2020-EU.1.1.'] })
    expect((await importFile(world, 'with-text.zip', zipOf(texts))).counts!.projects).toMatchObject({
      new: 0,
      changed: 0,
      same: 97,
    })
  })
})

/** The rows of a download that belong to some of its projects; in this set a project's id is its rcn. */
async function excerpt(path: string, ids: ReadonlySet<string | undefined>): Promise<Uint8Array> {
  const zip = await openZip(path, { unpackedBytesMax: 100_000_000 })
  const files: Record<string, string> = {}
  for (const name of ['project.csv', 'organization.csv']) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.open(name)) chunks.push(chunk as Buffer)
    const [head, ...lines] = Buffer.concat(chunks).toString('utf8').split('\n')
    files[name] = [head, ...lines.filter((line) => ids.has(/^"(\d+)"/.exec(line)?.[1]))].join('\n')
  }
  zip.close()
  return zipOf(files)
}
