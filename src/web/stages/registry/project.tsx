import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { registryApi } from '#stages/registry/api.ts'
import type { Participant, Project } from '#stages/registry/project-model.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead } from '../../lib/query.tsx'
import { useTerm } from '../../lib/terms.ts'
import { useText, useTexts } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge, Tags } from '../../ui/badges.tsx'
import { DetailPage, Facts, Section } from '../../ui/detail/detail-page.tsx'
import { History } from '../../ui/detail/history.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { uiWords } from '../../ui/words.ts'
import { EvidencePanel } from './evidence.tsx'
import { placeOfKind } from './kinds.ts'
import { useActionNames, useFactNames, useFactValues } from './organisation-values.tsx'
import { projectWords } from './project-words.ts'
import { timeOf } from './projects.tsx'
import classes from './registry.module.css'

/** A past project's page: what it was for, and who took part. */
export function ProjectRecord() {
  const { project: id } = useParams({ strict: false }) as { project: string }
  const { data, error, isPending, refetch } = useRead(registryApi.project, { params: { project: id } })
  if (isPending) return <Skeleton height={320} />
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return <Record project={data} />
}

function Record({ project }: { project: Project }) {
  const say = useWords(projectWords)
  const sayUi = useWords(uiWords)
  const format = useFormat()
  const text = useText()
  const texts = useTexts()
  const field = useFactNames()
  const value = useFactValues()
  const action = useActionNames()
  const objective = texts(project.objective)
  return (
    <DetailPage
      title={text(project.titles) || project.title}
      badges={
        <>
          {project.acronym ? <b>{project.acronym}</b> : null}
          {project.status ? <Badge>{project.status}</Badge> : null}
          {project.parts.map((part) => (
            <Badge key={part} tone="quiet">
              {part}
            </Badge>
          ))}
        </>
      }
      answer={say('answer', { count: format.number(project.members), time: timeOf(project, format) })}
      facts={<FactsOf project={project} />}
      tabs={[
        {
          key: 'overview',
          label: say('overview'),
          content: (
            <>
              <Section title={say('objective')}>
                {objective ? (
                  <p className={classes.prose} lang={objective.language}>
                    {objective.text}
                  </p>
                ) : (
                  <p className="soft">{say('noObjective')}</p>
                )}
              </Section>
              <Section title={say('members')}>
                <Participants of={project.participants} total={project.members} />
              </Section>
              <EvidencePanel subjectKind="project" subject={project.id} />
            </>
          ),
        },
        {
          key: 'history',
          label: sayUi('history'),
          content: (
            <Section title={sayUi('history')}>
              <p className="soft">
                {project.importId ? sayUi('fromImport', { name: project.importName ?? '' }) : sayUi('typedHere')}
              </p>
              <History kind="project" id={project.id} words={{ action, field, value }} />
            </Section>
          ),
        },
      ]}
    />
  )
}

function Participants({ of, total }: { of: readonly Participant[]; total: number }) {
  const say = useWords(projectWords)
  const format = useFormat()
  const term = useTerm()
  const roleOf = (role: string) =>
    role === 'coordinator'
      ? say('coordinator')
      : role === 'participant'
        ? say('participant')
        : say('otherRole', { role })
  return (
    <>
      <ul className={classes.rows}>
        {of.map((member) => (
          <li key={member.id}>
            <span className={classes.name}>
              <KindBadge place={placeOfKind(member.kind)}>
                <Go quiet to={`/organisations/${member.id}`}>
                  {term(member.name)}
                </Go>
              </KindBadge>
            </span>
            <span className={classes.more}>
              <span>{roleOf(member.role)}</span>
              {member.ended ? <Badge tone="quiet">{say('ended')}</Badge> : null}
              {member.country ? <span>{format.country(member.country)}</span> : null}
              {member.contribution ? (
                <span className="figures" title={format.moneyExact(member.contribution)}>
                  {format.money(member.contribution)}
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {total > of.length ? (
        <p className="faint">{say('shown', { shown: format.number(of.length), total: format.number(total) })}</p>
      ) : null}
    </>
  )
}

function FactsOf({ project }: { project: Project }) {
  const say = useWords(projectWords)
  const sayUi = useWords(uiWords)
  const format = useFormat()
  const money = (amount: Project['totalCost']) =>
    amount ? <span title={format.moneyExact(amount)}>{format.money(amount)}</span> : null
  return (
    <>
      <h2 className="unseen">{sayUi('facts')}</h2>
      <Facts
        of={[
          { key: 'time', label: say('time'), value: timeOf(project, format) },
          { key: 'framework', label: say('framework'), value: project.framework },
          { key: 'scheme', label: say('scheme'), value: project.scheme },
          { key: 'topics', label: say('topics'), value: project.topics.join(', ') },
          { key: 'cost', label: say('totalCost'), value: money(project.totalCost) },
          { key: 'contribution', label: say('contribution'), value: money(project.contribution) },
          { key: 'rcn', label: say('rcn'), value: project.rcn ? <code>{project.rcn}</code> : null },
          { key: 'grant', label: say('grant'), value: project.grantNumber ? <code>{project.grantNumber}</code> : null },
          project.fields.length
            ? { key: 'fields', label: say('fields'), value: <Tags of={project.fields} most={12} /> }
            : null,
        ]}
      />
    </>
  )
}
