import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, settled, visit } from '../../../testing/pages.ts'

// Goal: whoever answers candidates keeps their place, sees on the card what went wrong, and can take an answer back later.
const NEED = '20 µm ultrathin lithium foil anode'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const card = (page: Page, at: number) => page.locator('[data-card]').nth(at)
const keyHere = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-card]')?.dataset.card ?? null)

async function openBoard() {
  const visitor = await visit(browser, { as: 'officer' })
  const { page, open } = visitor
  await open('needs?state=open')
  await page.getByRole('link', { name: NEED }).first().click()
  await page.waitForURL(`**/${DEMO_ZONE}/needs/*`)
  await open(`${new URL(page.url()).pathname}/match`)
  await card(page, 0).waitFor()
  return visitor
}

test('a pressed answer keeps the focus, and a refusal hands it to the candidate behind', async () => {
  const { page, complaints, close } = await openBoard()
  const [first, second] = [await card(page, 0).getAttribute('data-card'), await card(page, 1).getAttribute('data-card')]
  await card(page, 0).getByRole('button', { name: 'Later' }).press('Enter')
  await page.getByText('the other side does not know').first().waitFor()
  await settled(page)
  await expect.poll(() => keyHere(page)).toBe(first)

  await page.keyboard.press('r')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(() => keyHere(page)).toBe(first)

  await page.keyboard.press('r')
  await page.getByRole('radio', { name: /no capacity/ }).press('Space')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await expect.poll(() => keyHere(page)).toBe(second)
  expect(complaints).toEqual([])

  // It is taken back on another day, from its card.
  await page.reload()
  await settled(page)
  const refused = page.locator(`[data-card="${first}"]`)
  await refused.locator('[data-answer=refusal]').waitFor()
  await refused.getByRole('button', { name: 'Take it back' }).press('Enter')
  await expect.poll(() => refused.locator('[data-answer]').count()).toBe(0)
  await close()
})

test('an answer that does not arrive says so on its card', async () => {
  const { page, close } = await openBoard()
  await page.route('**/responses', (route) => route.abort())
  await card(page, 2).getByRole('button', { name: 'Say interest' }).click()
  await card(page, 2).getByRole('alert').getByText('can’t be reached').waitFor()
  await close()
})
