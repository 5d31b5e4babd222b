import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../../../testing/pages.ts'

// Goal: a member of the committee reads the Ten Ones and goes from each figure to the very records that it counts, among
// them a firm whose ledger was imported just now.
const WAYS = [
  {
    language: 'zh',
    ones: '十个一',
    enterprises: '一批先导企业',
    firm: ['云汀电芯装备有限公司', '电芯与制造装备', '91320594MA7QRTU129'],
    choose: '选择文件',
    check: /^检查/,
    take: /^入库/,
    taken: '写入了什么',
    brokenLink: /空缺，断链/,
  },
  {
    language: 'en',
    ones: 'The Ten Ones',
    enterprises: 'A group of pioneer enterprises',
    firm: ['Sandbank Converters Ltd', 'Converters and storage systems', '91320594MA7WXYK34A'],
    choose: 'Choose a file',
    check: /^Check the/,
    take: /^Take the/,
    taken: 'What was written',
    brokenLink: /nothing, a broken link/,
  },
] as const
type Way = (typeof WAYS)[number]

const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const cards = (page: Page, way: Way) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 2, name: way.ones, exact: true }) })
    .locator('ol > li')

async function openPlan(page: Page, open: (path: string) => Promise<void>, way: Way): Promise<void> {
  await open('plan')
  await cards(page, way).nth(9).waitFor()
}

const figureOf = async (page: Page, way: Way, at: number) =>
  Number(await cards(page, way).nth(at).locator('[data-why]').innerText())

/** Presses a figure, reads in the panel what it counts, and follows it to the list. Answers what the list counts. */
async function openRecords(page: Page, way: Way, at: number): Promise<number> {
  await cards(page, way).nth(at).locator('[data-why]').press('Enter')
  const panel = page.getByRole('complementary')
  await panel.getByRole('link').last().waitFor()
  await settled(page)
  if (at === 0) expect(await axeViolations(page)).toEqual([])
  await panel.getByRole('link').last().press('Enter')
  await page.waitForURL((url) => url.pathname !== `/${DEMO_ZONE}/plan`)
  const count = page.getByRole('heading', { level: 1 }).getByRole('status')
  await count.waitFor()
  await settled(page)
  return Number(await count.innerText())
}

/** Imports a ledger of one firm, in the zone's own words for its segment. */
async function importFirm(page: Page, open: (path: string) => Promise<void>, way: Way): Promise<void> {
  const [name, segment, code] = way.firm
  const ledger = `企业名称,统一社会信用代码,产业链环节,资质荣誉\n${name},${code},${segment},高新技术企业\n`
  await open('imports')
  const file = { name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(ledger) }
  await page.getByLabel(way.choose).setInputFiles(file)
  await page.waitForURL(`**/${DEMO_ZONE}/imports/*`)
  for (const button of [way.check, way.take]) {
    const target = page.getByRole('button', { name: button })
    await expect.poll(() => target.isEnabled()).toBe(true)
    await target.press('Enter')
  }
  await page.getByRole('heading', { name: way.taken }).waitFor()
  await settled(page)
}

describe('a committee member reads the Ten Ones', () => {
  test.each(WAYS.map((way) => [way.language, way] as const))('in %s', async (_language, way) => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer', language: way.language })
    await openPlan(page, open, way)
    expect(await cards(page, way).count()).toBe(10)
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: NARROW_PX, height: 900 })
    expect(await overflowOf(page)).toBe(0)
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })

    const opened: [string, number, number][] = []
    for (let at = 0; at < 10; at += 1) {
      const measured = await figureOf(page, way, at)
      const name = await cards(page, way).nth(at).getByRole('heading').innerText()
      opened.push([name, measured, await openRecords(page, way, at)])
      await openPlan(page, open, way)
    }
    expect(opened.map(([name, , counted]) => [name, counted])).toEqual(
      opened.map(([name, measured]) => [name, measured]),
    )
    const enterprises = opened.findIndex(([name]) => name === way.enterprises)

    await importFirm(page, open, way)
    await openPlan(page, open, way)
    expect(await figureOf(page, way, enterprises)).toBe(opened[enterprises]![1] + 1)
    await openRecords(page, way, enterprises)
    await page.getByRole('link', { name: way.firm[0] }).first().waitFor()

    // A broken link of the four chains says why it is one, and opens to what is not there.
    await openPlan(page, open, way)
    await page.getByRole('button', { name: way.brokenLink }).first().press('Enter')
    await page.getByRole('complementary').getByRole('link').last().waitFor()
    expect(await axeViolations(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
