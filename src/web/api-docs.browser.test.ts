import { expect, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { visit } from '../testing/pages.ts'

test('the page of the API shows every stage and asks no other host, under the strict content policy', async () => {
  const url = process.env.TEST_SERVER_URL!
  const browser = await openBrowser()
  try {
    const { page } = await visit(browser)
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${url}/api/docs`)
    await page.getByRole('heading', { name: 'Consortia' }).waitFor()
    for (const stage of ['house', 'registry', 'needs'])
      await page.getByRole('link', { name: stage, exact: true }).waitFor()
    await page.getByRole('link', { name: 'house', exact: true }).click()
    await page.getByRole('button', { name: 'get /api/me', exact: false }).first().click()
    await page.getByText('Who am I, and of which zones?').first().waitFor()
    expect(asked.filter((address) => !address.startsWith(url) && !address.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})
