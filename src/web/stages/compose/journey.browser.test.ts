import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { expectOpenToAll, visit } from '../../../testing/pages.ts'
import { propose } from '../../../testing/proposals.ts'

// Goal: a company writes a need, and a while later its director, who has no account, reads who could solve it and why.
// Method: the whole way in a real browser, by keyboard where one types and chooses, once in each language; every page on
// the way is held against WCAG 2.2 AA and a narrow window.
const WAYS = [
  {
    language: 'zh',
    fields: {
      title: /^标题/,
      summary: /^摘要/,
      problem: /^问题详情/,
      name: (row: number) => new RegExp(`^名称 ${row}`),
    },
    target: { quantity: '指标', unit: '单位', now: '现状', wanted: '目标' },
    need: {
      title: '储能舱可燃气体早期联锁抑制',
      summary: '为储能预制舱寻找可燃气体预警与灭火联动的合作方。',
      problem: '现有烟感报警太晚，抑制装置不能联动。',
      capabilities: ['氢气与一氧化碳复合气体传感', '全氟己酮灭火抑制', '低温氦气阀门'],
      target: ['提前报警时间', 'min', '1', '8'],
    },
    trl: { from: '起始成熟度', to: '目标成熟度' },
    submit: '保存并提交审核',
    publish: '发布需求',
    tabs: { match: '匹配', compose: '组建' },
    cell: /氢气与一氧化碳复合气体传感：3 级/,
    evidence: '依据',
    reason: '全队只有它做得到',
    gap: '低温氦气阀门',
    line: /3 项能力覆盖了 2 项/,
    nobody: /没有机构接近“低温氦气阀门”/,
    save: '保存为联合体草案',
    openDraft: '打开联合体草案',
    openProposal: '看方案',
    share: '分享',
    makeLink: '生成链接',
    link: '复制链接',
    team: '成员与理由',
    gaps: '缺口',
    otherLanguage: 'English',
  },
  {
    language: 'en',
    fields: {
      title: /^Title/,
      summary: /^Summary/,
      problem: /^The problem/,
      name: (row: number) => new RegExp(`^Name ${row}`),
    },
    target: { quantity: 'Quantity', unit: 'Unit', now: 'Now', wanted: 'Wanted' },
    need: {
      title: 'Early interlock against combustible gas in storage containers',
      summary: 'Partners are sought for gas warning that triggers suppression in storage containers.',
      problem: 'Smoke alarms come too late and do not trigger the suppression.',
      capabilities: [
        'Hydrogen and carbon monoxide gas sensing',
        'Perfluorohexanone fire suppression',
        'Cryogenic helium valves',
      ],
      target: ['Warning before venting', 'min', '1', '8'],
    },
    trl: { from: 'Readiness from', to: 'Readiness to' },
    submit: 'Save and submit for review',
    publish: 'Publish the need',
    tabs: { match: 'Match', compose: 'Compose' },
    cell: /Hydrogen and carbon monoxide gas sensing: level 3/,
    evidence: 'Evidence',
    reason: 'Alone in the team can do',
    gap: 'Cryogenic helium valves',
    line: /2 of 3 capabilities covered/,
    nobody: /nobody near can do “Cryogenic helium valves”/,
    save: 'Save as a draft consortium',
    openDraft: 'Open the draft consortium',
    openProposal: 'See the proposal',
    share: 'Share',
    makeLink: 'Make the link',
    link: 'Copy the link',
    team: 'Members and reasons',
    gaps: 'Gaps',
    otherLanguage: '中文',
  },
] as const
type Way = (typeof WAYS)[number]

const LEVELS = 9

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** Goes to a field as Tab would and types into it. */
async function type(page: Page, name: string | RegExp, text: string): Promise<void> {
  await page.getByRole('textbox', { name }).first().focus()
  await page.keyboard.type(text)
}

