import { Button, Modal, Skeleton, Stack } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import type { Consortium } from '#stages/compose/model.ts'
import { useGo } from '../../lib/address.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useText } from '../../lib/texts.ts'
import { useWords } from '../../lib/words.ts'
import { Badge, KindBadge } from '../../ui/badges.tsx'
import { DetailPage, Facts, Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/form/fields.tsx'
import { TextsField, textsToEdit } from '../../ui/form/texts-field.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Go } from '../../ui/go.tsx'
import { tell } from '../../ui/toasts.tsx'
import { WhyPanel } from '../../ui/why/why-panel.tsx'
import { useCellWhy } from '../match/cell.tsx'
import { useName, usePlace } from '../match/names.ts'
import { placeOfKind } from '../registry/kinds.ts'
import { registryWords } from '../registry/words.ts'
import { BoardPart } from './board.tsx'
import classes from './compose.module.css'
import { consortiumWords } from './consortium-words.ts'
import { PartnersPart } from './partners-part.tsx'
import { sentenceWords } from './sentence-words.ts'
import { useSentences } from './sentences.ts'
import { TeamTable } from './team-table.tsx'

/** A draft consortium: who is in it, in which role, and why. */
export function ConsortiumRecord() {
  const { consortium: id } = useParams({ strict: false }) as { consortium: string }
  const { data, error, refetch } = useRead(composeApi.consortium, { params: { consortium: id }, keep: true })
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  return data ? <Draft consortium={data} /> : <Skeleton height={320} />
}

function Draft({ consortium }: { consortium: Consortium }) {
  const say = useWords(consortiumWords)
  const sentences = useWords(sentenceWords)
  const go = useGo()
  const name = useName()
  const [isRenaming, rename] = useState(false)
  const { needId, proposalId, members, capabilities } = consortium
  const cell = useCellWhy(needId)
  return (
    <>
      <DetailPage
        title={name(consortium)}
        badges={<Badge>{say(`state.${consortium.state}`)}</Badge>}
        answer={<Answer consortium={consortium} />}
        moreActions={
          consortium.mayChange ? (
            <>
              <RemoveButton consortium={consortium} />
              <Button variant="default" onClick={() => rename(true)}>
                {say('rename')}
              </Button>
            </>
          ) : null
        }
        action={
          consortium.mayChange ? (
            <Button onClick={() => go(`/needs/${needId}/compose`, proposalId ? { version: proposalId } : {})}>
              {say(proposalId ? 'openProposal' : 'composeMore')}
            </Button>
          ) : null
        }
        facts={<FactsOf consortium={consortium} />}
      >
        <BoardPart consortium={consortium} />
        <Section title={sentences('coverage')}>
          <TeamTable capabilities={capabilities} members={members} opens={consortium.mayChange} />
        </Section>
        <Section title={sentences('team')}>
          <MemberList consortium={consortium} />
        </Section>
        {consortium.mayChange && members.length ? <PartnersPart needId={needId} members={members} /> : null}
      </DetailPage>
      {isRenaming ? <RenameDialog consortium={consortium} close={() => rename(false)} /> : null}
      <WhyPanel explain={cell} />
    </>
  )
}

function Answer({ consortium }: { consortium: Consortium }) {
  const say = useWords(consortiumWords)
  const sentences = useWords(sentenceWords)
  const name = useName()
  const need = name({ name: consortium.needName, names: consortium.needTitle })
  const members = sentences('members', { count: consortium.members.length })
  const lead = consortium.members.find(({ role }) => role === 'lead')
  return <>{lead ? say('answer', { members, need, lead: name(lead) }) : say('answerNoLead', { members, need })}</>
}

function FactsOf({ consortium }: { consortium: Consortium }) {
  const say = useWords(consortiumWords)
  const format = useFormat()
  const text = useText()
  const need = text(consortium.needTitle) || consortium.needName
  return (
    <Facts
      of={[
        {
          key: 'need',
          label: say('need'),
          // Who leads and sponsors nothing may not see the need itself.
          value: consortium.mayChange ? <Go to={`/needs/${consortium.needId}`}>{need}</Go> : need,
        },
        { key: 'note', label: say('note'), value: consortium.note },
        { key: 'by', label: say('by'), value: consortium.by },
        { key: 'created', label: say('created'), value: format.instant(consortium.createdAt) },
        { key: 'updated', label: say('updated'), value: format.ago(consortium.updatedAt) },
      ]}
    />
  )
}

function MemberList({ consortium }: { consortium: Consortium }) {
  const say = useWords(sentenceWords)
  const kinds = useWords(registryWords)
  const name = useName()
  const place = usePlace()
  const nameOf = (party: { id: string; name: string }) =>
    name(consortium.members.find(({ id }) => id === party.id) ?? party)
  const { reason } = useSentences(consortium, nameOf)
  return (
    <ol className={classes.members}>
      {consortium.members.map((member) => (
        <li key={member.id} className={classes.member}>
          <div className={classes.memberHead}>
            <div>
              <h3>
                <Go to={`/organisations/${member.id}`} quiet>
                  {name(member)}
                </Go>
              </h3>
              <p className={classes.where}>
                <KindBadge place={placeOfKind(member.kind)}>{kinds(`kind.${member.kind}`)}</KindBadge>
                <span>{place(member)}</span>
              </p>
            </div>
            <Badge tone={member.role === 'lead' ? 'good' : 'plain'}>{say(`role.${member.role}`)}</Badge>
          </div>
          <ul className={classes.reasons}>
            {member.reasons.map((one) => (
              <li key={one.kind}>{reason(one)}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** Removing can be taken back: the same draft is saved again from its proposal, under its name. */
function RemoveButton({ consortium }: { consortium: Consortium }) {
  const say = useWords(consortiumWords)
  const go = useGo()
  const remove = useWrite(composeApi.removeConsortium)
  const save = useWrite(composeApi.saveConsortium)
  const { id, proposalId, names, note } = consortium
  const run = async () => {
    await remove.run({ params: { consortium: id } })
    go('/consortia', {}, { replace: true })
    const takeBack = () =>
      proposalId && save.run({ params: { proposal: proposalId }, body: { names: textsToEdit(names), note } })
    tell(say('removedToast'), proposalId ? { undo: takeBack } : {})
  }
  return (
    <>
      <ErrorNote error={remove.refusal} />
      <Button
        variant="subtle"
        color="red"
        loading={remove.isRunning}
        {...(proposalId ? {} : { title: say('removeTell') })}
        onClick={() => void run().catch(() => undefined)}
      >
        {say('remove')}
      </Button>
    </>
  )
}

function RenameDialog({ consortium, close }: { consortium: Consortium; close: () => void }) {
  const say = useWords(consortiumWords)
  const name = useName()
  const change = useWrite(composeApi.changeConsortium)
  const form = useForm({ names: textsToEdit(consortium.names), note: consortium.note }, change.refusal)
  // Somebody else's newer change is shown first; saving once more is then done on that.
  const now = change.refusal?.code === 'changed_meanwhile' ? (change.refusal.now as Consortium | undefined) : undefined
  const submit = async () => {
    const revision = now?.revision ?? consortium.revision
    try {
      await change.run({ params: { consortium: consortium.id }, body: { ...form.values, revision } })
      tell(say('savedToast'))
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={say('rename')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack>
          <TextsField label={say('name')} required {...form.field('names')} />
          <TextField label={say('note')} lines={3} {...form.field('note')} />
          {now ? (
            <Note tone="look">
              <p>
                <b>{say('changed')}</b>
              </p>
              <p>{say('changedTell', { name: name(now) })}</p>
            </Note>
          ) : (
            <ErrorNote error={change.refusal} />
          )}
          <div className={classes.end}>
            <Button type="submit" loading={change.isRunning}>
              {say('save')}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  )
}
