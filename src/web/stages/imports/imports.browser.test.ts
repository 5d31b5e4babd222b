import ExcelJS from 'exceljs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerWorkbook } from '#stages/imports/imports.fixture.ts'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { DEMO_ZONE, overflowOf, settled, visit } from '../../../testing/pages.ts'

const CHOOSER_MS = 3_000
const NARROW_PX = 360
const MEANINGS_MAX = 80
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

let browser: Browser
let ledger: Buffer
let refusedRows: Buffer | undefined
beforeAll(async () => {
  browser = await openBrowser()
  ledger = Buffer.from(await ledgerWorkbook())
})
afterAll(() => browser.close())

/** Brings a file by keyboard alone, and waits for its own page. */
async function bring(page: Page, choose: string, file: { name: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  const opened = () => Promise.race([chooser.then(() => true), page.waitForTimeout(CHOOSER_MS).then(() => false)])
  // On a busy machine the page may still be taking the focus to itself: then one presses again.
  await expect
    .poll(async () => {
      await page.getByLabel(choose).press('Space')
      return opened()
    })
    .toBe(true)
  await (await chooser).setFiles({ ...file, mimeType: XLSX })
  await page.waitForURL(`**/${DEMO_ZONE}/imports/*`)
}

/** Presses what the keyboard would reach: what can't be used yet is waited for. */
async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name }).first()
  await expect.poll(() => target.isEnabled()).toBe(true)
  await target.press('Enter')
}

/** Goes down a list of columns' meanings to one of them. */
async function choose(list: Locator, meaning: string): Promise<void> {
  for (let step = 0; step < MEANINGS_MAX && (await list.inputValue()) !== meaning; step += 1)
    await list.press('ArrowDown')
  expect(await list.inputValue()).toBe(meaning)
}

/** Bars nobody, at a desk and on a telephone, where nothing scrolls sideways either. */
async function isSound(page: Page): Promise<void> {
  const window = page.viewportSize()!
  for (const width of [window.width, NARROW_PX]) {
    await page.setViewportSize({ ...window, width })
    await settled(page)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
  }
  await page.setViewportSize(window)
}

/** What her colleague types over the values that were handed back. */
const MENDED: Record<string, string> = {
  '91320594MA1JKLM560': '91320594MA1JKLM569',
  若干: '80',
  '2019-13-01': '2019-12-01',
  '12': '7',
}

/** Mends the workbook of refused rows in place, as one does in Excel, and answers what stood beside each row. */
async function mend(bytes: Buffer): Promise<{ mended: Buffer; problems: string[] }> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as unknown as ArrayBuffer)
  const problems: string[] = []
  for (const sheet of book.worksheets)
    sheet.eachRow((row, number) => {
      if (number > 1) problems.push(row.getCell(row.cellCount).text)
      row.eachCell((cell) => {
        cell.value = MENDED[cell.text] ?? cell.value
      })
    })
  return { mended: Buffer.from(await book.xlsx.writeBuffer()), problems }
}

