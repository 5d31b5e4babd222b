import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, openBrowser } from '../../../testing/browser.ts'
import { askAs, expectOpenToAll, type Visitor, visit } from '../../../testing/pages.ts'

// Goal: a consortium is negotiated by people who sit in different places, one of them without an account.
// Method: the company, the university's professor and the stranger with a link each in a browser of their own. The need is
// one that three organisations of the demo zone can do, so that a replacement exists when one declines.
const GAS = '氢气与一氧化碳复合气体传感模组'
const TITLE = '储能舱复合气体预警联合攻关'
const UNIVERSITY = '澜东理工大学'
const DECLINER = '澜江嗅安传感技术有限公司'
const REPLACEMENT = '澜江光策传感科技有限公司'
const NARROW_PX = 360

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** The company's need, published and composed for, with a second organisation that can do what the decliner does. */
async function postNeed(company: Visitor, officer: Visitor): Promise<string> {
  const capability = (name: string, levelWanted: number, critical: boolean) => ({
    name: { zh: name },
    weight: 4,
    critical,
    levelWanted,
  })
  const { id } = await askAs(company, 'POST', '/needs', {
    title: { zh: TITLE },
    summary: { zh: '研制储能舱气体预警系统。' },
    problem: { zh: '只有提出方可见的难题。' },
    targets: [{ quantity: { zh: '提前报警时间' }, unit: 'min', now: '1', wanted: '8' }],
    trl: { from: 4, to: 7 },
    circle: 'signed_in',
    capabilities: [capability(GAS, 2, true), capability('抗硫中毒钯合金氢敏薄膜', 2, true)],
  })
  await move(company, id, 'submit')
  await move(officer, id, 'open')
  const { capabilities } = await askAs(officer, 'GET', `/needs/${id}`)
  const [replacement, ...pins] = await Promise.all(
    [REPLACEMENT, UNIVERSITY, DECLINER].map((name) => find(officer, name)),
  )
  const judged = `/needs/${id}/coverage/${capabilities[0].id}/${replacement}`
  await askAs(officer, 'PUT', judged, { verdict: 'confirm', level: 3 })
  // Whoever is in other teams costs more, so that the two are asked for by name.
  const composed = await askAs(company, 'POST', `/needs/${id}/proposals`, { options: { pins } })
  const isMade = async () =>
    composed.proposalId !== null || (await askAs(company, 'GET', `/work/${composed.workId}`)).state === 'done'
  await expect.poll(isMade).toBe(true)
  return id
}

async function find(visitor: Visitor, name: string): Promise<string> {
  const { rows } = await askAs(visitor, 'GET', `/organisations?q=${encodeURIComponent(name)}`)
  return rows[0].id
}

async function move(visitor: Visitor, id: string, action: string) {
  const { revision } = await askAs(visitor, 'GET', `/needs/${id}`)
  return askAs(visitor, 'POST', `/needs/${id}/move`, { action, revision })
}

const press = (within: Page | ReturnType<Page['getByRole']>, name: string | RegExp) =>
  within
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click()
const seatOf = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) })

/** Invites one seat through its dialog. */
async function invite(page: Page, name: string, share: string): Promise<void> {
  await press(seatOf(page, name), '邀请')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('份额（%）').fill(share)
  await dialog.getByLabel('投入（人月）').fill('12')
  await dialog.getByLabel('留言').fill('盼一起把预警做出来。')
  expect(await axeViolations(page)).toEqual([])
  await press(dialog, '发出邀请')
  await dialog.waitFor({ state: 'detached' })
  await seatOf(page, name).getByText('已邀请').waitFor()
}

