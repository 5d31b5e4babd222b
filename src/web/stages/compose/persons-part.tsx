import { Button, Checkbox, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { InvitationBoard, NamedPerson } from '#stages/compose/invitation-model.ts'
import { useWrite } from '../../lib/query.tsx'
import { issueInWords } from '../../lib/refusal-words.ts'
import { useWords } from '../../lib/words.ts'
import { Facts, Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import { useName } from '../match/names.ts'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'

/** Who decides on the technology, and who runs the business: two persons of the members. */
export function PersonsPart({ board }: { board: InvitationBoard }) {
  const say = useWords(invitationWords)
  const name = useName()
  const { persons, revision } = board
  return (
    <Section title={say('persons')}>
      <p className="soft">{say('personsTell')}</p>
      {board.as === 'lead' ? (
        <Facts
          of={(['chief', 'operator'] as const).map((key) => ({
            key,
            label: say(key),
            value: persons[key] ? name(persons[key]) : null,
          }))}
        />
      ) : persons.known.length ? (
        <PersonsForm key={revision} board={board} />
      ) : (
        <p className="soft">{say('personsNone')}</p>
      )}
    </Section>
  )
}

function PersonsForm({ board }: { board: InvitationBoard }) {
  const say = useWords(invitationWords)
  const name = useName()
  const { persons, seats, consortiumId, revision } = board
  const write = useWrite(composeApi.namePersons)
  const [chief, setChief] = useState(persons.chief?.id ?? null)
  const [operator, setOperator] = useState(persons.operator?.id ?? null)
  const [reason, setReason] = useState(persons.operatorReason)
  const [isSure, setSure] = useState(persons.operatorReason !== '')
  const professor = persons.known.find(({ id }) => id === operator)?.professor ?? false
  const isChanged =
    chief !== (persons.chief?.id ?? null) ||
    operator !== (persons.operator?.id ?? null) ||
    (professor && reason !== persons.operatorReason)
  const label = (person: NamedPerson) => {
    const seat = seats.find(({ id }) => id === person.organisationId)
    return [name(person), person.post, seat && name(seat)].filter(Boolean).join(' · ')
  }
  const choices = persons.known.map((person) => ({ value: person.id, label: label(person) }))
  const wrong = (field: string) => {
    const issue = write.refusal?.issues.find(({ path }) => path === field)
    return issue ? issueInWords(issue, say.language) : undefined
  }
  const save = async () => {
    const body = { chief, operator, operatorReason: professor ? reason : '', revision }
    await write.run({ params: { consortium: consortiumId }, body })
    tell(say('saved'))
  }
  return (
    <Stack>
      <div className={classes.persons}>
        <Select
          label={say('chief')}
          placeholder={say('nobody')}
          clearable
          searchable
          data={choices}
          value={chief}
          error={wrong('chief')}
          onChange={setChief}
        />
        <Select
          label={say('operator')}
          description={operator ? undefined : say('operatorByLead')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={say('nobody')}
          clearable
          searchable
          data={choices}
          value={operator}
          error={wrong('operator')}
          onChange={(chosen) => {
            setOperator(chosen)
            setSure(false)
          }}
        />
      </div>
      {professor ? (
        <Note tone="look">
          <Stack gap={8}>
            <p>{say('operatorReasonTell')}</p>
            <Textarea
              label={say('operatorReason')}
              rows={2}
              value={reason}
              error={wrong('operatorReason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Checkbox
              label={say('professorConfirm')}
              checked={isSure}
              onChange={(event) => setSure(event.currentTarget.checked)}
            />
          </Stack>
        </Note>
      ) : null}
      {write.refusal?.issues.length ? null : <ErrorNote error={write.refusal} />}
      <div>
        <Button
          variant="default"
          disabled={!isChanged || (professor && !isSure)}
          loading={write.isRunning}
          onClick={() => void save().catch(() => undefined)}
        >
          {say('save')}
        </Button>
      </div>
    </Stack>
  )
}
