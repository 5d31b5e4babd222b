import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proposal } from '#stages/compose/model.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import { openBrowser } from '../../../testing/browser.ts'
import { askAs, expectOpenToAll, visit } from '../../../testing/pages.ts'
import { DEMO_NEED, propose } from '../../../testing/proposals.ts'

// Goal: whoever stops a search knows which team is shown, and can seek what was asked for after all.
// Method: the server's answer is held back until the search was stopped.
const STOPPED = 'The search was stopped; the team below is the one from before.'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test('a search that was stopped says so, and is taken up with what was asked for', { timeout: 300_000 }, async () => {
  const officer = await visit(browser, { as: 'officer' })
  const { page } = officer
  const before = await propose(officer, {})
  await officer.open(`needs/${DEMO_NEED}/compose?version=${before.id}`)
  await page.route('**/proposals', (route) => (route.request().method() === 'POST' ? undefined : route.continue()))
  await page.getByText('Few', { exact: true }).click()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByText(STOPPED).waitFor()
  await expectOpenToAll(page)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.getByRole('button', { name: 'Compose again' }).click()
  await page.getByText(STOPPED).waitFor({ state: 'detached' })
  const isLean = async () => {
    const version = new URL(page.url()).searchParams.get('version')
    const { conditions }: Proposal = await askAs(officer, 'GET', `/proposals/${version}`)
    return conditions.weights
  }
  await expect.poll(isLean).toEqual(PRESET_WEIGHTS.lean)
  expect(officer.complaints).toEqual([])
  await officer.close()
})