describe('a consortium is negotiated', () => {
  test('with a counter-offer, a decline by link, and a replacement that is taken over', async () => {
    const company = await visit(browser, { as: 'yaochuan', language: 'zh' })
    const officer = await visit(browser, { as: 'officer', language: 'zh' })
    const need = await postNeed(company, officer)
    await officer.close()
    const { page } = company

    await company.open(`needs/${need}/compose`)
    await press(page, '保存为联合体草案')
    await press(page, '打开联合体草案')
    await page.getByRole('heading', { level: 2, name: '席位与邀请' }).waitFor()
    await invite(page, UNIVERSITY, '30')
    await invite(page, DECLINER, '25.5')
    await page.getByText('份额合计 55.5 %').waitFor()
    await expectOpenToAll(page)
    const draft = new URL(page.url()).pathname

    // The professor finds the invitation under the shell and proposes other terms.
    const professor = await visit(browser, { as: 'professor', language: 'zh' })
    await professor.open('invitations')
    await expectOpenToAll(professor.page)
    await professor.page.getByRole('link', { name: TITLE }).click()
    await press(professor.page, '提出条件')
    const counter = professor.page.getByRole('dialog')
    await counter.getByLabel('份额（%）').fill('35')
    await counter.getByLabel('说明').fill('需要再投一名博士后。')
    await press(counter, '提交')
    await counter.waitFor({ state: 'detached' })
    await professor.page.getByText('您提出的条件正等对方答复。').waitFor()
    expect(await professor.page.getByText('只有提出方可见的难题').count()).toBe(0)
    await expectOpenToAll(professor.page)

    // The company agrees, and hands the other a link.
    await company.open(draft)
    await seatOf(page, UNIVERSITY).getByText('已还价').waitFor()
    await press(seatOf(page, UNIVERSITY), '同意还价')
    await seatOf(page, UNIVERSITY).getByText('已接受').waitFor()
    await press(seatOf(page, DECLINER), '免登录链接')
    const dialog = page.getByRole('dialog')
    await press(dialog, '生成链接')
    const field = dialog.getByRole('textbox', { name: '复制链接' })
    await field.waitFor()
    const link = new URL(await field.inputValue()).pathname
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await declineByLink(link)

    // Others are sought by themselves; the company takes the proposed team over.
    await company.open(draft)
    await page.getByText('建议的新组合').waitFor()
    await page.getByRole('heading', { level: 3, name: '新方案' }).waitFor()
    await expectOpenToAll(page)
    await press(page, '换成这个组合')
    await seatOf(page, REPLACEMENT).getByText('尚未邀请').waitFor()
    await press(page, '换回原来的成员')
    await seatOf(page, DECLINER).getByRole('button', { name: '再次邀请' }).waitFor()
    await seatOf(page, REPLACEMENT).waitFor({ state: 'detached' })
    await press(page, '换成这个组合')
    await seatOf(page, REPLACEMENT).getByText('尚未邀请').waitFor()
    await seatOf(page, UNIVERSITY).getByText('已接受').waitFor()
    await seatOf(page, DECLINER).waitFor({ state: 'detached' })

    await company.open(`needs/${need}/versions`)
    await page.getByRole('heading', { level: 3, name: '版本 2' }).waitFor()
    await page.getByRole('heading', { name: '分数构成' }).waitFor()
    await page.getByRole('region', { name: '新进入者、中小企业与不能同队' }).getByText('未作要求').first().waitFor()
    await page.getByText('这几个版本都没有套用规则包').waitFor()
    await expectOpenToAll(page)
    expect([...company.complaints, ...professor.complaints]).toEqual([])
    await professor.close()
    await company.close()
  })
})

async function declineByLink(link: string): Promise<void> {
  const stranger = await visit(browser, { language: 'zh', width: NARROW_PX })
  const { page } = stranger
  await stranger.open(link)
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  expect(await page.getByText('只有提出方可见的难题').count()).toBe(0)
  await expectOpenToAll(page)
  await press(page, '婉拒')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: '份额太低' }).check()
  await press(dialog, '婉拒')
  await page.getByText('已收到您的答复').waitFor()
  await stranger.open(link)
  await page.getByText('这个链接打不开').waitFor()
  await expectOpenToAll(page)
  expect(stranger.complaints).toEqual([])
  await stranger.close()
}
