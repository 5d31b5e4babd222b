import { isMember } from '#stages/caller.ts'
import { packForm } from '#stages/compose/draft-pack-rules.ts'
import { keepToken, makeToken } from '#stages/watch/token.ts'
import { openWorld, type TestWorld, type Who } from '#testing'

/** What the rows of the access table ask about; each thing is made anew where a row changes it. */
export interface Scene {
  world: TestWorld
  /** Results of the caller's `own` organisation. */
  result(): Promise<string>
  person(): Promise<string>
  /** A need that `own` sponsors, in a state; open and for members of the zone where none is said. */
  need(state?: 'draft' | 'in_review' | 'open', circle?: 'public' | 'signed_in' | 'members'): Promise<string>
  capability(need: string): Promise<string>
  /** A statement about `own`, for its sponsors alone unless a circle is said. */
  evidence(circle?: 'public' | 'signed_in' | 'members'): Promise<string>
  file(): Promise<string>
  proposal(need?: string): Promise<string>
  consortium(): Promise<string>
  /** Teams for one need by way of an order for many. */
  bulkRun(): Promise<string>
  /** A rule pack of the zone's own, each time of another name; and one that is in use. */
  localPack(): Promise<{ form: Record<string, unknown> }>
  keptPack(): Promise<string>
  link(proposal: string): Promise<{ id: string; token: string }>
  /** A draft of `own` that no row changes. */
  draft(): Promise<string>
  /** An invitation of `own`’s consortium to an organisation for which nobody speaks, and a link to it. */
  invitation(): Promise<string>
  invited(): Promise<string>
  /** A zone's plan, and a record of it. */
  industry(): Promise<string>
  record(): Promise<string>
  view(who: Who): Promise<string>
  /** A saved search of a member, the secret of an administrator's feed, and that of the link in a letter. */
  watch(who: Who): Promise<string>
  feed(): Promise<string>
  digest(): Promise<string>
  twins(): Promise<[string, string]>
  /** A ledger that was read and understood. */
  importOf(csv: string): Promise<string>
  /** Waits until no long work is under way. */
  settled(): Promise<void>
}

const SEATS = 50
const ENOUGH_LEVELS = { weight: 3, critical: false, levelWanted: 2 }

