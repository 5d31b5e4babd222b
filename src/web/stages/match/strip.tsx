import { Tooltip } from '@mantine/core'
import type { Level } from '#stages/match/model.ts'
import { useWords } from '../../lib/words.ts'
import { coverWords } from './cover-words.ts'
import classes from './match.module.css'

/** One small square a capability, as deep as its level: the shape of what somebody covers, at a glance. */
export function CoverStrip({
  cells,
  label,
}: {
  cells: readonly { key: string; name: string; level: Level }[]
  /** The same in a sentence. */
  label: string
}) {
  const say = useWords(coverWords)
  return (
    <span className={classes.strip} role="img" aria-label={label}>
      {cells.map(({ key, name, level }) => (
        <Tooltip key={key} label={`${name}: ${say('levelOf', { level, words: say(`level.${level}`) })}`}>
          <span data-level={level} />
        </Tooltip>
      ))}
    </span>
  )
}
