import type { PackPreview } from '#stages/compose/local-pack-model.ts'
import { useWords } from '../../lib/words.ts'
import { Go } from '../../ui/go.tsx'
import { packWords } from './pack-words.ts'
import classes from './rules.module.css'

type Team = PackPreview['eligible'][number]

/** What a pack would say of the teams proposed last: how many keep it, which don’t, and at which row. */
export function PreviewPart({ preview }: { preview: PackPreview }) {
  const say = useWords(packWords)
  const language = say.language === 'zh' ? 'zh' : 'en'
  const { teams, eligible, notEligible, byHand, rows, changes } = preview
  if (teams === 0) return <p className="soft">{say('previewNone')}</p>
  return (
    <section className={classes.preview} aria-label={say('previewTitle')}>
      <h3>{say('previewTitle')}</h3>
      <p>
        {say('previewTell', {
          teams,
          eligible: eligible.length,
          notEligible: notEligible.length,
          byHand: byHand.length,
        })}
      </p>
      {changes ? (
        <p>{say('previewChanges', { become: changes.becomeEligible.length, cease: changes.ceaseToBe.length })}</p>
      ) : null}
      <ul>
        {rows.map(({ row, words, met, missed, unknown }) => (
          <li key={row}>
            {words[language]} <span className="faint">{say('previewRow', { met, unknown })}</span>
            {missed.length ? <Teams teams={missed} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Teams({ teams }: { teams: readonly Team[] }) {
  const say = useWords(packWords)
  return (
    <span>
      {say('previewMissed', { count: teams.length })}
      {teams.map(({ needId, need }, at) => (
        <span key={needId}>
          {at ? (say.language === 'zh' ? '、' : ', ') : ''}
          <Go to={`/needs/${needId}/compose`}>{need}</Go>
        </span>
      ))}
    </span>
  )
}
