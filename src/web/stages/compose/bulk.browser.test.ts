import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../../../testing/pages.ts'

// Goal: an officer composes for all open needs at once, leaves the page and comes back, and opens one need's proposal.
const WAYS = [
  {
    language: 'zh',
    capacity: /每家机构/,
    start: /^为 \d+ 个需求组建$/,
    again: '重新组建',
    anew: '全部重新组建',
    kept: /没有变化，已有方案$/,
    answer: /个有了团队/,
    open: /^打开方案/,
    over: '抢手的机构',
  },
  {
    language: 'en',
    capacity: /^Teams one organisation/,
    start: /^Compose for \d+ needs$/,
    again: 'Compose again',
    anew: 'All anew',
    kept: /none has changed since$/,
    answer: /needs have a team/,
    open: /^Open the proposal/,
    over: 'Asked for too often',
  },
] as const

const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe.each(WAYS)('An officer, in $language', (way) => {
  test('composes for all open needs, and opens what came of one', async () => {
    const { page, open, close, complaints } = await visit(browser, { as: 'officer', language: way.language })
    await open('compose-all')
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('combobox', { name: way.capacity }).click()
    await page.getByRole('option', { name: '2', exact: true }).click()
    // Another visitor may have composed for the same already.
    const anew = page.getByRole('radio', { name: way.anew })
    if (await anew.count()) await anew.check()
    const ordered = page.waitForResponse((answer) => answer.request().method() === 'POST')
    await page.getByRole('button', { name: way.start }).click()
    const { workId } = await (await ordered).json()
    const outcome = `/${DEMO_ZONE}/compose-all/${workId}`
    const opened = page.getByRole('button', { name: way.again })
    // A quick machine has done it before one looks: the outcome is open then, or stands in the list.
    await page.getByRole('progressbar').or(opened).first().waitFor()
    await open('compose-all')
    await page.locator(`a[href="${outcome}"]`).or(opened).first().waitFor()
    if (new URL(page.url()).pathname !== outcome) await open(outcome)
    await page.waitForURL(`**${outcome}`)
    await settled(page)
    await page.getByText(way.answer).waitFor()
    await page.getByRole('heading', { name: way.over }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await opened.click()
    await page.getByRole('radiogroup', { name: way.kept }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await anew.check()
    await page.getByRole('button', { name: way.start }).waitFor()
    await page.goBack()
    await settled(page)
    await page.getByRole('link', { name: way.open }).first().click()
    await page.waitForURL(/\/compose\?version=/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(complaints).toEqual([])
    await close()
    const narrow = await visit(browser, { as: 'officer', language: way.language, width: NARROW_PX })
    await narrow.open(outcome)
    expect(await overflowOf(narrow.page)).toBe(0)
    await narrow.close()
  })
})

test('A company is not shown what is for the staff', async () => {
  const { page, open, close } = await visit(browser, { as: 'yaochuan', language: 'en' })
  await open('compose-all')
  await page.getByRole('alert').first().waitFor()
  await close()
})
