import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { member, smallWorld } from '#engines/partners/partners.fixture.ts'
import { runShell } from '../testing/shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'consortia-partners-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NUMBERS = { batteries: 100, vaccines: 200, railways: 300, seeds: 400 }
const picOf = (organisation: string) => {
  const [field, number] = organisation.split('-') as [keyof typeof NUMBERS, string]
  return String(900_000_000 + NUMBERS[field] + Number(number))
}

/** The small world as a CORDIS download, and projects of a later day beside it. */
function writeDownload(name: string, late: string | null): string {
  const { projects, participations } = smallWorld()
  const place = join(folder, name)
  mkdirSync(place)
  const projectRows = projects.map(({ id, start, parts, text }) => `${id};${id};${start};${parts.join(',')};${text}`)
  const memberRows = participations.map(
    ({ project, organisation, role }) => `${project};${picOf(organisation)};${role};${organisation};FR;HES`,
  )
  if (late !== null)
    for (let number = 0; number < 30; number += 1) {
      projectRows.push(`late${number};late${number};${late};railways;track signalling`)
      for (const one of [member('railways', 1), member('seeds', 5)])
        memberRows.push(`late${number};${picOf(one)};participant;Another name;DE;PRC`)
      memberRows.push(`late${number};999;participant;Nobody yet;DE;PRC`)
    }
  writeFileSync(join(place, 'project.csv'), ['id;rcn;startDate;legalBasis;objective', ...projectRows].join('\n'))
  writeFileSync(
    join(place, 'organization.csv'),
    ['projectID;organisationID;role;name;country;activityType', ...memberRows].join('\n'),
  )
  return place
}

const question = {
  id: 'q1',
  part: 'railways',
  start: '2019-04-01',
  given: [1, 2, 3].map((one) => picOf(member('railways', one))),
}

async function runPartners(download: string, lines: readonly string[], before = '2019-01-01') {
  const queries = join(folder, 'queries.jsonl')
  const run = join(folder, 'run.txt')
  writeFileSync(queries, lines.join('\n'))
  const told = await runShell([
    'engine',
    'partners',
    '--cordis',
    download,
    '--before',
    before,
    '--queries',
    queries,
    '--k',
    '5',
    '--run',
    run,
    '--json',
  ])
  return { ...told, run: told.code === 0 ? readFileSync(run, 'utf8') : '' }
}

describe('engine partners', () => {
  const plain = writeDownload('plain', null)

  test('ranks organisations as a TREC run, blind to what began later', async () => {
    const told = await runPartners(plain, [JSON.stringify(question)])
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(told.out)).toMatchObject({
      projects: 200,
      organisations: 48,
      questions: 1,
      lines: 5,
      learned: [{ before: '2019-01-01', fromTheseRecords: true, form: 'completing' }],
    })
    const lines = told.run.trim().split('\n')
    expect(lines).toHaveLength(5)
    lines.forEach((line, at) => {
      expect(line).toMatch(new RegExp(`^q1 Q0 9000003\\d\\d ${at + 1} -?\\d+\\.\\d{6} consortia$`))
    })
    const poisoned = await runPartners(writeDownload('poisoned', '2019-01-01'), [JSON.stringify(question)])
    expect(poisoned.run).toBe(told.run)
  })

  test.each([
    ['a day that is none', [JSON.stringify(question)], '2019-02-30', /^invalid: 2019-02-30 is no day/],
    ['a question without a start', ['{"id":"a","given":[]}'], undefined, /start/],
    [
      'a question twice',
      [JSON.stringify(question), JSON.stringify(question)],
      undefined,
      /^invalid: The id q1 stands twice/,
    ],
  ])('refuses %s', async (_says, lines, before, expected) => {
    const told = await runPartners(plain, lines, before)
    expect(told).toMatchObject({ code: 1, out: '' })
    expect(told.err).toMatch(expected)
  })
})
