import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeAs } from './bytes.fixture.ts'
import { type CordisSource, openCordis } from './cordis.ts'
import { all, refusalOf } from './faults.fixture.ts'
import { forgeZip } from './zip.fixture.ts'

const shared = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordis-'))
})
afterAll(() => rm(folder, { recursive: true }))

const csv = (...rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\n')
const PROJECTS = csv(['id', 'rcn', 'acronym', 'title'], ['633635', '193248', 'DiaChemo', 'Point-of-care'])
const ORGANISATIONS = csv(
  ['projectID', 'organisationID', 'name', 'country', 'role'],
  ['633635', '993599810', '', 'NA', 'coordinator'],
)

let files = 0
const zipped = async (parts: Readonly<Record<string, string | Buffer>>): Promise<string> => {
  const path = join(folder, `${++files}.zip`)
  await writeFile(
    path,
    forgeZip(Object.entries(parts).map(([name, data]) => ({ path: name, data: Buffer.from(data) }))),
  )
  return path
}
const readAll = async (source: CordisSource) => {
  const download = await openCordis(source)
  try {
    return {
      files: download.files,
      projects: await all(download.projects()),
      organisations: await all(download.organisations()),
      topics: await all(download.topics()),
      tags: await all(download.euroSciVoc()),
    }
  } finally {
    download.close()
  }
}
const projectOf = async (columns: readonly string[], row: readonly string[]) =>
  (
    await readAll(
      await zipped({
        'project.csv': csv(['id', 'rcn', ...columns], ['1', '2', ...row]),
        'organization.csv': ORGANISATIONS,
      }),
    )
  ).projects[0]!
const organisationOf = async (columns: readonly string[], row: readonly string[]) =>
  (
    await readAll(
      await zipped({
        'project.csv': PROJECTS,
        'organization.csv': csv(['projectID', 'organisationID', ...columns], ['1', '2', ...row]),
      }),
    )
  ).organisations[0]!

describe('the files of a download', () => {
  it('lie in a zip, in a folder of it among others, in a folder on disk, or are named one by one', async () => {
    const parts = {
      'project.csv': PROJECTS,
      'organization.csv': ORGANISATIONS,
      'topics.csv': csv(['projectID', 'topic', 'title'], ['633635', 'PHC-10', 'Health']),
      'euroSciVoc.csv': csv(
        ['projectID', 'euroSciVocCode', 'euroSciVocPath', 'euroSciVocTitle'],
        ['633635', '/23/47', '/natural/physics', 'physics'],
      ),
    }
    const inside = Object.fromEntries(Object.entries(parts).map(([name, text]) => [`csv/${name}`, text]))
    const place = join(folder, 'unpacked', 'csv')
    await mkdir(place, { recursive: true })
    for (const [name, text] of Object.entries(parts)) await writeFile(join(place, name), text)
    const sources: CordisSource[] = [
      await zipped(parts),
      await zipped({
        'readme.pdf': '%PDF',
        '__MACOSX/project.csv': 'junk',
        'legalBasis.csv': 'x',
        ...inside,
        'json/project.json': '{}',
      }),
      join(folder, 'unpacked'),
      {
        project: join(place, 'project.csv'),
        organization: join(place, 'organization.csv'),
        topics: join(place, 'topics.csv'),
        euroSciVoc: join(place, 'euroSciVoc.csv'),
      },
    ]
    for (const source of sources) {
      const read = await readAll(source)
      expect(read.projects).toMatchObject([
        { line: 2, record: { rcn: '193248', grantNumber: '633635', acronym: 'DiaChemo' }, doubts: [] },
      ])
      expect(read.organisations).toMatchObject([
        { line: 2, record: { projectId: '633635', pic: '993599810', name: '', countryCode: 'NA' } },
      ])
      expect(read.topics).toMatchObject([{ record: { projectId: '633635', topic: 'PHC-10' } }])
      expect(read.tags).toMatchObject([{ record: { code: '/23/47', title: 'physics' } }])
    }
  })

  it('go by the names of their columns, whatever their order, case and delimiter', async () => {
    const read = await readAll(
      await zipped({
        'project.csv': 'Title,RCN,extra,ID\nA title,2,x,1\n',
        'organisation.csv': 'organizationID\tprojectId\n999\t1\n',
      }),
    )
    expect(read.projects[0]).toMatchObject({
      record: { rcn: '2', grantNumber: '1', title: 'A title', objective: '', totalCostCents: null },
    })
    expect(read.organisations[0]).toMatchObject({
      record: { pic: '999', projectId: '1', country: '', countryCode: null },
    })
  })

  it('may be in another encoding', async () => {
    const latin = encodeAs(csv(['id', 'rcn', 'title'], ['1', '2', 'Étude à Liège']), 'windows-1252')
    expect(
      (await readAll(await zipped({ 'project.csv': latin, 'organization.csv': ORGANISATIONS }))).projects[0],
    ).toMatchObject({ record: { title: 'Étude à Liège' } })
  })

  const refusals: readonly [string, Readonly<Record<string, string>>, string][] = [
    ['no organization.csv', { 'project.csv': PROJECTS }, 'unreadable file.missing_part organization.csv'],
    ['no project.csv', { 'organization.csv': ORGANISATIONS }, 'unreadable file.missing_part project.csv'],
    [
      'no rcn',
      { 'project.csv': csv(['id', 'title'], ['1', 'x']), 'organization.csv': ORGANISATIONS },
      'unreadable file.missing_column rcn',
    ],
    [
      'no projectID',
      { 'project.csv': PROJECTS, 'organization.csv': csv(['organisationID'], ['1']) },
      'unreadable file.missing_column projectID',
    ],
    ['an empty file', { 'project.csv': '', 'organization.csv': ORGANISATIONS }, 'unreadable file.missing_column id'],
    [
      'a path that climbs out',
      { '../project.csv': PROJECTS, 'organization.csv': ORGANISATIONS },
      'unreadable file.climbing_path undefined',
    ],
  ]
  it.each(refusals)('are refused with %s, naming it', async (_, parts, refusal) => {
    const source = await zipped(parts)
    const limit = await openCordis(source).catch((error) => error.details.limit)
    expect(`${await refusalOf(() => openCordis(source))} ${limit}`).toBe(refusal)
  })
})

describe('a project', () => {
  it.each([
    ['5240708,13', 524_070_813n],
    ['5240708.13', 524_070_813n],
    ['4654333', 465_433_300n],
    ['2e+06', 200_000_000n],
    ['1.25', 125n],
    ['1,234', 123n],
    ['1.234.567,89', 123_456_789n],
    ['0', 0n],
    ['', null],
  ])('costs %s', async (totalCost, cents) => {
    expect(await projectOf(['totalCost'], [totalCost])).toMatchObject({ record: { totalCostCents: cents } })
  })

  it.each([
    ['2015-05-01', '2015-05-01'],
    ['2015-05-01 00:00:00', '2015-05-01'],
    ['01/05/2015', '2015-05-01'],
    ['', null],
  ])('starts on %s', async (startDate, date) => {
    expect(await projectOf(['startDate'], [startDate])).toMatchObject({ record: { startDate: date } })
  })

  it('has its entities read and its lists parted', async () => {
    const read = await projectOf(
      ['title', 'objective', 'legalBasis', 'topics', 'keywords'],
      ['Smart &amp; safe &#39;things&#39;', 'First\nsecond &eacute;', 'SC1,LEIT', 'A-1;B-2', 'laser, optics'],
    )
    expect(read).toMatchObject({
      record: {
        title: "Smart & safe 'things'",
        objective: 'First\nsecond é',
        legalBasis: ['SC1', 'LEIT'],
        topics: ['A-1', 'B-2'],
        keywords: ['laser', 'optics'],
      },
    })
  })

  it.each([
    ['totalCost', 'a lot', 'cordis.bad_amount'],
    ['startDate', '2015-02-30', 'cordis.bad_date'],
  ])('is refused for its %s %s', async (column, value, rule) => {
    expect(await projectOf([column], [value])).toMatchObject({
      line: 2,
      record: null,
      refusals: [{ file: 'project.csv', line: 2, column, value, rule }],
    })
  })

  it('is refused without its record number', async () => {
    const read = await readAll(
      await zipped({ 'project.csv': csv(['id', 'rcn'], ['1', ''], ['', '2']), 'organization.csv': ORGANISATIONS }),
    )
    expect(read.projects.map((each) => each.refusals?.map(({ line, rule }) => [line, rule]))).toEqual([
      [[2, 'cordis.no_rcn']],
      [[3, 'cordis.no_grant_number']],
    ])
  })
})

describe('a participation', () => {
  it.each([
    ['quoted twice', '"CENTRE ""DEMOKRITOS"""', 'CENTRE "DEMOKRITOS"'],
    ['with a name in quotes', 'Institute "Leloir"', 'Institute "Leloir"'],
    ['of two names in quotes', '"Alpha" and "Beta"', '"Alpha" and "Beta"'],
    ['that is quoted whole', '"Alpha"', '"Alpha"'],
  ])('has its name %s', async (_, written, read) => {
    const { record } = await organisationOf(['name'], [written])
    expect(record?.name).toBe(read)
  })

  it.each([
    ['EL', 'GR'],
    ['UK', 'GB'],
    ['NA', 'NA'],
    ['United Kingdom', 'GB'],
    ['Former Yugoslav Republic Of Macedonia', 'MK'],
    ['', null],
  ])('in %s', async (country, countryCode) => {
    expect(await organisationOf(['country'], [country])).toMatchObject({ record: { country, countryCode }, doubts: [] })
  })

  it.each([
    ['48.1411687,11.5822929', 48.141_168_7, 11.582_292_9],
    ['(48.14,-11.58)', 48.14, -11.58],
    ['[48.14, 11.58]', 48.14, 11.58],
    ['', null, null],
  ])('lies at %s', async (geolocation, latitude, longitude) => {
    expect(await organisationOf(['geolocation'], [geolocation])).toMatchObject({
      record: { latitude, longitude },
      doubts: [],
    })
  })

  it.each([
    ['true', true],
    ['false', false],
    ['', null],
  ])('of an SME: %s', async (flag, sme) => {
    expect(await organisationOf(['SME'], [flag])).toMatchObject({ record: { sme } })
  })

  it.each([
    ['country', 'Atlantis', 'cordis.unknown_country'],
    ['geolocation', '948,11', 'cordis.bad_place'],
    ['SME', 'perhaps', 'cordis.bad_flag'],
  ])('stands, with a doubt, for its %s %s', async (column, value, rule) => {
    expect(await organisationOf([column], [value])).toMatchObject({
      record: { pic: '2' },
      doubts: [{ line: 2, column, value, rule }],
    })
  })

  it.each([
    ['organisationID', 'abc', 'cordis.bad_pic'],
    ['organisationID', '', 'cordis.no_pic'],
    ['projectID', '', 'cordis.no_project'],
  ])('is refused for its %s “%s”', async (column, value, rule) => {
    const row = { projectID: '1', organisationID: '2', [column]: value }
    const read = await readAll(
      await zipped({ 'project.csv': PROJECTS, 'organization.csv': csv(Object.keys(row), Object.values(row)) }),
    )
    expect(read.organisations[0]).toMatchObject({
      record: null,
      refusals: [{ file: 'organization.csv', line: 2, column, value, rule }],
    })
  })
})

const sets: readonly [string, string, number, number, number][] = [
  ['cordis-h2020', 'cordis-h2020projects-csv.zip', 20_073, 91_334, 27_411],
  ['cordis-with-text', '.', 97, 212, 193],
  ['projects-with-organisations', 'projects-csv.zip', 2_479, 7_937, 1_927],
]
describe.each(sets)('the shared set %s', (set, file, projects, participations, organisations) => {
  const source = join(shared, set, file)
  it.skipIf(!existsSync(source))(
    `holds ${projects} projects and ${participations} participations, none refused`,
    async () => {
      const download = await openCordis(source)
      const rcns = new Set<string>()
      const pics = new Set<string>()
      const grants = new Set<string>()
      let rows = 0
      let astray = 0
      let odd = 0
      for await (const { record, doubts } of download.projects()) {
        if (!record || doubts.length > 0) odd++
        else {
          rcns.add(record.rcn)
          grants.add(record.grantNumber)
        }
      }
      for await (const { record, doubts } of download.organisations()) {
        rows++
        if (!record || doubts.length > 0) odd++
        else {
          pics.add(record.pic)
          if (!grants.has(record.projectId)) astray++
        }
      }
      download.close()
      expect({ projects: rcns.size, rows, organisations: pics.size, astray, odd }).toEqual({
        projects,
        rows: participations,
        organisations,
        astray: 0,
        odd: 0,
      })
    },
  )
})
