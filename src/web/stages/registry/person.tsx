import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { registryApi } from '#stages/registry/api.ts'
import type { Person } from '#stages/registry/person-model.ts'
import { useGo } from '../../lib/address.ts'
import { useRead } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, Tags } from '../../ui/badges.tsx'
import { DetailPage, Facts, Section } from '../../ui/detail/detail-page.tsx'
import { History } from '../../ui/detail/history.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go, Outward } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { uiWords } from '../../ui/words.ts'
import { useActionNames, useFactValues } from './organisation-values.tsx'
import { personWords } from './project-words.ts'
import { useTalentLevel } from './talent-level.ts'

/** A person's page. */
export function PersonRecord() {
  const { person: id } = useParams({ strict: false }) as { person: string }
  const { data, error, isPending, refetch } = useRead(registryApi.person, { params: { person: id } })
  if (isPending) return <Skeleton height={240} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Record person={data} />
}

/** What a field of a person is called. */
export function usePersonFactNames(): (field: string) => string {
  const say = useWords(personWords)
  return (field) => {
    const key = `fact.${field}`
    return personWords.keys.includes(key as 'fact.names') ? say(key as 'fact.names') : field
  }
}

function Record({ person }: { person: Person }) {
  const say = useWords(personWords)
  const sayUi = useWords(uiWords)
  const text = useText()
  const term = useTerm()
  const levelOf = useTalentLevel()
  const go = useGo()
  const { nameOf } = useSegments()
  const field = usePersonFactNames()
  const value = useFactValues()
  const action = useActionNames()
  const { organisation, post, orcid } = person
  return (
    <DetailPage
      title={text(person.names) || person.name}
      badges={person.talentLevel ? <Badge>{levelOf(person.talentLevel)}</Badge> : null}
      answer={
        post && organisation
          ? say('answer', { post: term(post), organisation: term(organisation.name) })
          : term(post ?? organisation?.name ?? '')
      }
      action={
        person.mayEdit ? (
          <Button leftSection={<Icon name="edit" size={16} />} onClick={() => go(`/people/${person.id}/edit`)}>
            {say('edit')}
          </Button>
        ) : null
      }
    >
      <Section title={sayUi('facts')}>
        <Facts
          of={[
            {
              key: 'organisation',
              label: say('fact.organisation'),
              value: organisation ? <Go to={`/organisations/${organisation.id}`}>{term(organisation.name)}</Go> : null,
            },
            { key: 'post', label: say('fact.post'), value: post ? term(post) : null },
            person.fields.length
              ? { key: 'fields', label: say('fact.fields'), value: <Tags of={person.fields} most={12} /> }
              : null,
            { key: 'segment', label: say('fact.segment'), value: nameOf(person.segment) },
            {
              key: 'orcid',
              label: say('fact.orcid'),
              value: orcid ? <Outward href={`https://orcid.org/${orcid}`}>{orcid}</Outward> : null,
            },
          ]}
        />
      </Section>
      <Section title={sayUi('history')}>
        <p className="soft">
          {person.importId ? sayUi('fromImport', { name: person.importName ?? '' }) : sayUi('typedHere')}
        </p>
        <History kind="person" id={person.id} words={{ action, field, value }} />
      </Section>
    </DetailPage>
  )
}
