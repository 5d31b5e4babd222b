import { useState } from 'react'
import { registryApi } from '#stages/registry/api.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { OrganisationField } from '../registry/organisation-picker.tsx'
import classes from './mapping.module.css'
import { lacksOwner, type SheetDraft } from './mapping-draft.ts'
import { mappingWords } from './mapping-words.ts'

/** Whose results a sheet lists, for the rows that don't say: a ledger that a university keeps of its own names nobody. */
export function SheetOwner({ sheet, change }: { sheet: SheetDraft; change: (sheet: SheetDraft) => void }) {
  const say = useWords(mappingWords)
  const [picked, pick] = useState<Picked | null>(null)
  const { owner } = sheet
  const isPicked = picked !== null && picked.id === owner
  const known = useRead(registryApi.organisation, {
    params: { organisation: owner ?? '' },
    enabled: owner !== undefined && !isPicked,
  })
  const value = isPicked ? picked : owner ? { id: owner, name: known.data?.name ?? '…' } : null
  return (
    <div className={classes.part}>
      <OrganisationField
        label={say('sheetOwner')}
        hint={say(lacksOwner(sheet) ? 'sheetOwnerLacks' : 'sheetOwnerHint')}
        value={value}
        onChange={(next) => {
          pick(next)
          change({ ...sheet, owner: next?.id })
        }}
      />
    </div>
  )
}
