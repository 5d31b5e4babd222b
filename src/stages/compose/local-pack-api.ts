import { endpoint } from '#http/contract.ts'
import { mayChangePacks, mayReadPacks } from './access.ts'
import { LocalPackInput, LocalPacks, PackKept, PackPreview } from './local-pack-model.ts'

/** A zone's own rule packs. */
export const localPackApi = {
  localPacks: endpoint({
    method: 'get',
    path: '/zones/{zone}/local-packs',
    summary: 'The zone’s own rule packs, withdrawn ones too.',
    may: mayReadPacks,
    answer: LocalPacks,
  }),
  previewLocalPack: endpoint({
    method: 'post',
    path: '/zones/{zone}/local-packs/preview',
    summary: 'What a pack would say of the teams that were proposed last, before it is put in use.',
    may: mayChangePacks,
    body: LocalPackInput,
    answer: PackPreview,
  }),
  addLocalPack: endpoint({
    method: 'post',
    path: '/zones/{zone}/local-packs',
    summary: 'Puts a pack in use. It is never changed afterwards; what is new gets a version of its own.',
    may: mayChangePacks,
    command: 'compose.add_pack',
    body: LocalPackInput,
    answer: PackKept,
    status: 201,
  }),
  withdrawLocalPack: endpoint({
    method: 'delete',
    path: '/zones/{zone}/local-packs/{pack}',
    summary: 'Takes a pack out of use; proposals made under it keep what it said.',
    may: mayChangePacks,
    command: 'compose.withdraw_pack',
    answer: PackKept,
  }),
}
