import { text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openZip } from '../../files/zip.ts'
import { type ComposeWorld, openComposeWorld, PATIENT } from './compose.fixture.ts'
import { exportProposal } from './export.ts'
import { PROPOSAL_TYPES, type Proposal } from './model.ts'

const UNPACKED_BYTES_MAX = 10_000_000

let world: ComposeWorld
let proposal: Proposal
beforeAll(async () => {
  world = await openComposeWorld()
  await world.addResult({
    owners: [world.who.presser],
    title: { zh: '温等静压 =1+1', en: 'Warm isostatic pressing <&> \u0001' },
    summary: { zh: '600 MPa 温等静压' },
  })
  await world.within(async (tx) => {
    await tx
      .deleteFrom('coverage_judgement')
      .where('zone_id', '=', world.zoneId)
      .where('organisation_id', '=', world.who.presser)
      .execute()
  })
  proposal = await world.propose({ kinds: { fund: 1 } })
}, PATIENT.timeout)

async function bytesOf(format: 'docx' | 'xlsx', language: 'zh' | 'en' | 'pt', told = proposal): Promise<Uint8Array> {
  const response = await exportProposal(told, { format, language, timeZone: 'Asia/Shanghai' })
  return new Uint8Array(await response.arrayBuffer())
}

async function partOf(document: Uint8Array, path: string): Promise<string> {
  const zip = await openZip(document, { unpackedBytesMax: UNPACKED_BYTES_MAX })
  try {
    return await text(await zip.open(path))
  } finally {
    zip.close()
  }
}

/** What a reader sees, without the marks. */
const wordsOf = (xml: string) =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, words]) => words).join('\n')

describe('The document', PATIENT, () => {
  it('says the answer, who is in it and why, what is covered, what is missing and how it was found', async () => {
    const words = wordsOf(await partOf(await bytesOf('docx', 'zh'), 'word/document.xml'))
    for (const said of [
      '联合体组建方案',
      '技术需求：低压固态电池',
      '建议由自家公司牵头，共 5 家单位组成联合体，覆盖 4 项能力中的 3 项；在所设条件下已证明为最优。缺口：泄漏监测。',
      '首席科学家单位',
      '团队中“固态电解质”由其覆盖得最好，无人替代',
      '仅达到“相邻领域”，需要“有佐证”',
      '输入指纹',
      proposal.inputsHash,
      '2026-11-22',
    ])
      expect(words).toContain(said)
  })

  it('says it in English, and for any other language too', async () => {
    for (const language of ['en', 'pt'] as const) {
      const words = wordsOf(await partOf(await bytesOf('docx', language), 'word/document.xml'))
      expect(words).toContain('covers 3 of 4 capabilities; it is proven best under the conditions set.')
      expect(words).toContain('Chief scientist’s seat')
    }
    const words = wordsOf(await partOf(await bytesOf('docx', 'en'), 'word/document.xml'))
    expect(words).toContain('Lanjiang University')
    expect(words).not.toMatch(/[\u4e00-\u9fff]{4}.*仅达到/)
  })

  it('holds no control character, escapes what XML needs, and sets a Chinese font', async () => {
    const document = await bytesOf('docx', 'zh')
    const xml = await partOf(document, 'word/document.xml')
    expect(xml).toContain('&lt;&amp;&gt;')
    expect(xml).not.toContain('\u0001')
    const styles = await partOf(document, 'word/styles.xml')
    expect(styles).toContain('w:eastAsia="Microsoft YaHei"')
    expect(styles).toMatch(/w:lang [^>]*w:eastAsia="zh-CN"/)
    expect(xml).toContain('<w:tblHeader/>')
  })

  it('says which conditions can’t hold together where there is no team', async () => {
    const none = await world.propose({ sizeMax: 1 })
    const words = wordsOf(await partOf(await bytesOf('docx', 'zh', none), 'word/document.xml'))
    expect(words).toContain('没有任何组合能同时满足这些条件：')
    expect(words).toContain('关键能力必须覆盖')
  })

  it('says when it is no longer of today', async () => {
    const words = wordsOf(await partOf(await bytesOf('docx', 'en', { ...proposal, stale: true }), 'word/document.xml'))
    expect(words).toContain('has changed since this was made')
  })
})

describe('The workbook', PATIENT, () => {
  it('has a sheet each for members, coverage, gaps and evidence', async () => {
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await bytesOf('xlsx', 'zh')) as never)
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['成员', '能力覆盖', '缺口', '佐证'])
    const rowsOf = (at: number) =>
      workbook.worksheets[at]!.getSheetValues()
        .slice(2)
        .map((row) => (row as unknown[]).slice(1))
    expect(rowsOf(0).map(([name, role]) => [name, role])).toContainEqual(['产业基金', '投资方'])
    expect(rowsOf(1)).toContainEqual(['固态电解质', 5, '是', 3, 2, '澜江大学 (3); 材料研究所 (1)'])
    expect(rowsOf(2)[0]?.slice(0, 5)).toEqual(['泄漏监测', 0, 2, '传感公司', 1])
    expect(rowsOf(3).find(([, capability]) => capability === '温等静压')?.[4]).toContain('=1+1')
  })

  it('keeps every text as text', async () => {
    const sheet = await partOf(await bytesOf('xlsx', 'en'), 'xl/worksheets/sheet4.xml')
    expect(sheet).not.toContain('<f>')
  })
})

describe('The address', PATIENT, () => {
  it.each([
    ['docx', 0],
    ['xlsx', 1],
  ] as const)('gives a %s by its name', async (format, at) => {
    const path = `/proposals/${proposal.id}/export?format=${format}&language=zh`
    const { status, headers } = await world.ask('GET', path, { as: 'company' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe(PROPOSAL_TYPES[at])
    const name = headers.get('content-disposition')!.split("UTF-8''")[1]!
    expect(decodeURIComponent(name)).toBe(`联合体组建方案 低压固态电池 2026-11-22.${format}`)
  })

  it('refuses another format', async () => {
    expect((await world.ask('GET', `/proposals/${proposal.id}/export?format=pdf`)).status).toBe(422)
  })
})
