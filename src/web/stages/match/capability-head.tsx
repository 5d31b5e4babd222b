import { Tooltip } from '@mantine/core'
import type { Texts } from '#stages/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { coverWords } from './cover-words.ts'
import classes from './match.module.css'
import { useName } from './names.ts'

/** A capability at the head of a row: its name, whether it is critical, how much it weighs. */
export function CapabilityHead({
  capability,
}: {
  capability: { name: string; names: Texts; weight: number; critical: boolean }
}) {
  const say = useWords(coverWords)
  const name = useName()
  const weight = say('weight', { weight: capability.weight })
  return (
    <span className={classes.capability}>
      <span>{name(capability)}</span>
      <span className={classes.capabilityMarks}>
        <Tooltip label={weight}>
          <span role="img" aria-label={weight} className={classes.weight}>
            {'●'.repeat(capability.weight)}
          </span>
        </Tooltip>
        {capability.critical ? <Badge tone="look">{say('critical')}</Badge> : null}
      </span>
    </span>
  )
}