/** Opens the levels of readiness and goes down to one of them, in this field's own list: another's may be fading out. */
async function chooseLevel(page: Page, name: string, level: number): Promise<void> {
  const field = page.getByLabel(name, { exact: true }).first()
  await field.focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => field.getAttribute('aria-controls')).toBeTruthy()
  const list = page.locator(`[id="${await field.getAttribute('aria-controls')}"]`)
  const option = list.getByRole('option', { name: new RegExp(`^TRL ${level}`) })
  await option.waitFor()
  for (let step = 0; step < LEVELS && (await option.getAttribute('data-combobox-selected')) === null; step += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => field.inputValue()).toMatch(new RegExp(`^TRL ${level}`))
}

/** Presses what the keyboard would reach: what can't be used yet is waited for. */
async function press(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first()
  await expect.poll(() => target.isEnabled()).toBe(true)
  await target.press('Enter')
}

async function writeNeed(way: Way): Promise<string> {
  const { page, open, complaints, close } = await visit(browser, { as: 'yaochuan', language: way.language })
  await open('needs/new')
  const { fields, need, target } = way
  await type(page, fields.title, need.title)
  await type(page, fields.summary, need.summary)
  await type(page, fields.problem, need.problem)
  const labels = [target.quantity, target.unit, target.now, target.wanted]
  for (const [at, label] of labels.entries()) await type(page, label, need.target[at]!)
  for (const [at, capability] of need.capabilities.entries()) {
    if (at === 2) await press(page, 'button', way.language === 'zh' ? '添加能力' : 'Add a capability')
    await type(page, fields.name(at + 1), capability)
  }
  await chooseLevel(page, way.trl.from, 5)
  await chooseLevel(page, way.trl.to, 8)
  await press(page, 'button', way.submit)
  await page.waitForURL((url) => /\/needs\/[0-9a-f-]{36}$/.test(url.pathname))
  await page.getByRole('heading', { level: 1, name: need.title }).waitFor()
  expect(complaints).toEqual([])
  const id = new URL(page.url()).pathname.split('/').at(-1)!
  await close()
  return id
}

async function publish(way: Way, id: string): Promise<void> {
  const { page, open, close } = await visit(browser, { as: 'officer', language: way.language })
  await open(`needs/${id}`)
  await press(page, 'button', way.publish)
  await page.getByRole('button', { name: way.publish }).waitFor({ state: 'detached' })
  await close()
}

/** Opens the match, and a cell down to its evidence. */
async function readMatch(page: Page, way: Way): Promise<void> {
  await press(page, 'link', way.tabs.match)
  await press(page, 'button', way.cell)
  const panel = page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: way.evidence }) })
  await panel.locator('blockquote mark').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  // The focus is back where it was, and j goes on to the candidates.
  const here = () => page.evaluate(() => document.activeElement?.getAttribute('data-why'))
  await expect.poll(here).toMatch(/^cell:/)
  await page.keyboard.press('j')
  await expect.poll(here).toMatch(/^score:/)
  await expectOpenToAll(page)
}

/** Composes, reads a reason and a gap, and saves a draft. */
async function compose(page: Page, way: Way): Promise<void> {
  await press(page, 'link', way.tabs.compose)
  await page.getByText(way.line).waitFor()
  await page.getByText(way.nobody).waitFor()
  const team = page.getByRole('region').or(page.locator('section')).filter({ hasText: way.team })
  await team.getByText(way.reason).first().waitFor()
  await page.getByRole('heading', { level: 3, name: way.gap }).waitFor()
  await expectOpenToAll(page)
  await press(page, 'button', way.save)
  await press(page, 'button', way.openDraft)
  await page.waitForURL('**/consortia/*')
  await page.getByRole('heading', { level: 1, name: way.need.title }).waitFor()
  await expectOpenToAll(page)
  await press(page, 'button', way.openProposal)
  await page.waitForURL('**/compose?version=*')
  await page.getByText(way.line).waitFor()
}

async function shareLink(page: Page, way: Way): Promise<string> {
  await press(page, 'button', way.share)
  const dialog = page.getByRole('dialog')
  await press(page, 'button', way.makeLink)
  const field = dialog.getByRole('textbox', { name: way.link })
  await field.waitFor()
  expect(await axeViolations(page)).toEqual([])
  return new URL(await field.inputValue()).pathname
}

