import type { Tx } from '#db/db.ts'
import type { Caller } from '../caller.ts'
import { textIn } from '../texts.ts'
import { readConsortium } from './consortium-service.ts'
import { listMembers } from './consortium-store.ts'
import type { Told } from './invitation-model.ts'
import { tellReasons } from './invitation-rules.ts'
import { asHost } from './lead-service.ts'
import type { Consortium } from './model.ts'

/** A draft as its hosts read it, or as its lead does. @throws Fault `not_found` for anybody else */
export async function readDraft(tx: Tx, caller: Caller, id: string): Promise<Consortium> {
  return asHost(tx, caller, id, async ({ need, hand, leading }) => {
    if (!leading) return readConsortium(tx, hand, id)
    const members = await listMembers(tx, caller.zoneId, id)
    const { name, names, state, createdAt, updatedAt, revision } = await readConsortium(tx, hand, id)
    const shown = { id, name, names, state, createdAt, updatedAt, revision, needId: need.need_id }
    return { ...shown, ...viewForLead(leading.told, members), by: null, note: '', proposalId: null, mayChange: false }
  })
}

/** Of the need what the lead was told when it was invited, and of the members what each of them is told. */
function viewForLead({ need, capabilities }: Told, members: Consortium['members']) {
  return {
    needName: textIn(need.title, 'zh'),
    needTitle: need.title,
    capabilities,
    members: members.map(({ covers, reasons, ...member }) => ({
      ...member,
      covers: covers
        .filter(({ capability }) => capabilities.some(({ id }) => id === capability))
        .map((cover) => ({ ...cover, evidence: null })),
      reasons: tellReasons(reasons),
    })),
  }
}
