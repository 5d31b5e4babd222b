import { Button, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { mayChangePacks } from '#stages/compose/access.ts'
import { composeApi } from '#stages/compose/api.ts'
import type { LocalPack } from '#stages/compose/local-pack-model.ts'
import type { PackClause, PackRow } from '#stages/compose/pack-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge } from '../../ui/badges.tsx'
import { DetailPage, Section } from '../../ui/detail/detail-page.tsx'
import { Empty, ErrorNote } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import { PackEditor } from './pack-editor.tsx'
import { PackSource } from './pack-source.tsx'
import { packWords } from './pack-words.ts'
import classes from './rules.module.css'

/** The rule packs that a team can be asked to meet: those that come with the product, and the zone’s own. */
export function RulePacks() {
  const say = useWords(packWords)
  const { caller } = useZone()
  const [isEditing, edit] = useState(false)
  const own = useRead(composeApi.localPacks)
  const inForce = useRead(composeApi.packs)
  const mayChange = mayChangePacks(caller)
  const rows = own.data?.rows ?? []
  return (
    <DetailPage
      title={say('title')}
      answer={say('tell')}
      action={mayChange && !isEditing ? <Button onClick={() => edit(true)}>{say('add')}</Button> : null}
    >
      <ErrorNote error={own.error ?? inForce.error} retry={() => void own.refetch()} />
      {isEditing ? <PackEditor close={() => edit(false)} /> : null}
      <Section title={say('own')}>
        {own.isPending ? <Skeleton height={80} /> : null}
        {own.data && rows.length === 0 ? <Empty title={say('noneTitle')}>{say('noneText')}</Empty> : null}
        <ul className={classes.packs}>
          {rows.map((pack) => (
            <OwnPack key={pack.id} pack={pack} mayChange={mayChange} />
          ))}
        </ul>
      </Section>
      <BuiltIn rows={(inForce.data?.rows ?? []).filter(({ local }) => !local)} />
    </DetailPage>
  )
}

function OwnPack({ pack, mayChange }: { pack: LocalPack; mayChange: boolean }) {
  const say = useWords(packWords)
  const format = useFormat()
  const withdraw = useWrite(composeApi.withdrawLocalPack)
  const language = say.language === 'zh' ? 'zh' : 'en'
  const run = async () => {
    await withdraw.run({ params: { pack: pack.id } })
    tell(say('withdrawn'))
  }
  return (
    <li>
      <div className={classes.packHead}>
        <h3>
          {pack.title[language]} <span className="faint">{pack.version}</span>
        </h3>
        {pack.withdrawnAt ? (
          <Badge tone="quiet">{say('isWithdrawn')}</Badge>
        ) : (
          <Badge tone="good">{say('inUse')}</Badge>
        )}
        {mayChange && !pack.withdrawnAt ? (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className="unprinted"
            loading={withdraw.isRunning}
            onClick={() => void run().catch(() => undefined)}
          >
            {say('withdraw')}
          </Button>
        ) : null}
      </div>
      <p className="faint">
        {say('since', { from: format.date(pack.from), by: pack.by ?? '—', at: format.instant(pack.at) })}
      </p>
      <ErrorNote error={withdraw.refusal} />
      <Clauses rows={pack.rows} />
    </li>
  )
}

function BuiltIn({ rows }: { rows: readonly PackRow[] }) {
  const say = useWords(packWords)
  return (
    <Section title={say('builtIn')}>
      <p className="soft">{say('builtInTell')}</p>
      <ul className={classes.plain}>
        {rows.map((pack) => (
          <BuiltInPack key={pack.id} pack={pack} />
        ))}
      </ul>
    </Section>
  )
}

/** Opens to what the pack asks, row by row, and to the measure that it is taken from. */
function BuiltInPack({ pack: { version, title, from, rows, source, url, notes } }: { pack: PackRow }) {
  const say = useWords(packWords)
  const format = useFormat()
  const language = say.language === 'zh' ? 'zh' : 'en'
  const when = { version, from: format.date(from), count: rows.length }
  return (
    <li>
      <details>
        <summary>
          {title[language]} <span className="faint">{say('builtInOf', when)}</span>
        </summary>
        <p className="soft">
          <PackSource title={source[language]} url={url} />
        </p>
        {notes ? <p className="faint">{notes[language]}</p> : null}
        <Clauses rows={rows} />
      </details>
    </li>
  )
}

/** What a pack asks, each row with where it stands; what nobody confirmed is left to a person. */
function Clauses({ rows }: { rows: readonly PackClause[] }) {
  const say = useWords(packWords)
  const language = say.language === 'zh' ? 'zh' : 'en'
  return (
    <ol className={classes.clauses}>
      {rows.map((row) => (
        <li key={row.id}>
          {row.words[language]} <span className="faint">{row.source}</span>{' '}
          {row.certainty === 'B' ? <Badge tone="look">{say('byHand')}</Badge> : null}
        </li>
      ))}
    </ol>
  )
}
