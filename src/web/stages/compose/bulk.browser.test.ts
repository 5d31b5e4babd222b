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

const PATIENTLY = { timeout: 180_000 }
const NARROW_PX = 360
const OUTCOME = new RegExp(`/${DEMO_ZONE}/compose-all/.`)

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe.each(WAYS)('An officer, in $language', PATIENTLY, (way) => {
  test('composes for all open needs, and opens what came of one', async () => {
    const { page, open, close, complaints } = await visit(browser, { as: 'officer', language: way.language })
    await open('compose-all')
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('combobox', { name: way.capacity }).click()
    await page.getByRole('option', { name: '2', exact: true }).click()
    // Another visitor may have composed for the same already.
    const anew = page.getByRole('radio', { name: way.anew })
    if (await anew.count()) await anew.check()
    await page.getByRole('button', { name: way.start }).click()
    await page.getByRole('progressbar').first().waitFor()
    await open('compose-all')
    // A quick machine has done it by then: the form is back, and the run the first in the list.
    const form = page.getByRole('radiogroup', { name: way.kept })
    await Promise.race([page.waitForURL(OUTCOME, PATIENTLY), form.waitFor(PATIENTLY)])
    if (!OUTCOME.test(page.url())) await page.locator(`a[href^="/${DEMO_ZONE}/compose-all/"]`).first().click()
    await page.waitForURL(OUTCOME, PATIENTLY)
    await settled(page)
    await page.getByText(way.answer).waitFor()
    await page.getByRole('heading', { name: way.over }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    const outcome = new URL(page.url()).pathname
    await page.getByRole('button', { name: way.again }).click()
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
