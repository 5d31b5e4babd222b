import { ActionIcon, Select } from '@mantine/core'
import { useState } from 'react'
import { type Member, TEAM_MEMBERS_MAX } from '#stages/compose/model.ts'
import { KINDS, type Kind } from '#stages/registry/model.ts'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { registryWords } from '../registry/words.ts'
import classes from './compose.module.css'
import { composeWords } from './words.ts'

export type KindCounts = Partial<Record<Kind, number>>

/** At least so many members of each kind, with how many the team has. */
export function KindsField({
  value,
  members,
  onChange,
}: {
  value: KindCounts
  members: readonly Member[]
  onChange: (value: KindCounts) => void
}) {
  const say = useWords(composeWords)
  const kinds = useWords(registryWords)
  const [added, add] = useState<readonly Kind[]>([])
  const shown = KINDS.filter((kind) => (value[kind] ?? 0) > 0 || added.includes(kind))
  const rest = KINDS.filter((kind) => !shown.includes(kind))
  const step = (kind: Kind, by: number) =>
    onChange({ ...value, [kind]: Math.min(TEAM_MEMBERS_MAX, Math.max(0, (value[kind] ?? 0) + by)) })
  return (
    <fieldset className={classes.kinds}>
      <legend>{say('kinds')}</legend>
      {shown.map((kind) => {
        const name = kinds(`kind.${kind}`)
        const has = members.filter((member) => member.kind === kind).length
        return (
          <div key={kind} className={classes.kind}>
            <span>
              {name}
              {members.length ? <span className="faint"> {say('kindHas', { count: has })}</span> : null}
            </span>
            <span className={classes.stepper}>
              <ActionIcon variant="default" aria-label={`${name} −1`} onClick={() => step(kind, -1)}>
                −
              </ActionIcon>
              <output className="figures" aria-label={name}>
                {value[kind] ?? 0}
              </output>
              <ActionIcon variant="default" aria-label={`${name} +1`} onClick={() => step(kind, 1)}>
                +
              </ActionIcon>
            </span>
          </div>
        )
      })}
      {rest.length ? (
        <Select
          size="xs"
          aria-label={say('addKind')}
          placeholder={say('addKind')}
          leftSection={<Icon name="plus" size={14} />}
          data={rest.map((kind) => ({ value: kind, label: kinds(`kind.${kind}`) }))}
          value={null}
          onChange={(kind) => {
            const chosen = rest.find((one) => one === kind)
            if (!chosen) return
            add([...added, chosen])
            onChange({ ...value, [chosen]: 1 })
          }}
        />
      ) : null}
    </fieldset>
  )
}
