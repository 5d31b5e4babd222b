import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../../../testing/pages.ts'

// Goal: an officer goes through a need's candidates by keyboard alone: answers, takes back, and holds some side by side.
const WAYS = [
  {
    language: 'zh',
    need: '2 MPa 低堆叠压力全固态软包电芯',
    interest: /已表示有意向/,
    takenBack: /答复已撤回/,
    refuse: '婉拒',
    code: /技术太早期/,
    hide: '隐藏已答复的',
    compare: '并排比较',
    side: '候选并排比较',
    back: '返回列表',
    merit: '实力分',
  },
  {
    language: 'en',
    need: 'All-solid-state pouch cell at 2 MPa stack pressure',
    interest: /Interest said/,
    takenBack: /The answer is taken back/,
    refuse: 'Decline',
    code: /too early/,
    hide: 'Hide the answered',
    compare: 'Side by side',
    side: 'Candidates side by side',
    back: 'Back to the list',
    merit: 'merit',
  },
] as const
type Way = (typeof WAYS)[number]
const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const cards = (page: Page) => page.locator('[data-card]')
const keyOf = (page: Page, at: number) => cards(page).nth(at).getAttribute('data-card')
/** The card in which the keyboard stands. */
const here = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card ?? null)

async function openBoard(page: Page, open: (path: string) => Promise<void>, way: Way) {
  await open('needs?state=open')
  await page.getByRole('link', { name: way.need }).first().click()
  await page.waitForURL(`**/${DEMO_ZONE}/needs/*`)
  await open(`${new URL(page.url()).pathname}/match`)
  await cards(page).first().waitFor()
}

describe('candidates are gone through by keyboard', () => {
  test.each(WAYS.map((way) => [way.language, way] as const))('in %s', async (_language, way) => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer', language: way.language })
    await openBoard(page, open, way)
    expect(await axeViolations(page)).toEqual([])

    const answered = cards(page).nth(0).locator('[data-answer]')
    const before = await answered.count()
    await page.keyboard.press('j')
    const first = await keyOf(page, 0)
    await expect.poll(() => here(page)).toBe(first)
    await page.keyboard.press('i')
    await page.getByText(way.interest).first().waitFor()
    await expect.poll(() => answered.count()).toBe(before + 1)
    await page.keyboard.press('u')
    await page.getByText(way.takenBack).first().waitFor()
    await expect.poll(() => answered.count()).toBe(before)

    await page.keyboard.press('j')
    const refused = await keyOf(page, 1)
    await expect.poll(() => here(page)).toBe(refused)
    await page.keyboard.press('r')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: way.code }).press('Space')
    await dialog.getByRole('button', { name: way.refuse }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    const said = page.locator(`[data-card="${refused}"] [data-answer=refusal]`)
    await expect.poll(() => said.count()).toBeGreaterThan(0)
    await page.getByRole('switch', { name: way.hide }).press('Space')
    await expect.poll(() => page.locator(`[data-card="${refused}"]`).count()).toBe(0)
    await page.getByRole('switch', { name: way.hide }).press('Space')
    await expect.poll(() => page.locator(`[data-card="${refused}"]`).count()).toBe(1)

    await cards(page).nth(0).locator('[data-why]').focus()
    await page.keyboard.press('c')
    await page.keyboard.press('j')
    await page.keyboard.press('c')
    await page.getByRole('button', { name: way.compare }).press('Enter')
    const side = page.getByRole('region', { name: way.side })
    await side.waitFor()
    await expect.poll(() => side.getByRole('columnheader').count()).toBe(2)
    await side.getByRole('rowheader', { name: way.merit }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: NARROW_PX, height: 900 })
    expect(await overflowOf(page)).toBe(0)
    expect(await axeViolations(page)).toEqual([])
    await page.reload()
    await settled(page)
    await side.waitFor()
    await page.getByRole('button', { name: way.back }).press('Enter')
    await cards(page).first().waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
