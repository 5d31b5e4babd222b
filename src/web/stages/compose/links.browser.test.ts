import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BoardSeat, InvitationBoard } from '#stages/compose/invitation-model.ts'
import { openBrowser } from '../../../testing/browser.ts'
import { askAs, expectOpenToAll, type Visitor, visit } from '../../../testing/pages.ts'
import { propose } from '../../../testing/proposals.ts'

// Goal: who only holds a link is told nothing that is not so, and does nothing by a slip of the thumb.
const NARROW_PX = 360

let browser: Browser
let officer: Visitor
beforeAll(async () => {
  browser = await openBrowser()
  officer = await visit(browser, { as: 'officer' })
})
afterAll(() => browser.close())

describe('who holds a link', () => {
  test('to a proposal without a team reads of no gaps closed', async () => {
    const { id, status } = await propose(officer, { sizeMin: 1, sizeMax: 1 })
    expect(status).toBe('infeasible')
    const { token } = await askAs(officer, 'POST', `/proposals/${id}/links`, {})
    const director = await visit(browser, { language: 'en' })
    await director.open(`/s/${token}`)
    await director.page.getByText('No consortium under these conditions').waitFor()
    expect(await director.page.getByText('every capability reaches the level wanted').count()).toBe(0)
    await expectOpenToAll(director.page)
    expect(director.complaints).toEqual([])
    await director.close()
  })

  test('to an invitation reads what the role is for, and is asked once more before a yes', async () => {
    const proposal = await propose(officer, {})
    const { id } = await askAs(officer, 'POST', `/proposals/${proposal.id}/consortium`, {})
    const seatOf = async () => {
      const { seats }: InvitationBoard = await askAs(officer, 'GET', `/consortia/${id}/invitations`)
      return seats.find(({ role }) => role === 'chief_scientist') as BoardSeat
    }
    const { id: organisationId } = await seatOf()
    const terms = { role: 'chief_scientist', shareHundredths: 1_500, effortTenths: 10 }
    await askAs(officer, 'POST', `/consortia/${id}/invitations`, {
      seats: [{ organisationId, ...terms }],
      expiresOn: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10),
    })
    const { invitation } = await seatOf()
    const { token } = await askAs(officer, 'POST', `/invitations/${invitation!.id}/link`, {})

    const professor = await visit(browser, { language: 'zh', width: NARROW_PX })
    const { page } = professor
    await professor.open(`/invited/${token}`)
    await page.getByText('对技术路线有决定权').waitFor()
    const accept = page.getByRole('button', { name: '接受', exact: true })
    const dialog = page.getByRole('dialog', { name: '接受邀请' })
    await accept.click()
    await dialog.getByText('1 人月').waitFor()
    await expectOpenToAll(page)
    await dialog.getByRole('button', { name: '取消' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await seatOf()).invitation?.state).toBe('offered')
    await accept.click()
    await dialog.getByRole('button', { name: '接受', exact: true }).click()
    await page.getByText('您接受了邀请').waitFor()
    expect((await seatOf()).invitation?.state).toBe('accepted')
    expect(professor.complaints).toEqual([])
    await professor.close()

    const { revision } = (await seatOf()).invitation!
    await askAs(officer, 'POST', `/invitations/${invitation!.id}/moves`, { move: 'withdraw', revision })
    await askAs(officer, 'DELETE', `/consortia/${id}`)
  })
})
