import { readAs } from '#db/caller.ts'
import { type Handlers, open, read, write } from '#http/serve.ts'
import type { World } from '../../world.ts'
import type { localPackApi } from './local-pack-api.ts'
import { addLocalPack, previewLocalPack, readLocalPacks, withdrawLocalPack } from './local-pack-service.ts'

/** The routes of a zone's own rule packs. */
export function handleLocalPacks(world: World): Handlers<typeof localPackApi> {
  return {
    localPacks: read((tx, { caller }) => readLocalPacks(tx, caller)),
    previewLocalPack: open(({ caller, body }) =>
      readAs(world.database, caller, (tx) => previewLocalPack(tx, caller, body, world.clock.now())),
    ),
    addLocalPack: write((done, { caller, body }) => addLocalPack(done, caller, body)),
    withdrawLocalPack: write((done, { caller, params }) => withdrawLocalPack(done, caller, params.pack)),
  }
}
