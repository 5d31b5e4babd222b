import { useCallback, useMemo } from 'react'
import type { Organisation } from '#stages/registry/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import type { Scheme } from '../../lib/theme.ts'
import { useWords } from '../../lib/words.ts'
import { KindBadge } from '../../ui/badges.tsx'
import { Chart } from '../../ui/chart/chart.tsx'
import { networkOption } from '../../ui/chart/options.ts'
import { Go } from '../../ui/go.tsx'
import { placeOfKind } from './kinds.ts'
import classes from './registry.module.css'
import { organisationWords, registryWords } from './words.ts'

const DRAWN_MAX = 12
const LISTED_MAX = 12
/** Fewer than these are said more plainly by the list alone. */
const DRAWN_MIN = 3

/** With whom an organisation has done projects: the nearest as a picture, and all as a list. */
export function Partners({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const format = useFormat()
  const text = useText()
  const go = useGo()
  const term = useTerm()
  const { id, kind, partners } = organisation
  const name = text(organisation.names) || organisation.name
  const named = partners.map((partner) => ({ ...partner, name: term(partner.name) }))
  const drawn = useMemo(() => partners.slice(0, DRAWN_MAX), [partners])
  const option = useCallback(
    (scheme: Scheme) =>
      networkOption(
        {
          centre: { id, name, weight: 1, place: placeOfKind(kind) },
          others: drawn.map((partner) => ({
            id: partner.id,
            name: term(partner.name),
            weight: partner.projects,
            place: placeOfKind(partner.kind),
          })),
          links: drawn.map((partner) => ({ from: id, to: partner.id, value: partner.projects })),
        },
        scheme,
      ),
    [id, name, kind, drawn, term],
  )
  if (!partners.length) return <p className="soft">{say('noPartners')}</p>
  return (
    <>
      <p className="soft">{say('partnersTell')}</p>
      <div className={drawn.length >= DRAWN_MIN ? classes.split : undefined}>
        <ul className={classes.rows}>
          {named.slice(0, LISTED_MAX).map((partner) => (
            <li key={partner.id}>
              <span className={classes.name}>
                <Go quiet to={`/organisations/${partner.id}`}>
                  {partner.name}
                </Go>
              </span>
              <span className={classes.more}>
                <KindBadge place={placeOfKind(partner.kind)}>{sayRegistry(`kind.${partner.kind}`)}</KindBadge>
                <span className="figures">{say('partnerProjects', { count: partner.projects })}</span>
              </span>
            </li>
          ))}
        </ul>
        {drawn.length >= DRAWN_MIN ? (
          <Chart
            label={say('networkLabel', { name, count: format.number(partners.length) })}
            height={340}
            option={option}
            onPick={({ data }) => {
              const picked = (data as { id?: string } | undefined)?.id
              if (picked && picked !== id) go(`/organisations/${picked}`)
            }}
            table={{
              head: [sayRegistry('fact.names'), sayRegistry('fact.kind'), say('projects'), say('latest')],
              rows: named.map((partner) => [
                <Go key="name" quiet to={`/organisations/${partner.id}`}>
                  {partner.name}
                </Go>,
                sayRegistry(`kind.${partner.kind}`),
                format.number(partner.projects),
                partner.latest ? format.date(partner.latest.slice(0, 7)) : '',
              ]),
            }}
          />
        ) : null}
      </div>
    </>
  )
}
