import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, type Visitor, visit } from '../testing/pages.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const rowsOf = (page: Page) => page.locator('tbody tr[role=row]:not([aria-hidden])')

async function firstId(visitor: Visitor, list: string): Promise<string> {
  const answer = await visitor.context.request.get(`/api/zones/${DEMO_ZONE}/${list}`)
  return ((await answer.json()) as { rows: { id: string }[] }).rows[0]!.id
}

describe('the list of organisations', () => {
  test('filters as a sentence, keeps its state in the address, and is walked by keyboard', async () => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer' })
    await open('organisations')
    const all = Number(await page.getByRole('heading', { level: 1 }).getByRole('status').textContent())
    expect(all).toBeGreaterThanOrEqual(30)

    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter')
    await page.getByRole('menuitem', { name: 'Kind' }).press('Enter')
    await page.getByRole('checkbox', { name: 'University' }).press('Space')
    await page.getByRole('checkbox', { name: 'Research institute' }).press('Space')
    await page.getByRole('button', { name: 'Kind is University or Research institute' }).waitFor()
    await page.waitForURL('**/organisations?kind=university,institute')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Landong Institute', exact: false }).first().waitFor()
    await settled(page)
    const few = await rowsOf(page).count()

    await page.reload()
    await page.getByRole('button', { name: 'Kind is University or Research institute' }).waitFor()
    await settled(page)
    expect(await rowsOf(page).count()).toBe(few)

    await page.getByRole('button', { name: 'Results', exact: true }).press('Enter')
    await page.waitForURL('**sort=results**')
    await page.getByRole('button', { name: 'Remove “Kind”' }).press('Enter')
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr[role=row]').length > count, few)

    await page.getByRole('searchbox').fill('thermal')
    await page.waitForURL('**q=thermal**')
    await page.getByRole('button', { name: 'Clear the filters' }).first().click()
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr[role=row]').length >= count, all)
    await settled(page)

    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const chosen = await page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(chosen).not.toBe('')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: chosen.trim() }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('is kept as a view, which can be removed and brought back', async () => {
    const { page, open, close } = await visit(browser, { as: 'manager' })
    await open('organisations?kind=fund')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Funds')
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('button', { name: 'Funds', exact: true }).waitFor()
    await open('organisations')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Funds', exact: true }).click()
    await page.waitForURL('**/organisations?kind=fund')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Remove the view “Funds”' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Funds', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove the view “Funds”' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await close()
  })

  test('leaves as a workbook with what the filters leave', async () => {
    const { page, open, close } = await visit(browser, { as: 'officer', language: 'zh' })
    await open('organisations?kind=university')
    await page.getByRole('button', { name: '导出' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    await close()
  })

  test('Ctrl-K finds a record by name and goes there', async () => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer', language: 'zh' })
    await open('')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('衡域')
    await page
      .getByRole('option', { name: /衡域半导体/ })
      .first()
      .waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${DEMO_ZONE}/organisations/*`)
    await page.getByRole('heading', { level: 1, name: '澜江衡域半导体股份有限公司' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})

test('two people edit one organisation: the second is shown both versions and loses nothing', async () => {
  const first = await visit(browser, { as: 'officer' })
  const second = await visit(browser, { as: 'manager' })
  const name = `Conflict ${Date.now()}`
  await first.open('organisations/new')
  await first.page.getByRole('textbox', { name: /^Name/ }).fill(name)
  await first.page.getByRole('button', { name: 'Add an organisation' }).click()
  await first.page.getByRole('heading', { level: 1, name }).waitFor()
  const record = new URL(first.page.url()).pathname
  const path = `${record}/edit`

  await first.open(path)
  await second.open(path)
  await first.page.getByRole('textbox', { name: 'City' }).fill('Hangzhou')
  await first.page.getByRole('textbox', { name: 'Region' }).fill('Zhejiang')
  await first.page.getByRole('button', { name: 'Save', exact: true }).click()
  await first.page.waitForURL(`**${record}`)

  await second.page.getByRole('textbox', { name: 'City' }).fill('Ningbo')
  await second.page.getByRole('textbox', { name: 'Short name' }).fill('Conflict Co')
  await second.page.getByRole('button', { name: 'Save', exact: true }).click()
  await second.page.getByRole('heading', { name: 'Somebody changed this before you' }).waitFor()
  for (const said of ['Ningbo', 'Hangzhou']) await second.page.getByText(said, { exact: true }).waitFor()
  expect(await axeViolations(second.page)).toEqual([])
  await second.page.getByRole('radio', { name: 'As it is now' }).press('Space')
  await second.page.getByRole('button', { name: 'Save as chosen' }).click()
  await second.page.waitForURL(`**${record}`)

  const facts = second.page.getByRole('complementary')
  await facts.getByText(/Hangzhou, Zhejiang/).waitFor()
  await facts.getByText('Conflict Co').waitFor()
  expect([...first.complaints, ...second.complaints]).toEqual([])
  await first.close()
  await second.close()
})

test('a wrong identifier is told at its field, and unsaved changes are not lost by a stray press', async () => {
  const { page, open, close } = await visit(browser, { as: 'officer' })
  await open('organisations/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('Half an organisation')
  const code = page.getByRole('textbox', { name: 'USCC' })
  await code.fill('91110000600037341N')
  await page.getByRole('button', { name: 'Add an organisation' }).click()
  await page.getByText('The check digit does not fit').waitFor()
  expect(await code.getAttribute('aria-invalid')).toBe('true')
  await page.getByRole('link', { name: 'Results', exact: true }).click()
  await page.getByRole('dialog', { name: 'There are unsaved changes' }).waitFor()
  await page.getByRole('button', { name: 'Stay here' }).click()
  expect(await page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Half an organisation')
  await close()
})

test('a result is removed, and the removal is undone', async () => {
  const { page, open, close } = await visit(browser, { as: 'officer' })
  const title = `Result ${Date.now()}`
  await open('results/new')
  await page.getByRole('textbox', { name: /^Title/ }).fill(title)
  await page.getByRole('combobox', { name: 'Owners' }).fill('Lanjiang Univ')
  await page
    .getByRole('option', { name: /澜江大学|Lanjiang University/ })
    .first()
    .click()
  await page.getByRole('combobox', { name: 'Readiness' }).click()
  await page.getByRole('option', { name: 'TRL 5, validated in a relevant environment' }).click()
  await page.getByRole('button', { name: 'Add a result' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByText(`${title} is removed`).waitFor()
  const restored = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await restored).ok()).toBe(true)
  await open(`results?q=${encodeURIComponent(title)}`)
  await page.getByRole('link', { name: title }).waitFor()
  await close()
})

describe('the registry is free of barriers', () => {
  test.each([
    ['zh', 1440, 'light'],
    ['en', 1440, 'dark'],
    ['en', 360, 'light'],
  ] as const)('in %s at %d px, %s', async (language, width, scheme) => {
    const visitor = await visit(browser, { as: 'officer', language, width, scheme })
    const { page, open, complaints, close } = visitor
    const ids = Object.fromEntries(
      await Promise.all(
        ['organisations', 'results', 'projects', 'people'].map(async (list) => [list, await firstId(visitor, list)]),
      ),
    ) as Record<string, string>
    const paths = [
      'organisations',
      'organisations?kind=company&size_class=small',
      'organisations?q=nothing-is-called-this',
      `organisations/${ids.organisations}`,
      `organisations/${ids.organisations}?tab=history`,
      `organisations/${ids.organisations}/edit`,
      'organisations/new',
      'results?trl_from=4',
      `results/${ids.results}`,
      `results/${ids.results}/edit`,
      'projects',
      `projects/${ids.projects}`,
      'people',
      `people/${ids.people}`,
      'people/new',
      'duplicates',
    ]
    for (const path of paths) {
      await open(path)
      expect.soft(await axeViolations(page), path).toEqual([])
      expect.soft(await overflowOf(page), path).toBe(0)
    }
    expect(complaints).toEqual([])
    await close()
  })
})
