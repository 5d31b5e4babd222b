import { ActionIcon, Button, Modal, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { registryApi } from '#stages/registry/api.ts'
import type { EvidenceRow, SubjectKind } from '#stages/registry/evidence-model.ts'
import { downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { Badge } from '../../ui/badges.tsx'
import { Section } from '../../ui/detail/detail-page.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Outward } from '../../ui/go.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import { EvidenceForm } from './evidence-form.tsx'
import { evidenceWords } from './evidence-words.ts'
import classes from './registry.module.css'

/** The evidence of a record, as far as the reader may see it, with a way to add more. */
export function EvidencePanel({ subjectKind, subject }: { subjectKind: SubjectKind; subject: string }) {
  const say = useWords(evidenceWords)
  const [adding, { open, close }] = useDisclosure()
  const { data, error, isPending, refetch } = useRead(registryApi.evidence, {
    query: { subject_kind: subjectKind, subject },
  })
  return (
    <Section
      title={say('title')}
      action={
        data?.mayAdd ? (
          <Button variant="default" size="compact-sm" leftSection={<Icon name="plus" size={16} />} onClick={open}>
            {say('add')}
          </Button>
        ) : null
      }
    >
      <ErrorNote error={error} retry={() => void refetch()} />
      {isPending ? <Skeleton height={60} /> : null}
      {data && !data.rows.length ? (
        <p className="soft">
          {say('none')} {data.mayAdd ? say('tell') : null}
        </p>
      ) : null}
      <ul className={classes.rows}>
        {data?.rows.map((piece) => (
          <Piece key={piece.id} piece={piece} />
        ))}
      </ul>
      <Modal opened={adding} onClose={close} title={say('add')} size="lg">
        <EvidenceForm subjectKind={subjectKind} subject={subject} onDone={close} />
      </Modal>
    </Section>
  )
}

function Piece({ piece }: { piece: EvidenceRow }) {
  const say = useWords(evidenceWords)
  const format = useFormat()
  const { slug } = useZone()
  const [asking, { open, close }] = useDisclosure()
  const { file } = piece
  return (
    <li>
      <span className={classes.name}>
        <b>{piece.title}</b>
        {piece.body ? <p className={classes.prose}>{piece.body}</p> : null}
        {piece.url ? (
          <p>
            <Outward href={piece.url}>{piece.url}</Outward>
          </p>
        ) : null}
        {file ? (
          <p>
            <a
              href={downloadAddress(registryApi.evidenceFile, { params: { zone: slug, evidence: piece.id } })}
              download={file.name}
            >
              {file.name}
            </a>{' '}
            <span className="faint">{say('download', { size: format.bytes(file.bytes) })}</span>
          </p>
        ) : null}
      </span>
      <span className={classes.more}>
        <Badge>{say(`kind.${piece.kind}`)}</Badge>
        <Badge tone="quiet" {...(piece.circle === 'public' ? {} : { icon: 'lock' as const })}>
          {say(`circle.${piece.circle}`)}
        </Badge>
        {piece.dated ? <span>{format.date(piece.dated)}</span> : null}
        {piece.mayRemove ? (
          <ActionIcon variant="subtle" color="gray" aria-label={say('remove', { name: piece.title })} onClick={open}>
            <Icon name="trash" size={16} />
          </ActionIcon>
        ) : null}
      </span>
      {asking ? <RemoveDialog piece={piece} close={close} /> : null}
    </li>
  )
}

function RemoveDialog({ piece, close }: { piece: EvidenceRow; close: () => void }) {
  const say = useWords(evidenceWords)
  const write = useWrite(registryApi.removeEvidence)
  const remove = async () => {
    try {
      await write.run({ params: { evidence: piece.id } })
    } catch {
      return
    }
    tell(say('removed', { name: piece.title }))
    close()
  }
  return (
    <Modal opened onClose={close} title={say('removeTitle')}>
      <div className={classes.evidenceForm}>
        <p>{say('removeTell', { name: piece.title })}</p>
        <ErrorNote error={write.refusal} />
        <div className={classes.buttons}>
          <Button color="red" loading={write.isRunning} onClick={() => void remove()}>
            {say('removeSubmit')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