export async function openScene(): Promise<Scene> {
  const world = await openWorld({ jobs: true })
  const post = async (path: string, body?: unknown, as: Who = 'administrator') => {
    const answered = await world.ask('POST', path, { as, ...(body === undefined ? {} : { body }) })
    if (answered.status >= 300) throw new Error(`The scene could not be set: POST ${path} ${answered.text}`)
    return answered.body
  }
  const need: Scene['need'] = (state = 'open', circle = 'signed_in') =>
    world.addNeed({
      title: 'Solid electrolyte',
      problem: 'A secret.',
      circle,
      capabilities: [{ name: 'Solid electrolyte', ...ENOUGH_LEVELS }],
      state,
    })
  const madeBy = async (composed: { proposalId: string | null; workId: string | null }): Promise<string> => {
    if (composed.proposalId) return composed.proposalId
    await world.jobs.settled(world.zoneId, composed.workId!)
    const { body } = await world.ask('GET', `/work/${composed.workId}`, { as: 'administrator' })
    return body.output.proposalId
  }
  const proposal: Scene['proposal'] = async (given) => {
    const of = given ?? (await need())
    return madeBy(await post(`/needs/${of}/proposals`, { options: {} }))
  }
  // Composing takes its time, so one draft has seats for many invitations, and another is made when they are gone.
  let drafted: { consortium: string; free: string[] } | undefined
  const draftWithSeats = async () => {
    if (drafted?.free.length) return drafted
    const free: string[] = []
    while (free.length < SEATS) free.push(await world.addOrganisation())
    const composed = await post(`/needs/${await need()}/proposals`, { options: { pins: free } })
    const { id: consortium } = await post(`/proposals/${await madeBy(composed)}/consortium`, {})
    drafted = { consortium, free }
    return drafted
  }
  const invitation: Scene['invitation'] = async () => {
    const { consortium, free } = await draftWithSeats()
    const organisationId = free.pop()!
    const seats = [{ organisationId, role: 'member', shareHundredths: null, effortTenths: null }]
    const { invitations } = await post(`/consortia/${consortium}/invitations`, { seats, expiresOn: '2026-12-24' })
    return invitations[0].id
  }
  let made = 0
  const localPack = () => {
    const asked = { kind: 'members_min', threshold: 2, kinds: [], source: 'Article 1', confirmed: true } as const
    const title = { zh: '规则', en: 'Rules' }
    return {
      form: packForm({
        ...{ slug: world.slug, name: `team-${++made}`, version: '1', title, source: 'The zone', url: '' },
        ...{ from: '2020-01-01', rows: [{ ...asked, words: title }] },
      }),
    }
  }
  const industry: Scene['industry'] = async () => {
    const slug = `industry-${++made}`
    await post('/industries', {
      slug,
      names: 'Industry',
      segments: [{ key: 'cells', names: 'Cells', stream: 'midstream' }],
    })
    return slug
  }
  return {
    world,
    need,
    proposal,
    industry,
    result: () => world.addResult({ owners: [world.own] }),
    person: async () => (await post('/people', { names: 'Somebody', organisation: world.own })).id,
    capability: async (id) => (await world.ask('GET', `/needs/${id}`, { as: 'administrator' })).body.capabilities[0].id,
    evidence: async (circle = 'members') =>
      (
        await post('/evidence', {
          subjectKind: 'organisation',
          subject: world.own,
          kind: 'statement',
          title: 'Said',
          body: 'So.',
          circle,
        })
      ).id,
    file: async () => {
      const path = `/evidence/file?subject_kind=organisation&subject=${world.own}`
      const answered = await world.ask('POST', path, {
        as: 'administrator',
        raw: new TextEncoder().encode('%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF'),
        headers: { 'x-file-name': 'proof.pdf' },
      })
      return answered.body.id
    },
    consortium: async () => (await post(`/proposals/${await proposal()}/consortium`, {})).id,
    link: (id) => post(`/proposals/${id}/links`, {}),
    draft: async () => (await draftWithSeats()).consortium,
    invitation,
    invited: async () => (await post(`/invitations/${await invitation()}/link`, {})).token,
    localPack: async () => localPack(),
    keptPack: async () => (await post('/local-packs', localPack())).id,
    bulkRun: async () => {
      const { workId } = await post('/bulk-runs', { options: { needs: [await need()], seconds: 5 } })
      await world.jobs.settled(world.zoneId, workId)
      return workId
    },
    settled: () =>
      world
        .within(async (tx) => {
          const open = await tx
            .selectFrom('work')
            .select('id')
            .where('zone_id', '=', world.zoneId)
            .where('state', 'in', ['queued', 'running'])
            .execute()
          return open.map(({ id }) => id)
        })
        .then(async (ids) => {
          for (const id of ids) await world.jobs.settled(world.zoneId, id)
        }),
    record: async () => (await post('/records', { kind: 'policy', names: 'Policy' })).id,
    view: async (who) => (await post('/views', { page: 'needs', name: `View ${++made}`, search: '' }, who)).id,
    // Who may have none asks for somebody else's.
    watch: async (who) =>
      (
        await post(
          '/watches',
          { kind: 'needs', name: `Watch ${++made}` },
          isMember(world.caller(who)) ? who : undefined,
        )
      ).id,
    feed: async () => new URL((await post('/feed')).url).pathname.split('/').at(-1)!,
    digest: async () => {
      const token = makeToken(world.zoneId)
      const { accountId } = world.caller('administrator')
      const kept = {
        zoneId: world.zoneId,
        accountId: accountId!,
        kind: 'digest',
        token,
        at: world.clock.now(),
      } as const
      await world.within((tx) => keepToken(tx, kept))
      return token
    },
    importOf: async (csv) => {
      const raw = new TextEncoder().encode(csv)
      const { body } = await world.ask('POST', '/imports?name=firms.csv', { as: 'administrator', raw })
      await world.jobs.settled(world.zoneId, body.workId)
      return body.id
    },
    twins: async () => {
      const [a, b] = [
        await world.addOrganisation({ names: 'Twin Works' }),
        await world.addOrganisation({ names: 'Twin  Works' }),
      ]
      const [first, second] = a < b ? [a, b] : [b, a]
      await world.within((tx) =>
        tx
          .insertInto('duplicate_pair')
          .values({
            zone_id: world.zoneId,
            first_id: first!,
            second_id: second!,
            reason: JSON.stringify([]),
            score: 0.9,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      )
      return [first!, second!]
    },
  }
}
