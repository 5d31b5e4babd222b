import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '#stages/house/demo-accounts.ts'
import { axeViolations, openBrowser } from '../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../testing/pages.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

describe('signing in by keyboard alone', () => {
  test.each([
    ['zh', '机构', '邮箱或密码不对', '退出登录', '登录'],
    ['en', 'Organisations', 'The address or the password is not right', 'Sign out', 'Sign in'],
  ] as const)('in %s', async (language, listed, refused, signOut, title) => {
    const { page, open, complaints, close } = await visit(browser, { language })
    await open('/sign-in')
    // The first field has the focus at once.
    await page.keyboard.type('officer@demo.example')
    await page.keyboard.press('Tab')
    await page.keyboard.type('not the password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: refused }).waitFor()
    await page.getByRole('textbox', { name: language === 'zh' ? '密码' : 'Password' }).focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/${DEMO_ZONE}`)
    await page.getByRole('link', { name: listed, exact: true }).first().waitFor()
    await settled(page)

    // The first stop of the keyboard skips the navigation.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')

    await page.getByRole('button', { name: language === 'zh' ? /账户/ : /Account/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: signOut }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: title, exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  })

  test('a page asked for by a stranger opens after the sign-in, by one press on a demo account', async () => {
    const { page, open, close } = await visit(browser)
    await open('organisations?kind=university')
    await page.waitForURL('**/sign-in?back=*')
    await page.getByRole('button', { name: 'Technology manager' }).press('Enter')
    await page.waitForURL(`**/${DEMO_ZONE}/organisations?kind=university`)
    await page.getByRole('link', { name: 'Lanjiang University' }).first().waitFor()
    await close()
  })
})

describe('the house', () => {
  const PAGES = ['', 'members', 'outbox', 'journal', 'settings', 'settings/own-zone', 'nowhere']
  test.each([
    ['zh', 1440, 'light'],
    ['en', 1440, 'dark'],
    ['zh', 360, 'dark'],
  ] as const)('is free of barriers in %s at %d px, %s', async (language, width, scheme) => {
    const { page, open, complaints, close } = await visit(browser, { as: 'admin', language, width, scheme })
    for (const path of PAGES) {
      await open(path)
      expect.soft(await axeViolations(page), path).toEqual([])
      expect.soft(await overflowOf(page), path).toBe(0)
    }
    expect(complaints).toEqual([])
    await close()
  })

  test.each(['/sign-in', '/welcome', '/welcome?token=x', '/start'])('%s is free of barriers', async (path) => {
    const { page, open, complaints, close } = await visit(browser, { width: 360 })
    await open(path)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  test('an invited member finds the link in the outbox and chooses a password', async () => {
    const admin = await visit(browser, { as: 'admin' })
    const email = `invited-${Date.now()}@example.org`
    await admin.open('members')
    await admin.page.getByRole('button', { name: 'Invite a member' }).click()
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Wang Invited')
    await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
    await dialog.getByRole('combobox', { name: 'Role' }).click()
    await admin.page.getByRole('option', { name: 'Technology manager' }).click()
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await admin.page.getByRole('cell', { name: email }).waitFor()
    await admin.open('outbox')
    await admin.page.getByRole('row').filter({ hasText: email }).waitFor()
    const letters = await admin.context.request.get(`/api/zones/${DEMO_ZONE}/outbox`)
    const { rows } = (await letters.json()) as { rows: { to: string; link: string }[] }
    const { link } = rows.find(({ to }) => to === email)!

    const guest = await visit(browser)
    await guest.open(new URL(link).pathname + new URL(link).search)
    await guest.page.getByLabel('New password').fill('a long enough password')
    await guest.page.getByLabel('Once more').fill('a long enough password')
    await guest.page.getByRole('button', { name: 'Set the password' }).click()
    await guest.page.getByRole('link', { name: 'To the sign-in' }).click()
    await guest.page.getByRole('textbox', { name: 'Email' }).fill(email)
    await guest.page.getByRole('textbox', { name: 'Password' }).fill('a long enough password')
    await guest.page.keyboard.press('Enter')
    await guest.page.waitForURL(`**/${DEMO_ZONE}`)
    await guest.close()

    await admin.open('journal')
    await admin.page.getByRole('button', { name: 'Verify the journal' }).click()
    await admin.page.getByText('The journal is whole').waitFor()
    expect(admin.complaints).toEqual([])
    await admin.close()
  })
})
