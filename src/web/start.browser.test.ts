import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../testing/browser.ts'
import { visit } from '../testing/pages.ts'
import { startServer } from '../testing/server.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const CODE = /\b[A-Z2-9]{4}[- ]?[A-Z2-9]{4}[- ]?[A-Z2-9]{4}\b/

test('the first visitor with the printed code becomes administrator of an empty zone', async () => {
  const server = await startServer({ environment: { CONSORTIA_DEMO: 'no' } })
  try {
    const code = CODE.exec(server.output())?.[0]
    expect(code).toBeDefined()
    const { page, open, close } = await visit(browser, { at: server.url })
    await open('/')
    await page.waitForURL('**/start')
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill('WRONG2CODE23')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada First')
    await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.org')
    await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password')
    await page.getByRole('textbox', { name: /^Name of the zone/ }).fill('Harbour Zone')
    await page.getByRole('textbox', { name: 'Short name' }).fill('harbour')
    await page.keyboard.press('Enter')
    await page.getByText('This is not the code').waitFor()
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill(code!)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/harbour')
    await page.getByRole('heading', { level: 1, name: 'Harbour Zone' }).waitFor()
    await page.getByRole('link', { name: 'Organisations', exact: true }).first().click()
    await page.getByRole('heading', { name: 'No organisations yet' }).waitFor()
    await page.getByRole('button', { name: 'Import a ledger' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await close()
  } finally {
    await server.stop()
  }
})

test('one’s own zone begins and the demo ends in one action, which names what is lost', async () => {
  const server = await startServer()
  try {
    const { page, open, close } = await visit(browser, { at: server.url, language: 'zh' })
    await open('/')
    await page.getByRole('button', { name: '管理员' }).click()
    await page.getByRole('link', { name: '换成自己的园区' }).click()
    await page.getByRole('textbox', { name: /^园区名称/ }).fill('港湾科技园')
    await page.getByRole('textbox', { name: '网址短名' }).fill('harbour')
    await page.getByRole('radio', { name: '同时删除演示园区' }).check()
    await page.getByText('不能恢复').waitFor()
    await page.getByRole('button', { name: '新建园区并删除演示' }).click()
    // Everybody knows a demo account's password: the new zone's administrator brings one of their own.
    await page.getByText('新园区须由您自己的账户管理').first().waitFor()
    await page.getByRole('textbox', { name: '姓名' }).fill('何港')
    await page.getByRole('textbox', { name: '邮箱' }).fill('he.gang@example.org')
    await page.getByRole('textbox', { name: '密码' }).fill('a long enough password')
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('textbox', { name: '密码' }).press('Enter')
    await page.waitForURL('**/harbour')
    await page.getByRole('heading', { level: 1, name: '港湾科技园' }).waitFor()
    const gone = await page.request.get(`${server.url}/api/zones/lanjiang`)
    expect(gone.status()).toBe(404)
    const me = (await (await page.request.get(`${server.url}/api/me`)).json()) as {
      account: { email: string }
      demoAccounts: unknown[]
      memberships: { role: string; zone: { slug: string } }[]
    }
    expect(me.account.email).toBe('he.gang@example.org')
    expect(me.demoAccounts).toEqual([])
    expect(me.memberships.map(({ role, zone }) => [role, zone.slug])).toEqual([['administrator', 'harbour']])
    await close()
  } finally {
    await server.stop()
  }
})
