import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { overflowOf, settled, visit } from '../../../testing/pages.ts'

// Goal: an officer writes the zone's own rules, sees what they would change, composes under them, and weighs other teams.
const WAYS = [
  {
    language: 'zh',
    width: 1440,
    ...{ unsaved: '有未保存的修改', stay: '留在本页' },
    ...{ add: '添加本园区的规则', zh: '名称（中文）', en: '名称（英文）', name: '标识' },
    ...{ source: '依据的文件', preview: '看看会改变什么', put: '启用', packs: '规则包', rules: '规则逐条核对' },
    ...{ candidates: '候选', pinned: '指定', study: '算一算', prices: '条件的代价', met: '符合' },
  },
  {
    language: 'en',
    width: 360,
    ...{ unsaved: 'There are unsaved changes', stay: 'Stay here' },
    ...{ add: 'Add the zone’s own rules', zh: 'Name in Chinese', en: 'Name in English' },
    ...{ name: 'Short name', source: 'The document it rests on', preview: 'See what it would change' },
    ...{ put: 'Put in use', packs: 'Rules of a call', rules: 'The rules, one by one' },
    ...{
      study: 'Work it out',
      prices: 'What the conditions cost',
      candidates: 'Candidates',
      pinned: 'kept in',
      met: 'met',
    },
  },
] as const

const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe.each(WAYS)('An officer, in $language at $width px', (way) => {
  test('writes rules, composes under them, and sees other teams and what conditions cost', async () => {
    const { language, width } = way
    const { page, open, close, complaints } = await visit(browser, { as: 'officer', language, width })
    await open('rule-packs')
    await page.getByRole('button', { name: way.add }).click()
    const title = `Rules ${language} ${Date.now()}`
    await page.getByLabel(way.zh, { exact: true }).fill(title)
    await page.getByLabel(way.en, { exact: true }).fill(title)
    await page.getByLabel(way.name, { exact: true }).fill(`team-${language}-${Date.now()}`)
    await page.getByLabel(way.source, { exact: true }).fill('The zone’s own measure')
    expect(await axeViolations(page)).toEqual([])
    if (width > NARROW_PX) {
      await page.locator('nav a[href$="/needs"]').first().click()
      await page.getByRole('dialog', { name: way.unsaved }).getByRole('button', { name: way.stay }).click()
    }
    await page.getByRole('button', { name: way.preview }).click()
    await page.getByRole('button', { name: way.put, exact: true }).click()
    await page.getByRole('heading', { name: title }).waitFor()
    expect(await overflowOf(page)).toBe(0)

    await open('needs?state=open')
    await page.locator('a[href*="/needs/"]').first().click()
    await page.waitForURL(/\/needs\/[0-9a-f-]+$/)
    await open(`${new URL(page.url()).pathname}/compose`)
    await page.getByRole('combobox', { name: way.packs }).click()
    await page.getByRole('option', { name: title }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: way.rules }).waitFor()
    await page.getByText(way.met, { exact: true }).first().waitFor()
    await page.getByRole('button', { name: way.study }).click()
    await page.getByRole('heading', { name: way.prices }).waitFor()
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    if (width > NARROW_PX) {
      const candidates = page.getByRole('region', { name: way.candidates })
      await candidates.locator('li').last().dragTo(page.locator('[data-drop="pin"]'))
      await candidates.getByText(way.pinned, { exact: true }).first().waitFor()
      await page.getByRole('heading', { name: way.rules }).waitFor()
    }
    expect(complaints).toEqual([])
    await close()
  })
})
