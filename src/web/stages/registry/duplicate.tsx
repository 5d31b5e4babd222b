import { Button, Radio, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { registryApi } from '#stages/registry/api.ts'
import { MERGED_FACTS } from '#stages/registry/duplicate-model.ts'
import type { Organisation } from '#stages/registry/model.ts'
import { useGo } from '../../lib/address.ts'
import { sameValue } from '../../lib/compare.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { DetailPage } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import { duplicateWords } from './duplicate-words.ts'
import { Reasons } from './duplicates.tsx'
import { useFactNames, useFactValues } from './organisation-values.tsx'
import classes from './registry.module.css'
import { registryTitles } from './titles.ts'
import { yearsToEdit } from './year-draft.ts'

/** Two organisations that may be one, side by side: a person decides. */
export function DuplicateRecord() {
  const { first, second } = useParams({ strict: false }) as { first: string; second: string }
  const a = useRead(registryApi.organisation, { params: { organisation: first } })
  const b = useRead(registryApi.organisation, { params: { organisation: second } })
  if (a.isPending || b.isPending) return <Skeleton height={360} />
  if (a.error || b.error) return <ErrorNote error={a.error ?? b.error} />
  return <Decision sides={[a.data, b.data]} key={`${first}/${second}`} />
}

const valuesOf = (organisation: Organisation): { [field: string]: unknown } => ({
  ...organisation,
  ...organisation.private,
  years: yearsToEdit(organisation),
})

function Decision({ sides }: { sides: readonly [Organisation, Organisation] }) {
  const say = useWords(duplicateWords)
  const title = useWords(registryTitles)('duplicates')
  const text = useText()
  const go = useGo()
  const decide = useWrite(registryApi.decideDuplicate)
  const part = useWrite(registryApi.partOrganisation)
  const pairs = useRead(registryApi.duplicates, { query: { organisation: sides[0].id } })
  const pair = pairs.data?.rows.find(({ first, second }) => [first.id, second.id].includes(sides[1].id))
  const [keep, setKeep] = useState(sides[0].id)
  const [take, setTake] = useState<{ [field: string]: string }>({})
  const kept = sides.find(({ id }) => id === keep) ?? sides[0]
  const gone = sides.find(({ id }) => id !== keep) ?? sides[1]
  const nameOf = (side: Organisation) => text(side.names) || side.name
  const params = { first: sides[0].id, second: sides[1].id }
  const merge = async () => {
    const revisions = Object.fromEntries(sides.map(({ id, revision }) => [id, revision]))
    try {
      await decide.run({ params, body: { decision: 'merge', keep, take, revisions } })
    } catch {
      return
    }
    const undo = async () => {
      await part.run({ params: { organisation: gone.id } })
      tell(say('parted'))
    }
    tell(say('merged', { name: nameOf(kept) }), { undo })
    go('/duplicates', {}, { replace: true })
  }
  const apart = async () => {
    try {
      await decide.run({ params, body: { decision: 'distinct' } })
    } catch {
      return
    }
    tell(say('toldApart'))
    go('/duplicates', {}, { replace: true })
  }
  const merged = sides.some(({ mergedInto }) => mergedInto)
  return (
    <DetailPage
      title={say('compare', { first: nameOf(sides[0]), second: nameOf(sides[1]) })}
      badges={<Go to="/duplicates">{title}</Go>}
      answer={pair ? <Reasons of={pair.reasons} /> : null}
      notes={
        <>
          {merged ? (
            <Note tone="look">
              {say('gone')} <Go to="/duplicates">{say('toList')}</Go>
            </Note>
          ) : null}
          <ErrorNote error={decide.refusal ?? part.refusal} />
        </>
      }
      moreActions={
        merged ? null : (
          <Button variant="default" loading={decide.isRunning} onClick={() => void apart()}>
            {say('apart')}
          </Button>
        )
      }
      action={
        merged ? null : (
          <Button loading={decide.isRunning} onClick={() => void merge()}>
            {say('merge')}
          </Button>
        )
      }
    >
      <p className="soft">{say('mergeTell', { kept: nameOf(kept), gone: nameOf(gone) })}</p>
      <SideBySide sides={sides} keep={keep} setKeep={setKeep} take={take} setTake={setTake} nameOf={nameOf} />
    </DetailPage>
  )
}

interface SideProps {
  sides: readonly [Organisation, Organisation]
  keep: string
  setKeep: (id: string) => void
  take: { [field: string]: string }
  setTake: (take: { [field: string]: string }) => void
  nameOf: (side: Organisation) => string
}

function SideBySide({ sides, keep, setKeep, take, setTake, nameOf }: SideProps) {
  const say = useWords(duplicateWords)
  const label = useFactNames()
  const show = useFactValues()
  const values = sides.map(valuesOf)
  const fields = ['identifiers', ...MERGED_FACTS].filter((field) =>
    values.some((side) => !sameValue(side[field], null)),
  )
  return (
    <div className={classes.compare}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('fact')}</th>
            {sides.map((side) => (
              <th key={side.id} scope="col">
                <Go quiet to={`/organisations/${side.id}`}>
                  {nameOf(side)}
                </Go>
                <Radio
                  size="xs"
                  name="keep"
                  label={say('keepThis')}
                  checked={keep === side.id}
                  onChange={() => setKeep(side.id)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const differs = !sameValue(values[0]?.[field], values[1]?.[field])
            const both = values.every((side) => !sameValue(side[field], null))
            return (
              <tr key={field} data-differs={differs || undefined}>
                <th scope="row">{label(field)}</th>
                {sides.map((side, at) => (
                  <td key={side.id}>
                    {show(field, values[at]?.[field]) ?? <span className="faint">—</span>}
                    {differs && both && field !== 'identifiers' ? (
                      <Radio
                        size="xs"
                        name={`take-${field}`}
                        aria-label={`${say('chooseFor', { field: label(field) })}: ${nameOf(side)}`}
                        checked={(take[field] ?? keep) === side.id}
                        onChange={() => setTake({ ...take, [field]: side.id })}
                      />
                    ) : null}
                  </td>
                ))}
              </tr>
            )
          })}
          <tr>
            <th scope="row">{say('results')}</th>
            {sides.map((side) => (
              <td key={side.id}>{side.results.length}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('projects')}</th>
            {sides.map((side) => (
              <td key={side.id}>{side.projectsTotal}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}
