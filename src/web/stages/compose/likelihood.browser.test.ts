import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Proposal } from '#stages/compose/model.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import { openBrowser } from '../../../testing/browser.ts'
import { askAs, expectOpenToAll, visit } from '../../../testing/pages.ts'
import { DEMO_NEED, propose } from '../../../testing/proposals.ts'

// Goal: whoever leans towards who came together before sees what that costs in coverage, and can turn back in one press.
// Method: the figures on the page are those of the API; the balanced team that is then composed is the one that was told.
const WAYS = [
  {
    language: 'zh',
    width: 360,
    title: '覆盖，还是更可能组成',
    rows: { covered: '覆盖的能力', middle: '成员按以往合作的中间名次', members: '成员' },
    covered: (count: number, of: number) => `${count}/${of}`,
    place: (place: number) => `第 ${place}`,
    take: '改为均衡',
  },
  {
    language: 'en',
    width: 1440,
    title: 'Covering more, or likelier to come together',
    rows: { covered: 'Capabilities covered', middle: 'Middle place of its members by past work', members: 'Members' },
    covered: (count: number, of: number) => `${count} of ${of}`,
    place: (place: number) => `${place}`,
    take: 'Take the balanced one',
  },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe('a team as past consortia formed', () => {
  test.each(WAYS)('stands beside the balanced one, in $language at $width', async ({ language, width, ...way }) => {
    const officer = await visit(browser, { as: 'officer', language, width })
    const { page } = officer
    const { id, likelihood } = await propose(officer, { weights: 'likely' })
    if (!likelihood?.known || !likelihood.balanced) throw new Error('The demo zone has a past to go by.')
    const both = [likelihood, likelihood.balanced]

    await officer.open(`needs/${DEMO_NEED}/compose?version=${id}`)
    const table = page.getByRole('region', { name: way.title })
    const cellsOf = (head: string) =>
      table
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: head, exact: true }) })
        .getByRole('cell')
        .allTextContents()
    await table.getByRole('rowheader', { name: way.rows.covered }).waitFor()
    expect(await cellsOf(way.rows.covered)).toEqual(both.map((one) => way.covered(one.covered, likelihood.wanted)))
    expect(await cellsOf(way.rows.middle)).toEqual(both.map((one) => (one.middle ? way.place(one.middle) : '—')))
    expect(await cellsOf(way.rows.members)).toEqual(both.map((one) => String(one.members)))
    await expectOpenToAll(page)

    await page.getByRole('button', { name: way.take }).click()
    await table.waitFor({ state: 'detached' })
    const versionOf = () => new URL(page.url()).searchParams.get('version')
    await expect.poll(versionOf).not.toBe(id)
    const version = versionOf()
    const balanced: Proposal = await askAs(officer, 'GET', `/proposals/${version}`)
    expect(balanced.conditions.weights).toEqual(PRESET_WEIGHTS.balanced)
    expect(balanced.solved.covered).toBe(likelihood.balanced.covered)
    expect(balanced.members).toHaveLength(likelihood.balanced.members)
    expect(officer.complaints).toEqual([])
    await officer.close()
  })
})
