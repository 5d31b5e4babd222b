import { ActionIcon } from '@mantine/core'
import { useWords } from '../../lib/words.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Choices } from './body.tsx'
import classes from './compose.module.css'
import { composeWords } from './words.ts'

/** Keep in, leave out: each pressed again takes itself back. */
export function PartyButtons({ party, name, choices }: { party: { id: string }; name: string; choices: Choices }) {
  const say = useWords(composeWords)
  const pinned = choices.isPinned(party.id)
  const banned = choices.isBanned(party.id)
  return (
    <span className={`${classes.partyButtons} unprinted`}>
      <ActionIcon
        variant={pinned ? 'filled' : 'subtle'}
        color={pinned ? 'teal' : 'gray'}
        aria-pressed={pinned}
        aria-label={say(pinned ? 'unpinOf' : 'pinOf', { name })}
        title={say(pinned ? 'unpin' : 'pin')}
        onClick={() => choices.togglePin(party.id)}
      >
        <Icon name="pin" size={16} />
      </ActionIcon>
      <ActionIcon
        variant={banned ? 'filled' : 'subtle'}
        color={banned ? 'red' : 'gray'}
        aria-pressed={banned}
        aria-label={say(banned ? 'unbanOf' : 'banOf', { name })}
        title={say(banned ? 'unban' : 'ban')}
        onClick={() => choices.toggleBan(party.id)}
      >
        <Icon name="ban" size={16} />
      </ActionIcon>
    </span>
  )
}