async function readAsStranger(way: Way, path: string): Promise<void> {
  const { page, open, complaints, close } = await visit(browser, { language: way.language })
  await open(path)
  await page.getByRole('heading', { level: 1, name: way.need.title }).waitFor()
  await page.getByText(way.reason).first().waitFor()
  await page.getByRole('heading', { level: 2, name: way.gaps }).waitFor()
  await page.getByRole('heading', { level: 3, name: way.gap }).waitFor()
  expect(await page.getByText(way.need.problem).count()).toBe(0)
  await expectOpenToAll(page)
  const other = WAYS.find(({ language }) => language !== way.language)!
  await page.getByRole('button', { name: way.otherLanguage }).click()
  await page.getByRole('heading', { level: 2, name: other.team }).waitFor()
  await expectOpenToAll(page)
  expect(complaints).toEqual([])
  await close()
}

describe('a need becomes a consortium that its director can read', () => {
  test.each(WAYS.map((way) => [way.language, way] as const))('in %s', async (_language, way) => {
    const id = await writeNeed(way)
    await publish(way, id)
    const { page, open, complaints, close } = await visit(browser, { as: 'yaochuan', language: way.language })
    await open(`needs/${id}`)
    await readMatch(page, way)
    await compose(page, way)
    const path = await shareLink(page, way)
    await readAsStranger(way, path)
    expect(complaints).toEqual([])
    await close()
  })
})

test('an organisation answers an open need, and both sides see what was said', async () => {
  const candidate = await visit(browser, { as: 'xiuan' })
  await candidate.open('needs?q=thermal%20runaway')
  await candidate.page.getByRole('link', { name: 'Ten minutes of warning before thermal runaway' }).click()
  await candidate.page.getByRole('heading', { name: 'Can you help solve it?' }).waitFor()
  await press(candidate.page, 'button', 'Decline')
  const dialog = candidate.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /no capacity now/ }).press('Space')
  expect(await axeViolations(candidate.page)).toEqual([])
  await dialog.getByRole('button', { name: 'Decline' }).press('Enter')
  await candidate.page.getByText('You answered: declined: no capacity now').waitFor()
  // The way back stays as long as somebody is about to take it.
  const undo = candidate.page.getByRole('button', { name: 'Undo' })
  await undo.focus()

  const sponsor = await visit(browser, { as: 'yaochuan', language: 'zh' })
  await sponsor.open('responses')
  await sponsor.page.getByRole('table', { name: '收到的' }).getByText('婉拒：目前没有余力').waitFor()
  await expectOpenToAll(sponsor.page)

  await undo.press('Enter')
  await candidate.page.getByText('You answered: declined').waitFor({ state: 'detached' })
  await candidate.page.getByRole('button', { name: 'Decline' }).waitFor()
  expect([...candidate.complaints, ...sponsor.complaints]).toEqual([])
  await candidate.close()
  await sponsor.close()
})

test('conditions that clash are named, and one press gives way on one of them', async () => {
  const officer = await visit(browser, { as: 'officer' })
  const { page, open, complaints, close } = officer
  await open('needs?q=group%20standard')
  await page.getByRole('link', { name: /^Group standard and comparison tests/ }).click()
  await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/)
  const need = new URL(page.url()).pathname.split('/').at(-1)!
  const { id } = await propose(officer, {}, need)
  await open(`needs/${need}/compose?version=${id}`)
  await page.getByRole('heading', { name: /can’t hold together|can’t be met/ }).waitFor()
  await expectOpenToAll(page)
  await page.getByRole('button', { name: 'Do this and compose again' }).first().press('Enter')
  await page.getByRole('button', { name: 'Save as a draft consortium', disabled: false }).waitFor()
  await page.getByRole('heading', { name: 'Members and reasons' }).waitFor()
  expect(complaints).toEqual([])
  await close()
})
