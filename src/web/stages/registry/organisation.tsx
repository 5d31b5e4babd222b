import { Button, Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { registryApi } from '#stages/registry/api.ts'
import { type Organisation, SCHEMES } from '#stages/registry/model.ts'
import { readYearFact } from '#stages/registry/year-rules.ts'
import { useGo } from '../../lib/address.ts'
import { type Format, useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useSegments } from '../../lib/segments.ts'
import { useTerm } from '../../lib/terms.ts'
import { useText, useTexts } from '../../lib/texts.ts'
import { type Say, useWords } from '../../lib/words.ts'
import { Badge, KindBadge, Tags, TrlBadge } from '../../ui/badges.tsx'
import { DetailPage, type Fact, Facts, Section } from '../../ui/detail/detail-page.tsx'
import { History } from '../../ui/detail/history.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go, Outward } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import { uiWords } from '../../ui/words.ts'
import { Wanted } from '../watch/wanted.tsx'
import { placeOfKind } from './kinds.ts'
import { useActionNames, useFactNames, useFactValues } from './organisation-values.tsx'
import { Partners } from './partners.tsx'
import classes from './registry.module.css'
import { plainTexts, SourceSays } from './source-says.tsx'
import { organisationWords, registryWords } from './words.ts'
import { yearsToEdit, yearsWith } from './year-draft.ts'
import { Years } from './years.tsx'

type SayOrganisation = Say<typeof organisationWords.table>

/** An organisation's page. */
export function OrganisationRecord() {
  const { organisation: id } = useParams({ strict: false }) as { organisation: string }
  const { data, error, isPending, refetch } = useRead(registryApi.organisation, { params: { organisation: id } })
  if (isPending) return <Skeleton height={320} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Record organisation={data} />
}

function Record({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const sayUi = useWords(uiWords)
  const text = useText()
  const go = useGo()
  const term = useTerm()
  const { id, provenance } = organisation
  const name = text(organisation.names) || organisation.name
  const field = useFactNames()
  const value = useFactValues()
  const action = useActionNames()
  return (
    <DetailPage
      title={name}
      badges={
        <>
          <KindBadge place={placeOfKind(organisation.kind)}>{sayRegistry(`kind.${organisation.kind}`)}</KindBadge>
          {organisation.size ? <span>{sayRegistry(`size.${organisation.size}`)}</span> : null}
          {organisation.nameless ? <Badge tone="look">{say('nameless')}</Badge> : null}
          {organisation.titles.map((title) => (
            <Badge key={title}>{term(title)}</Badge>
          ))}
        </>
      }
      answer={<Answer organisation={organisation} say={say} />}
      action={
        organisation.mayEdit && !organisation.mergedInto ? (
          <Button leftSection={<Icon name="edit" size={16} />} onClick={() => go(`/organisations/${id}/edit`)}>
            {say('edit')}
          </Button>
        ) : null
      }
      notes={<Notes organisation={organisation} />}
      facts={<FactsOf organisation={organisation} />}
      tabs={[
        { key: 'overview', label: say('overview'), content: <Overview organisation={organisation} /> },
        {
          key: 'wanted',
          label: say('wanted'),
          content: <Wanted kind="wanted_organisation" id={id} name={name} />,
        },
        {
          key: 'results',
          label: say('results'),
          count: organisation.results.length,
          content: (
            <Section title={say('results')}>
              <Results of={organisation.results} />
            </Section>
          ),
        },
        {
          key: 'projects',
          label: say('projects'),
          count: organisation.projectsTotal,
          content: (
            <Section title={say('projects')}>
              <Projects organisation={organisation} />
            </Section>
          ),
        },
        ...(organisation.private
          ? [
              {
                key: 'years',
                label: sayRegistry('fact.years'),
                count: organisation.private.years.length,
                content: <Years organisation={organisation} />,
              },
            ]
          : []),
        {
          key: 'history',
          label: sayUi('history'),
          content: (
            <Section title={sayUi('history')}>
              <p className="soft">
                {provenance.importId ? sayUi('fromImport', { name: provenance.importName ?? '' }) : sayUi('typedHere')}
              </p>
              <History kind="organisation" id={id} words={{ action, field, value }} />
            </Section>
          ),
        },
      ]}
    />
  )
}

/** What this is, in one line. */
function Answer({ organisation, say }: { organisation: Organisation; say: SayOrganisation }) {
  const sayRegistry = useWords(registryWords)
  const format = useFormat()
  const term = useTerm()
  const values = {
    kind: sayRegistry(`kind.${organisation.kind}`),
    results: say('resultsOf', { count: organisation.results.length }),
    projects: say('projectsOf', { count: organisation.projectsTotal }),
  }
  const place = term(
    organisation.city ?? organisation.region ?? (organisation.country ? format.country(organisation.country) : ''),
  )
  return place ? say('answer', { ...values, place }) : say('answerNoPlace', values)
}

function Notes({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const label = useFactNames()
  const show = useFactValues()
  const write = useWrite(registryApi.changeOrganisation)
  const { id, revision, provenance, mayEdit } = organisation
  const answer = async (field: string, take: boolean) => {
    const value = provenance.sourceSays[field]?.value
    const taken = readYearFact(field)
      ? { years: yearsWith(yearsToEdit(organisation), field, value) }
      : { [field]: plainTexts(value) }
    const said = take ? taken : { keeps: [field] }
    try {
      await write.run({ params: { organisation: id }, body: { revision, ...said } as never })
    } catch {
      return
    }
    tell(say(take ? 'took' : 'kept', { field: label(field) }))
  }
  return (
    <>
      {organisation.mergedInto ? (
        <Note tone="look">
          {say('merged')} <Go to={`/organisations/${organisation.mergedInto}`}>{say('openMerged')}</Go>
        </Note>
      ) : null}
      {organisation.nameless ? <Note tone="look">{say('namelessTell')}</Note> : null}
      <SourceSays
        title={say('sourceTitle')}
        sourceSays={provenance.sourceSays}
        source={provenance.importName ?? ''}
        label={label}
        show={show}
        answer={mayEdit ? answer : undefined}
      />
      <ErrorNote error={write.refusal} />
    </>
  )
}

function Overview({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const texts = useTexts()
  const about = (['summary', 'products'] as const).flatMap((field) => {
    const read = texts(organisation[field])
    return read ? [{ field, read }] : []
  })
  return (
    <>
      {about.map(({ field, read }) => (
        <Section key={field} title={sayRegistry(`fact.${field}`)}>
          <p className={classes.prose} lang={read.language}>
            {read.text}
          </p>
          {read.otherLanguage ? <p className="faint">{read.otherLanguage}</p> : null}
        </Section>
      ))}
      <Section title={say('results')}>
        <Results of={organisation.results} />
      </Section>
      <Section title={say('partners')}>
        <Partners organisation={organisation} />
      </Section>
    </>
  )
}

function Results({ of }: { of: Organisation['results'] }) {
  const say = useWords(organisationWords)
  const text = useText()
  if (!of.length) return <p className="soft">{say('noResults')}</p>
  return (
    <ul className={classes.rows}>
      {of.map((result) => (
        <li key={result.id}>
          <span className={classes.name}>
            <Go quiet to={`/results/${result.id}`}>
              {text(result.titles) || result.title}
            </Go>
          </span>
          <span className={classes.more}>
            <Tags of={result.fields} most={2} />
            <TrlBadge level={result.trl} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Projects({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const text = useText()
  const format = useFormat()
  const { projects, projectsTotal } = organisation
  if (!projects.length) return <p className="soft">{say('noProjects')}</p>
  return (
    <>
      <ul className={classes.rows}>
        {projects.map((project) => (
          <li key={project.id}>
            <span className={classes.name}>
              <Go quiet to={`/projects/${project.id}`}>
                {[project.acronym, text(project.titles) || project.title].filter(Boolean).join(' · ')}
              </Go>
            </span>
            <span className={classes.more}>
              <span>
                {[project.startDate, project.endDate]
                  .map((day) => (day ? format.date(day.slice(0, 7)) : ''))
                  .join(' – ')}
              </span>
              <span>{say('members', { count: project.members })}</span>
            </span>
          </li>
        ))}
      </ul>
      {projectsTotal > projects.length ? (
        <p className="faint">
          {say('projectsMore', { shown: format.number(projects.length), total: format.number(projectsTotal) })}
        </p>
      ) : null}
    </>
  )
}

function FactsOf({ organisation }: { organisation: Organisation }) {
  const say = useWords(organisationWords)
  const sayRegistry = useWords(registryWords)
  const sayUi = useWords(uiWords)
  const format = useFormat()
  const { nameOf } = useSegments()
  const term = useTerm()
  const show = useFactValues()
  const { edited } = organisation.provenance
  const noteOf = (field: string) => {
    const set = edited[field]
    return set && organisation.provenance.importId
      ? sayUi('setBy', { who: sayUi('byPerson'), when: format.date(set.at.slice(0, 10)) })
      : undefined
  }
  const fact = (field: keyof Organisation & string, value = show(field, organisation[field])): Fact => ({
    key: field,
    label: sayRegistry(`fact.${field}` as 'fact.names'),
    value,
    note: noteOf(field),
  })
  const hidden = organisation.private
  return (
    <>
      <h2 className="unseen">{sayUi('facts')}</h2>
      <Facts
        of={[
          Object.keys(organisation.names).length > 1 && fact('names'),
          fact('shortName'),
          ...SCHEMES.map((scheme) => ({
            key: scheme,
            label: sayRegistry(`scheme.${scheme}`),
            value: organisation.identifiers[scheme] ? <code>{organisation.identifiers[scheme]}</code> : null,
          })),
          fact('segment', nameOf(organisation.segment)),
          organisation.fields.length ? fact('fields', <Tags of={organisation.fields} most={12} />) : null,
          fact('staff'),
          fact('founded'),
          fact('address', placeOf(organisation, format, term)),
          fact(
            'url',
            organisation.url ? (
              <Outward href={organisation.url}>
                {organisation.url.replace(/^https?:\/\//, '').replace(/\/$/, '')}
              </Outward>
            ) : null,
          ),
        ]}
      />
      {hidden ? (
        <section className={classes.hidden}>
          <h2>
            <Icon name="lock" size={16} /> {say('privateFacts')}
          </h2>
          <p className="faint">{say('privateTell')}</p>
          <Facts
            of={(['revenue', 'rdSpend', 'contact', 'notes'] as const).map((field) => ({
              key: field,
              label: sayRegistry(`fact.${field}`),
              value:
                (field === 'revenue' || field === 'rdSpend') && hidden[field] ? (
                  <span title={format.moneyExact(hidden[field])}>{format.money(hidden[field])}</span>
                ) : (
                  show(field, hidden[field])
                ),
              note: noteOf(field),
            }))}
          />
        </section>
      ) : null}
    </>
  )
}

function placeOf({ address, city, region, country }: Organisation, format: Format, term: (text: string) => string) {
  const parts = [address, term(city ?? ''), term(region ?? ''), country ? format.country(country) : ''].filter(Boolean)
  return parts.length ? parts.join(format.language === 'zh' ? '，' : ', ') : null
}