describe('an officer brings her ledger', () => {
  test('reads it, corrects a column, takes the good rows and is handed back the others', async () => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer', language: 'zh' })
    await open('imports')
    await page.getByText('您点“入库”之前，名录不会有任何变化').waitFor()
    await isSound(page)
    await bring(page, '选择文件', { name: '清河台账.xlsx', buffer: ledger })

    // How it was understood: titles above the headings, two levels of them, sections, a sheet of notes.
    await page.getByRole('heading', { name: '表头在第 4–5 行' }).waitFor()
    await page.getByRole('region', { name: '科技成果', exact: true }).getByText('表头在第 2 行').waitFor()
    await isSound(page)
    const firms = page.getByRole('region', { name: '企业台账', exact: true })
    await firms.getByRole('row', { name: /以第 6 行为表头.*分段标题/ }).waitFor()
    const phone = firms.getByRole('combobox', { name: /^K 列对应.*联系电话/ })
    expect(await phone.inputValue()).toBe('organisation.contactPhone')
    await phone.press('Home')
    expect(await phone.inputValue()).toBe('')

    // With neither a name nor an identifier nothing can be checked, and the page says so.
    const name = firms.getByRole('combobox', { name: /^B 列对应.*企业名称/ })
    const code = firms.getByRole('combobox', { name: /^C 列对应.*信用代码/ })
    await name.press('Home')
    await code.press('Home')
    await press(page, 'button', /^检查/)
    await page.getByRole('alert').getByText('“企业台账”里还没有一列对应机构名称或证照号').waitFor()
    await isSound(page)
    await choose(name, 'organisation.name')
    await choose(code, 'organisation.uscc')
    await press(page, 'button', /^检查/)

    // What would become of each row. Nothing is written yet, and a reload loses nothing.
    for (const again of [false, true]) {
      if (again) await page.reload()
      await page.getByRole('heading', { name: '核对结果' }).waitFor()
      await isSound(page)
      expect(await page.getByRole('region', { name: '机构' }).getByRole('button').allInnerTexts()).toEqual(
        ['5\n新增', '0\n变更', '0\n相同', '2\n退回', '7\n搁置'].map((text) => `机构\n${text}`),
      )
    }
    await press(page, 'button', /机构.*2.*退回/s)
    await page.waitForURL('**verdict=refused**')
    await page.getByText('成立日期“2019-13-01”：不是日期').waitFor()
    await page.getByText('员工人数（人）“若干”：不是数字').waitFor()
    await isSound(page)
    const [refused] = await Promise.all([page.waitForEvent('download'), press(page, 'link', '下载退回的行（XLSX）')])
    const handedBack = await mend(await bytesOf(refused))
    expect(handedBack.problems).toEqual([
      expect.stringContaining('统一社会信用代码校验位不对'),
      expect.stringContaining('不是数字'),
      expect.stringContaining('成熟度'),
    ])
    refusedRows = handedBack.mended

    await press(page, 'button', /^入库/)
    await page.getByRole('heading', { name: '写入了什么' }).waitFor()
    await page.getByText('用时').waitFor()
    await isSound(page)

    // The firm and the result as they should be.
    const here = page.url()
    await press(page, 'link', '查看这次新增的机构')
    await page.waitForURL('**/organisations?import=*')
    await press(page, 'link', '清河精密仪器有限公司')
    await page.getByRole('heading', { level: 1, name: '清河精密仪器有限公司' }).waitFor()
    await settled(page)
    const firm = await page.getByRole('main').innerText()
    for (const fact of ['91320594MA1ABCD12Y', '128 人', '2015年3月20日', '苏州市', '专精特新“小巨人”', '张敏'])
      expect(firm).toContain(fact)
    expect(firm).not.toContain('6288')
    await page.goto(here)
    await press(page, 'link', '查看这次新增的成果')
    await page.waitForURL('**/results?import=*')
    await page.getByText('来自一次导入').first().waitFor()
    await press(page, 'link', '微振动主动隔离平台')
    await page.getByRole('heading', { level: 1, name: '微振动主动隔离平台' }).waitFor()
    await settled(page)
    const result = await page.getByRole('main').innerText()
    for (const fact of ['清河精密仪器有限公司', 'TRL 6', '2039年8月1日']) expect(result).toContain(fact)
    expect(complaints).toEqual([])
    await close()
  })

  test('mends what was handed back and takes it, in English', async () => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer' })
    await open('imports')
    await bring(page, 'Choose a file', { name: 'mended.xlsx', buffer: refusedRows! })
    await page.getByText('A table with these headings was imported before').first().waitFor()
    await isSound(page)
    await press(page, 'button', /^Check the/)
    await page.getByRole('heading', { name: 'What was found' }).waitFor()
    await isSound(page)
    await press(page, 'button', /^Take the/)
    await page.getByRole('heading', { name: 'What was written' }).waitFor()
    await page.getByText(/^It took/).waitFor()
    await isSound(page)
    await press(page, 'link', 'Open what is new: Results')
    await page.waitForURL('**/results?import=*')
    await press(page, 'link', '毫米波天线阵列')
    await page.getByRole('heading', { level: 1, name: '毫米波天线阵列' }).waitFor()
    await settled(page)
    expect(await page.getByRole('main').innerText()).toContain('TRL 7')
    expect(complaints).toEqual([])
    await close()
  })

  test('brings the same file again, in English: all of it is the same', async () => {
    const { page, open, complaints, close } = await visit(browser, { as: 'officer' })
    await open('imports')
    await bring(page, 'Choose a file', { name: 'the same ledger.xlsx', buffer: ledger })
    await page.getByText('A table with these headings was imported before').waitFor()
    await isSound(page)
    expect(
      await page
        .getByRole('combobox', { name: /^Column K is/ })
        .first()
        .inputValue(),
    ).toBe('')
    await press(page, 'button', /^Check the/)
    await page.getByText('The registry holds all that this file says.').waitFor()
    await isSound(page)
    const counted = await page.getByRole('region', { name: 'Results' }).getByRole('button').allInnerTexts()
    expect(counted.filter((text) => /New|Changed/.test(text)).every((text) => /\b0\b/.test(text))).toBe(true)
    await press(page, 'button', 'Close this import')
    await page.getByText('None of the rows was taken').waitFor()
    await isSound(page)
    expect(complaints).toEqual([])
    await close()
  })

  test('is told in words what to do with a file that is no table', async () => {
    const { page, open, close } = await visit(browser, { as: 'officer', width: 360, scheme: 'dark' })
    await open('imports')
    await isSound(page)
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
    await bring(page, 'Choose a file', { name: 'ledger.xls', buffer: old })
    await page.getByRole('alert').getByText('This is a file of the old Excel (.xls).').waitFor()
    await isSound(page)
    await close()
  })
})

async function bytesOf(download: { createReadStream(): Promise<AsyncIterable<Buffer>> }): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await download.createReadStream()) pieces.push(piece)
  return Buffer.concat(pieces)
}
