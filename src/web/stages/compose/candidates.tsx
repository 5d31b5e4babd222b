import { useRef, useState } from 'react'
import type { Proposal } from '#stages/compose/model.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Go } from '../../ui/go.tsx'
import { usePageKeys } from '../../ui/keys.ts'
import { useName } from '../match/names.ts'
import { CoverStrip } from '../match/strip.tsx'
import { matchWords } from '../match/words.ts'
import { OrganisationField } from '../registry/organisation-picker.tsx'
import type { Choices } from './body.tsx'
import own from './candidates.module.css'
import classes from './compose.module.css'
import { PartyButtons } from './party-buttons.tsx'
import { composeWords } from './words.ts'

const COVERED_LEVEL_MIN = 2
/** As what a dragged candidate's id travels. */
const PARTY_TYPE = 'application/x-party'

interface Party {
  id: string
  name: string
  names?: Proposal['members'][number]['names']
  member: boolean
  refused: boolean
}

/** Members and the next best, each with what it covers, to keep in or leave out: by button, or by p and b. */
export function Candidates({ proposal, choices }: { proposal: Proposal; choices: Choices }) {
  const say = useWords(composeWords)
  const list = useRef<HTMLUListElement>(null)
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-party]') ?? [])]
  const move = (by: 1 | -1) => {
    const all = rows()
    const at = all.findIndex((row) => row.contains(document.activeElement))
    const next = at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + by))]
    next?.querySelector<HTMLElement>('a')?.focus()
    return Boolean(next)
  }
  // In the list, and on a member's card as well.
  const here = () => document.activeElement?.closest<HTMLElement>('[data-party]')?.dataset.party
  const at = (toggle: (id: string) => void) => {
    const id = here()
    if (id) toggle(id)
    return Boolean(id)
  }
  usePageKeys({ j: () => move(1), k: () => move(-1), p: () => at(choices.togglePin), b: () => at(choices.toggleBan) })
  return (
    <section className={classes.candidates} aria-label={say('candidates')}>
      <h2>{say('candidates')}</h2>
      <p className="soft">{say('candidatesTell')}</p>
      <Drops choices={choices} />
      <ul ref={list}>
        {partiesOf(proposal, choices).map((party) => (
          <CandidateRow key={party.id} proposal={proposal} party={party} choices={choices} />
        ))}
      </ul>
      <div className="unprinted">
        <OrganisationField
          label={say('addOther')}
          value={null}
          onChange={(picked) => picked && !choices.isPinned(picked.id) && choices.togglePin(picked.id)}
        />
        <p className={`${classes.keyHint} faint`}>{say('keys')}</p>
      </div>
    </section>
  )
}

/** Where a candidate is dropped to keep it in or leave it out; for those who point and don't type. */
function Drops({ choices }: { choices: Choices }) {
  const say = useWords(composeWords)
  const [over, setOver] = useState<'pin' | 'ban' | null>(null)
  const take = { pin: choices.togglePin, ban: choices.toggleBan }
  const has = { pin: choices.isPinned, ban: choices.isBanned }
  return (
    <div className={`${own.drops} unprinted`}>
      {(['pin', 'ban'] as const).map((what) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: for pointers alone; the buttons and keys of each row do the same.
        <div
          key={what}
          data-drop={what}
          data-over={over === what || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(what)
          }}
          onDragLeave={() => setOver(null)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(null)
            const id = event.dataTransfer.getData(PARTY_TYPE)
            if (id && !has[what](id)) take[what](id)
          }}
        >
          {say(`drop.${what}`)}
        </div>
      ))}
    </div>
  )
}

/** Those of the heat map, then whoever else is kept in or left out. */
function partiesOf({ heatMap, conditions }: Proposal, choices: Choices): Party[] {
  const shown = new Set(heatMap.columns.map(({ id }) => id))
  const others = [...conditions.pins, ...conditions.bans]
    .filter(({ id }) => !shown.has(id) && (choices.isPinned(id) || choices.isBanned(id)))
    .map((party) => ({ ...party, member: false, refused: false }))
  return [...heatMap.columns, ...others]
}

function CandidateRow({ proposal, party, choices }: { proposal: Proposal; party: Party; choices: Choices }) {
  const say = useWords(composeWords)
  const match = useWords(matchWords)
  const nameOf = useName()
  const name = nameOf(party)
  const { heatMap, capabilities } = proposal
  const column = heatMap.columns.findIndex(({ id }) => id === party.id)
  const cells = capabilities.map((capability) => ({
    key: capability.id,
    name: nameOf(capability),
    level: heatMap.rows.find((row) => row.capability === capability.id)?.levels[column] ?? 0,
  }))
  const covered = cells.filter(({ level }) => level >= COVERED_LEVEL_MIN).length
  return (
    <li
      className={classes.candidate}
      data-party={party.id}
      data-member={party.member || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(PARTY_TYPE, party.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <div className={classes.candidateName}>
        <Go to={`/organisations/${party.id}`} quiet>
          {name}
        </Go>
        <PartyButtons party={party} name={name} choices={choices} />
      </div>
      <div className={classes.candidateMarks}>
        {column < 0 ? null : <CoverStrip cells={cells} label={match('strip', { count: cells.length, covered })} />}
        {party.member ? <Badge tone="good">{say('member')}</Badge> : null}
        {choices.isPinned(party.id) ? <Badge icon="pin">{say('pinned')}</Badge> : null}
        {choices.isBanned(party.id) ? <Badge icon="ban">{say('banned')}</Badge> : null}
        {party.refused ? <Badge tone="look">{say('refused')}</Badge> : null}
      </div>
    </li>
  )
}
