import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { needsApi } from '#stages/needs/api.ts'
import { type MoveAction, type Need, RETURN_CODES } from '#stages/needs/model.ts'
import { useGo } from '../../lib/address.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ChoiceField, DateField } from '../../ui/form/fields.tsx'
import { tell } from '../../ui/toasts.tsx'
import { needWords } from './words.ts'

/** What is done next is the first that applies; it alone is a filled button. */
const NEXT: readonly MoveAction[] = ['submit', 'open', 'renew', 'match', 'reopen', 'return', 'withdraw', 'close']
/** Steps that ask for something first. */
const ASKING: readonly MoveAction[] = ['return', 'renew']
/** Which step takes another back, where one does. */
const BACK: Partial<Record<MoveAction, MoveAction>> = { submit: 'withdraw', match: 'reopen' }

/** The steps that the reader may take with the need; `quiet` where something else comes next. */
export function MoveButtons({ need, quiet }: { need: Need; quiet: boolean }) {
  const say = useWords(needWords)
  const move = useWrite(needsApi.moveNeed)
  const [asking, ask] = useState<MoveAction | null>(null)
  const steps = NEXT.filter((action) => need.mayMove.includes(action))
  const take = async (action: MoveAction) => {
    const saved = await move.run({ params: { need: need.id }, body: { action, revision: need.revision } })
    const back = BACK[action]
    tell(
      say(`did.${action}`),
      back
        ? { undo: () => move.run({ params: { need: need.id }, body: { action: back, revision: saved.revision } }) }
        : {},
    )
  }
  return (
    <>
      <ErrorNote error={move.refusal} />
      <Group gap={8}>
        {[...steps].reverse().map((action) => (
          <Button
            key={action}
            variant={action === steps[0] && !quiet ? 'filled' : 'default'}
            loading={move.isRunning}
            disabled={action === 'submit' && need.missing.length > 0}
            onClick={() => (ASKING.includes(action) ? ask(action) : void take(action).catch(() => undefined))}
          >
            {say(`do.${action}`)}
          </Button>
        ))}
      </Group>
      {asking === 'return' ? <ReturnForm need={need} close={() => ask(null)} /> : null}
      {asking === 'renew' ? <RenewForm need={need} close={() => ask(null)} /> : null}
    </>
  )
}

function ReturnForm({ need, close }: { need: Need; close: () => void }) {
  const say = useWords(needWords)
  const move = useWrite(needsApi.moveNeed)
  const [code, setCode] = useState<(typeof RETURN_CODES)[number]>(RETURN_CODES[0])
  const [text, setText] = useState('')
  const submit = async () => {
    try {
      const reasons = [{ code, text }]
      await move.run({ params: { need: need.id }, body: { action: 'return', revision: need.revision, reasons } })
      tell(say('did.return'))
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={say('do.return')}>
      <Stack>
        <ChoiceField
          label={say('reason')}
          name="code"
          value={code}
          error={undefined}
          options={RETURN_CODES.map((value) => ({ value, label: say(`return.${value}`) }))}
          onChange={(chosen) => chosen && setCode(chosen)}
        />
        <Textarea label={say('reasonText')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <ErrorNote error={move.refusal} />
        <Button loading={move.isRunning} onClick={() => void submit()}>
          {say('do.return')}
        </Button>
      </Stack>
    </Modal>
  )
}

function RenewForm({ need, close }: { need: Need; close: () => void }) {
  const say = useWords(needWords)
  const move = useWrite(needsApi.moveNeed)
  const [deadline, setDeadline] = useState<string | null>(null)
  const submit = async () => {
    try {
      const body = { action: 'renew' as const, revision: need.revision, ...(deadline ? { deadline } : {}) }
      await move.run({ params: { need: need.id }, body })
      tell(say('did.renew'))
      close()
    } catch {
      // The refusal stands in the form.
    }
  }
  return (
    <Modal opened onClose={close} title={say('do.renew')}>
      <Stack>
        <DateField
          label={say('newDeadline')}
          name="deadline"
          value={deadline}
          onChange={setDeadline}
          error={undefined}
          required
        />
        <ErrorNote error={move.refusal} />
        <Button loading={move.isRunning} onClick={() => void submit()}>
          {say('do.renew')}
        </Button>
      </Stack>
    </Modal>
  )
}

/** Removing, taking a joint need apart, asking to join. */
export function OtherButtons({ need }: { need: Need }) {
  const say = useWords(needWords)
  const go = useGo()
  const remove = useWrite(needsApi.removeNeed)
  const unmerge = useWrite(needsApi.unmergeNeed)
  const join = useWrite(needsApi.addSponsor)
  const params = { need: need.id }
  return (
    <Group gap={8}>
      <ErrorNote error={remove.refusal ?? unmerge.refusal ?? join.refusal} />
      {need.mayRemove ? (
        <Button
          variant="subtle"
          color="red"
          onClick={() =>
            void remove.run({ params }).then(
              () => {
                tell(say('removed'))
                go('/needs')
              },
              () => undefined,
            )
          }
        >
          {say('remove')}
        </Button>
      ) : null}
      {need.mayUnmerge ? (
        <Button
          variant="default"
          onClick={() =>
            void unmerge.run({ params }).then(
              () => go('/needs'),
              () => undefined,
            )
          }
        >
          {say('unmerge')}
        </Button>
      ) : null}
      {need.mayJoin === 'ask' ? (
        <Button variant="default" onClick={() => void join.run({ params, body: {} }).catch(() => undefined)}>
          {say('askJoin')}
        </Button>
      ) : null}
    </Group>
  )
}
