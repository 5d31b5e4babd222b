import { expect, it } from 'vitest'
import { json } from '#db/db.ts'
import { readPack } from '#engines/rules/pack.ts'
import { newId } from '#kit/ids.ts'
import { openWorld } from '#testing'
import { packForm } from './draft-pack-rules.ts'
import { listLocalPacks, localPacksInForce } from './local-pack-store.ts'

const WITHDRAWN = 600

it('A pack in use is found behind any number of newer ones that were withdrawn', async () => {
  const world = await openWorld()
  const row = { kind: 'members_min', threshold: 2, kinds: [], source: '1', confirmed: true } as const
  const packOf = (name: string) =>
    readPack(
      packForm({
        ...{ slug: world.slug, name, version: '1', title: { zh: '园区规则', en: 'Zone rules' } },
        ...{
          source: 'The zone',
          url: '',
          from: '2020-01-01',
          rows: [{ ...row, words: { zh: '人数', en: 'Members' } }],
        },
      }),
    )
  const add = (name: string, minutes: number, isWithdrawn: boolean) => {
    const { form, hash } = packOf(name)
    const at = new Date(world.clock.now().getTime() + minutes * 60_000)
    return {
      ...{ zone_id: world.zoneId, local_pack_id: newId(at), pack_id: form.id, version: form.version, hash },
      ...{ form: json(form), at, withdrawn_at: isWithdrawn ? at : null },
    }
  }
  await world.within((tx) =>
    tx
      .insertInto('local_pack')
      .values([add('kept', 0, false), ...Array.from({ length: WITHDRAWN }, (_, at) => add(`gone-${at}`, at + 1, true))])
      .execute(),
  )
  const kept = packOf('kept')
  for (const _ of ['read', 'read before']) {
    const packs = await world.within((tx) => localPacksInForce(tx, world.zoneId))
    expect(packs.map(({ form, hash }) => [form.id, hash])).toEqual([[kept.form.id, kept.hash]])
  }
  const listed = await world.within((tx) => listLocalPacks(tx, world.zoneId))
  expect(listed[0]).toMatchObject({ withdrawnAt: null, pack: { hash: kept.hash } })
  expect(listed[1]).toMatchObject({ pack: { form: { id: `local/${world.slug}/gone-${WITHDRAWN - 1}` } } })
  expect(listed.length).toBeLessThan(WITHDRAWN)
})
