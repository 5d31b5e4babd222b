import { type Counts, VERDICTS } from '#stages/imports/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { countOf, SUBJECTS_COUNTED } from './counts.ts'
import classes from './imports.module.css'
import { importWords } from './words.ts'

/** The table below, when it is asked for other rows. */
export const FRESH_ROWS = { page: undefined, q: undefined, note: undefined, sheet: undefined }

/** What became of the rows, by subject and outcome. A figure shows its rows in the table below; pressed again, all. */
export function Board({ counts }: { counts: Counts }) {
  const say = useWords(importWords)
  const format = useFormat()
  const { search, set } = useAddress()
  const shown = SUBJECTS_COUNTED.filter(({ counted }) =>
    VERDICTS.some((verdict) => countOf(counts[counted], verdict) > 0),
  )
  return (
    <div className={classes.board}>
      {shown.map(({ subject, counted }) => (
        <section key={subject} className={classes.counted} aria-label={say(`of.${subject}`)}>
          <header className={classes.countedHead}>
            <h3>{say(`of.${subject}`)}</h3>
            <span className="faint figures">{say('read', { count: format.number(counts[counted].read) })}</span>
          </header>
          <div className={classes.figures}>
            {VERDICTS.map((verdict) => {
              const count = countOf(counts[counted], verdict)
              const isOn = search.subject === subject && search.verdict === verdict
              return (
                <button
                  key={verdict}
                  type="button"
                  className={classes.figure}
                  disabled={count === 0}
                  aria-pressed={isOn}
                  title={say(`verdictTell.${verdict}`)}
                  onClick={() =>
                    set({ ...FRESH_ROWS, subject: isOn ? undefined : subject, verdict: isOn ? undefined : verdict })
                  }
                >
                  <span className="unseen">{say(`of.${subject}`)}</span>
                  <b className={classes.count} data-verdict={verdict} data-none={count === 0 || undefined}>
                    {format.number(count)}
                  </b>
                  <span className={classes.verdict}>{say(`verdict.${verdict}`)}</span>
                </button>
              )
            })}
          </div>
        </section>
      ))}
    </div>
  )
}
