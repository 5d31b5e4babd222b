import type { Hit } from '#stages/watch/model.ts'
import { pathOf } from '#stages/watch/rules.ts'
import { useFormat } from '../../lib/format.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import classes from './watch.module.css'
import { watchWords } from './words.ts'

/** What a watch found, the latest first. */
export function Hits({ of }: { of: readonly Hit[] }) {
  const say = useWords(watchWords)
  const format = useFormat()
  const text = useText()
  return (
    <ul className={classes.hits}>
      {of.map((hit) => (
        <li key={hit.id}>
          <span className={classes.title}>
            <Go to={pathOf(hit.kind, hit.id)} quiet>
              {text(hit.names) || hit.name}
            </Go>
          </span>
          <span className={classes.facts}>
            <span>{say(`record.${hit.kind}`)}</span>
            <span>{format.ago(hit.at)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
