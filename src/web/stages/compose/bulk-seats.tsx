import { type BulkRun, type BulkSeat, overAsked } from '#stages/compose/bulk-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Section } from '../../ui/detail/detail-page.tsx'
import { Go } from '../../ui/go.tsx'
import { useName } from '../match/names.ts'
import classes from './bulk.module.css'
import { bulkWords } from './bulk-words.ts'

/** What a requirement of weight one is worth once it is met, by which a price is told. */
const POINTS_A_WEIGHT = 1_000
/** Below this share of it a price is told by its points alone. */
const WEIGHT_TOLD_MIN = 0.5

/** Who is in how many teams, and what one more seat of those who are asked for too often would be worth. */
export function BulkSeats({ run }: { run: BulkRun }) {
  const say = useWords(bulkWords)
  const over = overAsked(run.seats)
  const rest = run.seats.filter((seat) => seat.takenBy.length > 0 && !over.includes(seat))
  const most = Math.max(...run.seats.map((seat) => Math.max(seat.capacity, wantedOf(seat))), 1)
  return (
    <Section title={say('seats')}>
      <p className="soft">{say('seatsTell')}</p>
      <h3>{say('over')}</h3>
      {over.length ? null : <p className="soft">{say('overNone')}</p>}
      <ul className={classes.seats}>
        {over.map((seat) => (
          <Seat key={seat.id} seat={seat} most={most} isOver />
        ))}
      </ul>
      {rest.length ? (
        <details className={classes.rest}>
          <summary>{say('rest', { count: rest.length })}</summary>
          <ul className={classes.seats}>
            {rest.map((seat) => (
              <Seat key={seat.id} seat={seat} most={most} />
            ))}
          </ul>
        </details>
      ) : null}
    </Section>
  )
}

const wantedOf = ({ askedBy, takenBy, elsewhere }: BulkSeat) => elsewhere + new Set([...askedBy, ...takenBy]).size

function Seat({ seat, most, isOver = false }: { seat: BulkSeat; most: number; isOver?: boolean }) {
  const say = useWords(bulkWords)
  const name = useName()
  const { takenBy, elsewhere, capacity, askedBy } = seat
  const taken = takenBy.length + elsewhere
  const missed = wantedOf(seat) - taken
  const told = [
    say('taken', { count: takenBy.length }),
    ...(elsewhere ? [say('elsewhere', { count: elsewhere })] : []),
    say('askedBy', { count: askedBy.length }),
  ]
  return (
    <li>
      <Go to={`/organisations/${seat.id}`}>{name(seat)}</Go>
      <span className="figures soft">{told.join(' · ')}</span>
      <span className={classes.seatBar} aria-hidden>
        <span className={classes.takenPart} style={{ width: `${(taken / most) * 100}%` }} />
        <span className={classes.missedPart} style={{ width: `${(missed / most) * 100}%` }} />
        <span className={classes.limit} style={{ left: `${(capacity / most) * 100}%` }} />
      </span>
      {isOver ? <Price points={seat.price} /> : null}
    </li>
  )
}

function Price({ points }: { points: number | null }) {
  const say = useWords(bulkWords)
  const format = useFormat()
  if (points === null) return <span className={`${classes.price} faint`}>{say('priceKept')}</span>
  const weight = points / POINTS_A_WEIGHT
  if (points === 0) return <span className={`${classes.price} faint`}>{say('priceNone')}</span>
  return (
    <span className={classes.price}>
      {weight < WEIGHT_TOLD_MIN
        ? say('price', { points: format.number(points) })
        : say('priceWeight', { points: format.number(points), weight: format.number(weight, 1) })}
    </span>
  )
}
