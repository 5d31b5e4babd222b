import { Button, SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Comparison } from '../../lib/compare.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { uiWords } from '../words.ts'
import classes from './conflict.module.css'

export interface ConflictProps {
  /** From `compareVersions` of what was opened, what I made of it, and what stands now. */
  comparison: Comparison
  label: (field: string) => string
  show: (field: string, value: unknown) => ReactNode
  /** Saves with, for each conflicting field, mine or theirs. */
  onSave: (choices: Record<string, 'mine' | 'theirs'>) => unknown
  onCancel: () => void
  isSaving: boolean
}

/** Two people changed one record: both versions side by side, and for each field the choice of what stays. */
export function ConflictPanel({ comparison, label, show, onSave, onCancel, isSaving }: ConflictProps) {
  const say = useWords(uiWords)
  const format = useFormat()
  const { conflicts, mine, theirs } = comparison
  const all = (side: 'mine' | 'theirs') => Object.fromEntries(conflicts.map(({ field }) => [field, side]))
  const [choices, choose] = useState<Record<string, 'mine' | 'theirs'>>(all('mine'))
  const names = (fields: readonly string[]) => format.list(fields.map(label))
  return (
    <section className={classes.conflict} aria-labelledby="conflict-title" role="alert">
      <h2 id="conflict-title">{say('conflictTitle')}</h2>
      <p>{say('conflictTell')}</p>
      {conflicts.length > 1 ? (
        <div className={classes.buttons}>
          <Button variant="default" size="compact-sm" onClick={() => choose(all('mine'))}>
            {say('conflictAllMine')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => choose(all('theirs'))}>
            {say('conflictAllTheirs')}
          </Button>
        </div>
      ) : null}
      <ul className={classes.fields}>
        {conflicts.map(({ field, base, mine: ours, theirs: others }) => (
          <li key={field}>
            <h3>{label(field)}</h3>
            <p className="faint">{say.rich('conflictBase', { value: show(field, base) ?? say('empty') })}</p>
            <div className={classes.sides}>
              {(['mine', 'theirs'] as const).map((side) => (
                <div key={side} data-kept={choices[field] === side || undefined}>
                  <p className="faint">{say(side === 'mine' ? 'conflictMine' : 'conflictTheirs')}</p>
                  <div>{show(field, side === 'mine' ? ours : others) ?? say('empty')}</div>
                </div>
              ))}
            </div>
            <SegmentedControl
              size="xs"
              aria-label={`${say('conflictKeep')}: ${label(field)}`}
              data={[
                { value: 'mine', label: say('conflictMine') },
                { value: 'theirs', label: say('conflictTheirs') },
              ]}
              value={choices[field] ?? 'mine'}
              onChange={(side) => choose({ ...choices, [field]: side as 'mine' | 'theirs' })}
            />
          </li>
        ))}
      </ul>
      {theirs.length ? <p className="soft">{say('conflictOnlyTheirs', { fields: names(theirs) })}</p> : null}
      {mine.length ? <p className="soft">{say('conflictOnlyMine', { fields: names(mine) })}</p> : null}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onCancel}>
          {say('cancel')}
        </Button>
        <Button loading={isSaving} onClick={() => void onSave(choices)}>
          {say('conflictSave')}
        </Button>
      </div>
    </section>
  )
}
