import { ActionIcon, Button, MultiSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { Proposal } from '#stages/compose/model.ts'
import { useRead } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { NumberField } from '../../ui/form/fields.tsx'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { Icon } from '../../ui/icons.tsx'
import { OrganisationField } from '../registry/organisation-picker.tsx'
import classes from './compose.module.css'
import { optionWords } from './option-words.ts'
import own from './options.module.css'
import type { PanelProps } from './options.tsx'

const PACKS_ASKED_MAX = 5

/** Conditions that no need names: a second one behind what is critical, seats for newcomers and small firms, who can’t sit together. */
export function MoreOptions({ proposal, options, change }: PanelProps & { proposal: Proposal }) {
  const say = useWords(optionWords)
  const set = (key: 'newcomersMin' | 'smeShareMin') => (value: number | null) => change({ [key]: value }, 'settled')
  return (
    <>
      <PacksField options={options} change={change} />
      <Switch
        label={say('criticalTwice')}
        checked={options.criticalCovers === 2}
        onChange={(event) => change({ criticalCovers: event.currentTarget.checked ? 2 : 1 })}
      />
      <div className={classes.pair}>
        <NumberField
          name="newcomersMin"
          label={say('newcomers')}
          error={undefined}
          value={options.newcomersMin ?? null}
          onChange={set('newcomersMin')}
        />
        <NumberField
          name="smeShareMin"
          label={say('smeShare')}
          error={undefined}
          value={options.smeShareMin ?? null}
          onChange={set('smeShareMin')}
        />
      </div>
      <p className={`${classes.used} faint`}>{say('newcomersTell')}</p>
      <Apart proposal={proposal} options={options} change={change} />
    </>
  )
}

/** Rules of a call or a programme that the team has to meet. */
function PacksField({ options, change }: PanelProps) {
  const say = useWords(optionWords)
  const { data } = useRead(composeApi.packs)
  const language = say.language === 'zh' ? 'zh' : 'en'
  const asked = options.packs ?? []
  const known = new Map((data?.rows ?? []).map((pack) => [pack.id, pack]))
  const set = (packs: string[]) =>
    change({ packs, waived: (options.waived ?? []).filter((row) => packs.some((id) => row.startsWith(`${id}:`))) })
  return (
    <MultiSelect
      label={say('packs')}
      description={say('packsTell')}
      maxValues={PACKS_ASKED_MAX}
      searchable
      data={[...new Set([...known.keys(), ...asked])].map((id) => {
        const pack = known.get(id)
        return { value: id, label: pack ? `${pack.title[language]} (${pack.version})` : id }
      })}
      value={[...asked]}
      onChange={set}
    />
  )
}

function Apart({ proposal, options, change }: PanelProps & { proposal: Proposal }) {
  const say = useWords(optionWords)
  const [first, pickFirst] = useState<Picked | null>(null)
  const pairs = options.apart ?? []
  const nameOf = (a: string, b: string) =>
    proposal.conditions.apart.find((pair) => pair.a === a && pair.b === b)?.names.join(say('pairOf')) ?? '…'
  const add = (second: Picked | null) => {
    if (!first || !second || first.id === second.id) return
    change({ apart: [...pairs, [first.id, second.id]] })
    pickFirst(null)
  }
  return (
    <details className={own.details} open={pairs.length > 0 || undefined}>
      <summary>{say('apart')}</summary>
      <p className="faint">{say('apartTell')}</p>
      <ul className={own.pairs}>
        {pairs.map(([a, b]) => (
          <li key={`${a}+${b}`}>
            <span>{nameOf(a, b)}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={say('apartRemove', { names: nameOf(a, b) })}
              onClick={() => change({ apart: pairs.filter(([c, d]) => c !== a || d !== b) })}
            >
              <Icon name="close" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {first ? (
        <>
          <p>
            {first.name}{' '}
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => pickFirst(null)}>
              {say('apartOther')}
            </Button>
          </p>
          <OrganisationField label={say('apartSecond')} value={null} onChange={add} />
        </>
      ) : (
        <OrganisationField label={say('apartFirst')} value={null} onChange={pickFirst} />
      )}
    </details>
  )
}
