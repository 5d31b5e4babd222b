import { Button } from '@mantine/core'
import type { Import } from '#stages/imports/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { Board } from './board.tsx'
import { goodOf, isBusy, SUBJECTS_COUNTED } from './counts.ts'
import classes from './imports.module.css'
import { Refused } from './refused.tsx'
import { Rows } from './rows.tsx'
import { importWords } from './words.ts'
import { Worth } from './worth.tsx'

/** What was written, with the way to each list that holds it; the rows stay to be looked through. */
export function Taken({ run }: { run: Import }) {
  const say = useWords(importWords)
  const format = useFormat()
  const go = useGo()
  const { summary } = run
  if (!summary) return null
  const { counts, duplicates, seconds } = summary
  return (
    <>
      <Section
        title={say('taken')}
        action={
          <Button variant="default" onClick={() => go('/imports')}>
            {say('another')}
          </Button>
        }
      >
        {goodOf(counts) ? null : <p>{say('takenNone')}</p>}
        <ul className={classes.taken}>
          {SUBJECTS_COUNTED.map(({ subject, counted, path }) => {
            const { new: added, changed, same } = counts[counted]
            if (!added && !changed && !same) return null
            return (
              <li key={subject} className={classes.takenPart}>
                <h3>{say(`of.${subject}`)}</h3>
                <p className={classes.takenFigures}>
                  <span>
                    <b className={classes.count}>{format.number(added)}</b> {say('verdict.new')}
                  </span>
                  {changed ? (
                    <span>
                      <b className={classes.count}>{format.number(changed)}</b> {say('verdict.changed')}
                    </span>
                  ) : null}
                </p>
                {same ? <p className="faint">{say('unchanged', { count: format.number(same) })}</p> : null}
                {path && added ? (
                  <p>
                    <Go to={path} search={{ import: run.id }}>
                      {say('openNew', { subject: say(`of.${subject}`) })}
                    </Go>
                  </p>
                ) : path ? (
                  <p>
                    <Go to={path}>{say('openAll', { subject: say(`of.${subject}`) })}</Go>
                  </p>
                ) : null}
              </li>
            )
          })}
        </ul>
        {seconds === null || isBusy(run) ? null : (
          <p className="faint">{say('seconds', { time: format.duration(seconds) })}</p>
        )}
      </Section>
      {duplicates?.suspected ? (
        <Note tone="look">
          <p>
            <b>{say('suspected', { count: duplicates.suspected, figure: format.number(duplicates.suspected) })}</b>
          </p>
          <p>{say('suspectedText')}</p>
          <p>
            <Go to="/duplicates">{say('suspectedOpen')}</Go>
          </p>
        </Note>
      ) : duplicates ? (
        <p className="soft">{say('suspectedNone')}</p>
      ) : null}
      <Refused run={run} />
      <Section title={say('board')}>
        <Board counts={counts} />
      </Section>
      <Worth summary={summary} />
      <Rows run={run} />
    </>
  )
}
