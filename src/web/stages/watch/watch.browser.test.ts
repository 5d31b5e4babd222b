import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../../../testing/pages.ts'

// Goal: a member saves a search; another person adds a record that fits; one notice appears, and the feed holds it.
const WAYS = [
  {
    language: 'zh',
    word: '氢',
    title: '氢能阀门密封',
    watch: '订阅',
    all: '我的订阅',
    bell: /^通知/,
    about: '订阅有新成果',
    make: '生成地址',
    revoke: '停用',
    more: '更多操作',
    remove: '取消订阅',
    undo: '撤销',
    empty: '还没有订阅',
    wanted: '需要它的需求',
    letter: '接收周报',
    next: '下一封',
  },
  {
    language: 'en',
    word: 'hydrogen',
    title: 'A hydrogen valve seal',
    watch: 'Save and notify',
    all: 'Saved searches',
    bell: /^Notices/,
    about: 'A new result in your saved searches',
    make: 'Make an address',
    revoke: 'End it',
    more: 'More for',
    remove: 'End it',
    undo: 'Undo',
    empty: 'No saved searches yet',
    wanted: 'Needs that want it',
    letter: 'Send me the weekly letter',
    next: 'The next one',
  },
] as const

/** The server looks every few seconds. */
const PATIENTLY = { interval: 1_000 }
const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe('a member saves a search', () => {
  test.each(WAYS.map((way) => [way.language, way] as const))('in %s', async (_language, way) => {
    const member = await visit(browser, { as: 'professor', language: way.language })
    const { page, open } = member
    await open(`results?q=${encodeURIComponent(way.word)}`)
    await page.getByRole('button', { name: way.watch, exact: true }).press('Enter')
    const dialog = page.getByRole('dialog', { name: way.watch })
    await dialog.getByRole('textbox').fill(`${way.word}, ${way.language}`)
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('textbox').press('Enter')
    await dialog.waitFor({ state: 'hidden' })

    // Somebody else adds a record that fits.
    const officer = await visit(browser, { as: 'officer', language: way.language })
    const origin = new URL(page.url()).origin
    const title = `${way.title} ${Date.now()}`
    const zone = `/api/zones/${DEMO_ZONE}`
    const { rows } = await (await officer.context.request.get(`${zone}/organisations?size=1`)).json()
    const added = await officer.context.request.post(`${zone}/results`, {
      data: { title, owners: [rows[0].id] },
      headers: { origin },
    })
    expect(added.status()).toBe(201)

    const told = async () => {
      const notices = await (await member.context.request.get(`${zone}/notices`)).json()
      return notices.rows.filter(({ body }: { body: string }) => body.startsWith(title)).length
    }
    await expect.poll(told, PATIENTLY).toBe(1)
    await open('watches')
    await page.getByRole('button', { name: way.bell }).press('Enter')
    const notice = page.getByRole('dialog').getByRole('listitem').filter({ hasText: title })
    await notice.getByRole('link', { name: way.about }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: title }).first().waitFor()
    expect(await axeViolations(page)).toEqual([])

    // The feed is read without a sign-in, until its address is ended.
    await page.getByRole('button', { name: way.make }).press('Enter')
    const address = await page.locator('[data-feed]').inputValue()
    const reader = await visit(browser)
    const path = new URL(address).pathname
    const feed = await (await reader.context.request.get(path)).text()
    expect(feed.split(`<title>${title}</title>`)).toHaveLength(2)
    await page.getByRole('button', { name: way.revoke, exact: true }).press('Enter')
    await page.getByRole('button', { name: way.make }).waitFor()
    expect((await reader.context.request.get(path)).status()).toBe(404)

    // The weekly letter, ordered and ended.
    const letter = page.getByRole('switch', { name: way.letter })
    await letter.press('Space')
    await page.getByText(way.next).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: NARROW_PX, height: 900 })
    expect(await overflowOf(page)).toBe(0)
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await letter.press('Space')
    await page.getByText(way.next).waitFor({ state: 'hidden' })

    // Ended, taken back, ended for good; told once in all.
    const card = page.locator('[data-watch]').filter({ hasText: title })
    const end = async () => {
      await card.getByRole('button', { name: way.more }).press('Enter')
      await page.getByRole('menuitem', { name: way.remove }).press('Enter')
      await card.waitFor({ state: 'hidden' })
    }
    await end()
    await page.getByRole('button', { name: way.undo }).first().press('Enter')
    await card.waitFor()
    await end()
    await page.getByRole('heading', { name: way.empty }).waitFor()
    expect(await told()).toBe(1)
    expect(member.complaints).toEqual([])
    for (const visitor of [member, officer, reader]) await visitor.close()
  })

  test.each([
    ['zh', 1440, 'light', '需要它的需求'],
    ['en', NARROW_PX, 'dark', 'Needs that want it'],
  ] as const)(
    'and sees the needs that want an organisation and a result, in %s at %d px, %s',
    async (language, width, scheme, wanted) => {
      const { page, open, context, complaints, close } = await visit(browser, {
        as: 'manager',
        language,
        width,
        scheme,
      })
      const { rows } = await (await context.request.get(`/api/zones/${DEMO_ZONE}/results?size=5`)).json()
      for (const path of [`organisations/${rows[0].owners[0].id}`, `results/${rows[0].id}`]) {
        await open(path)
        await page.getByRole('tab', { name: wanted }).press('Enter')
        await page.getByRole('heading', { name: wanted }).waitFor()
        await settled(page)
        expect(await axeViolations(page)).toEqual([])
        expect(await overflowOf(page)).toBe(0)
      }
      expect(complaints).toEqual([])
      await close()
    },
  )
})
