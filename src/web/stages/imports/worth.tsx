import type { Summary } from '#stages/imports/model.ts'
import { useAddress } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { FRESH_ROWS } from './board.tsx'
import classes from './imports.module.css'
import { useNoteName } from './naming.ts'
import { importWords } from './words.ts'

/** Told elsewhere, or of no use as a figure. */
const NOT_LISTED = ['nameless', 'section']
/** What alone sets a row aside; other notes may stand on such a row too. */
const isAside = (note: string) => note.startsWith('aside.') || ['joined', 'merged', 'removed'].includes(note)

/** What was assumed, shortened, left out or set aside, each with how often, and a way to its rows. */
export function Worth({ summary }: { summary: Summary }) {
  const say = useWords(importWords)
  const nameNote = useNoteName()
  const format = useFormat()
  const { search, set } = useAddress()
  const { told, nameless, projectsAlone } = summary
  const notes = Object.entries(summary.notes).filter(([note, count]) => count > 0 && !NOT_LISTED.includes(note))
  const asides = Object.entries(summary.asides).filter(([note, count]) => count > 0 && isAside(note))
  const figure = (count: number) => ({ count, figure: format.number(count) })
  if (!notes.length && !asides.length && !told && !nameless && !projectsAlone) return null
  const show = (note: string) => set({ ...FRESH_ROWS, subject: undefined, verdict: undefined, note })
  return (
    <Section title={say('worthKnowing')}>
      {notes.length || told || nameless || projectsAlone ? (
        <ul className={classes.worth}>
          {told ? <li>{say('told', figure(told))}</li> : null}
          {nameless ? <Line note="nameless" text={say('nameless', figure(nameless))} /> : null}
          {projectsAlone ? <li>{say('projectsAlone', figure(projectsAlone))}</li> : null}
          {notes.map(([note, count]) => (
            <Line key={note} note={note} text={nameNote(note)} count={say('times', { count: format.number(count) })} />
          ))}
        </ul>
      ) : null}
      {asides.length ? (
        <p className="soft">
          {say('asides', {
            list: format.list(
              asides.map(([note, count]) => say('timesOf', { note: nameNote(note), count: format.number(count) })),
            ),
          })}
        </p>
      ) : null}
    </Section>
  )

  function Line({ note, text, count }: { note: string; text: string; count?: string }) {
    return (
      <li>
        <button
          type="button"
          className={classes.noteLink}
          aria-pressed={search.note === note}
          onClick={() => show(note)}
        >
          {text}
        </button>
        {count ? <span className="faint figures"> {count}</span> : null}
      </li>
    )
  }
}
