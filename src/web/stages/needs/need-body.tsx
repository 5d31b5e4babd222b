import { Button, Group } from '@mantine/core'
import { needsApi } from '#stages/needs/api.ts'
import type { Need } from '#stages/needs/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './needs.module.css'
import { needWords } from './words.ts'

/** What a need says, as far as the reader may read it. */
export function NeedBody({ need }: { need: Need }) {
  const say = useWords(needWords)
  const text = useText()
  return (
    <>
      <NeedNotes need={need} />
      {text(need.summary) ? (
        <Section title={say('summary')}>
          <p className={classes.prose}>{text(need.summary)}</p>
        </Section>
      ) : null}
      <Section title={say('capabilities')}>
        {need.capabilities.length ? <Capabilities need={need} /> : <p className="faint">{say('none')}</p>}
      </Section>
      {need.targets.length ? (
        <Section title={say('targets')}>
          <Targets need={need} />
        </Section>
      ) : null}
      {need.private ? (
        <Section title={say('privatePart')}>
          <div className={classes.private}>
            <p className="faint">{say('privateTell')}</p>
            <h3>{say('problem')}</h3>
            <p className={classes.prose}>{text(need.private.problem) || say('none')}</p>
            {text(need.private.tried) ? (
              <>
                <h3>{say('tried')}</h3>
                <p className={classes.prose}>{text(need.private.tried)}</p>
              </>
            ) : null}
          </div>
        </Section>
      ) : null}
      <Asking need={need} />
    </>
  )
}

function NeedNotes({ need }: { need: Need }) {
  const say = useWords(needWords)
  const text = useText()
  return (
    <>
      {need.returnReasons.length && need.state === 'returned' ? (
        <Note tone="look">
          <b>{say('returnReasons')}</b>
          <ul>
            {need.returnReasons.map(({ code, text: words }) => (
              <li key={code}>
                {say(`return.${code}`)}
                {text(words) ? `: ${text(words)}` : null}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {need.missing.length && need.mayChange ? (
        <Note>
          <b>{say('missing')}</b>
          <ul>
            {need.missing.map((issue) => (
              <li
                key={`${issue.path}${issue.rule}`}
              >{`${nameOfPath(issue.path, say)}: ${issueInWords(issue as never, say.language)}`}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      {need.mergedInto ? (
        <Note>
          {say('mergedInto')} <Go to={`/needs/${need.mergedInto.id}`}>{need.mergedInto.name}</Go>
        </Note>
      ) : null}
      {need.mergedFrom.length ? (
        <Note>
          {say('mergedFrom')}
          <ul>
            {need.mergedFrom.map(({ id, name }) => (
              <li key={id}>
                <Go to={`/needs/${id}`}>{name}</Go>
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
    </>
  )
}

const PATHS = ['title', 'problem', 'capabilities', 'targets', 'conditions', 'deadline', 'trl', 'sponsors'] as const

function nameOfPath(path: string, say: ReturnType<typeof useWords<(typeof needWords)['table']>>): string {
  const first = PATHS.find((name) => path === name || path.startsWith(`${name}.`))
  return first ? say(first) : path
}

function Capabilities({ need }: { need: Need }) {
  const say = useWords(needWords)
  const text = useText()
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{say('name')}</th>
            <th scope="col">{say('weight')}</th>
            <th scope="col">{say('level')}</th>
          </tr>
        </thead>
        <tbody>
          {need.capabilities.map((capability) => (
            <tr key={capability.id}>
              <td>
                {text(capability.name)} {capability.critical ? <Badge tone="look">{say('critical')}</Badge> : null}
              </td>
              <td>
                <span className={classes.weight} aria-hidden>
                  {'●'.repeat(capability.weight)}
                </span>
                <span className="unseen">{capability.weight}</span>
              </td>
              <td>{say(`level.${capability.levelWanted as 1 | 2 | 3}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Targets({ need }: { need: Need }) {
  const say = useWords(needWords)
  const text = useText()
  const format = useFormat()
  const show = (value: number | string | null) => (typeof value === 'number' ? format.number(value, 6) : (value ?? '—'))
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            {(['quantity', 'now', 'wanted', 'unit'] as const).map((name) => (
              <th key={name} scope="col">
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {need.targets.map((target, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two targets may read the same
            <tr key={at}>
              <td>{text(target.quantity)}</td>
              <td>{show(target.now)}</td>
              <td>
                <b>{show(target.wanted)}</b>
              </td>
              <td>{text(target.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Organisations that ask to join, for those who may let them in. */
function Asking({ need }: { need: Need }) {
  const say = useWords(needWords)
  const letIn = useWrite(needsApi.addSponsor)
  if (need.mayJoin === 'asked') return <Note>{say('asked')}</Note>
  if (!need.asking?.length) return null
  return (
    <Section title={say('asking')}>
      <ErrorNote error={letIn.refusal} />
      {need.asking.map(({ id, name }) => (
        <Group key={id}>
          <Go to={`/organisations/${id}`}>{name}</Go>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void letIn.run({ params: { need: need.id }, body: { organisationId: id } }).then(
                () => tell(say('joined')),
                () => undefined,
              )
            }
          >
            {say('letIn')}
          </Button>
        </Group>
      ))}
    </Section>
  )
}
