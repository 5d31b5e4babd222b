import { Button, Modal, Select, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { ROLES, type Role } from '#stages/caller.ts'
import { mayChangeMembers } from '#stages/house/access.ts'
import { houseApi } from '#stages/house/api.ts'
import { useFormat } from '../../lib/format.ts'
import { useRead, useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useZone } from '../../lib/zone.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ChoiceField, TextField } from '../../ui/form/fields.tsx'
import type { Picked } from '../../ui/form/record-picker.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Icon } from '../../ui/icons.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { tell } from '../../ui/toasts.tsx'
import { OrganisationField } from '../registry/organisation-picker.tsx'
import classes from './house.module.css'
import { houseTitles } from './titles.ts'
import { houseWords } from './words.ts'

export function Members() {
  const say = useWords(houseWords)
  const title = useWords(houseTitles)('members')
  const format = useFormat()
  const { caller } = useZone()
  const { data, error, isPending, refetch } = useRead(houseApi.members)
  const [inviting, { open, close }] = useDisclosure()
  const [leaving, setLeaving] = useState<{ accountId: string; name: string } | null>(null)
  const change = useWrite(houseApi.changeMember)
  const mayChange = mayChangeMembers(caller)
  const roles = ROLES.map((role) => ({ value: role, label: say(`role.${role}`) }))
  usePageTitle(title)
  const setRole = async (member: { accountId: string; name: string; organisationId: string | null }, role: Role) => {
    const { accountId, name, organisationId } = member
    await change.run({ params: { account: accountId }, body: { role, organisationId } })
    tell(say('changed', { name, role: say(`role.${role}`) }))
  }
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          <p className="soft">{say('membersTell')}</p>
        </div>
        {mayChange ? (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={open}>
            {say('invite')}
          </Button>
        ) : null}
      </header>
      <ErrorNote error={error} retry={() => void refetch()} />
      <ErrorNote error={change.refusal} />
      {isPending ? <Skeleton height={240} /> : null}
      {data ? (
        <div className={classes.frame}>
          <table aria-label={title}>
            <thead>
              <tr>
                <th scope="col">{say('name')}</th>
                <th scope="col">{say('email')}</th>
                <th scope="col">{say('role')}</th>
                <th scope="col">{say('organisation')}</th>
                <th scope="col">{say('since')}</th>
                {mayChange ? (
                  <th scope="col">
                    <span className="unseen">{say('remove')}</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((member) => (
                <tr key={member.accountId}>
                  <td>{member.name}</td>
                  <td>{member.email}</td>
                  <td>
                    {mayChange ? (
                      <Select
                        size="xs"
                        w={160}
                        aria-label={say('changeRole', { name: member.name })}
                        data={roles}
                        allowDeselect={false}
                        value={member.role}
                        onChange={(role) => role && void setRole(member, role as Role).catch(() => undefined)}
                      />
                    ) : (
                      say(`role.${member.role}`)
                    )}
                  </td>
                  <td>{member.organisationName ?? <span className="faint">—</span>}</td>
                  <td className="nowrap">{format.date(member.since.slice(0, 10))}</td>
                  {mayChange ? (
                    <td className="end">
                      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setLeaving(member)}>
                        {say('remove')}
                      </Button>
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <Modal opened={inviting} onClose={close} title={say('invite')}>
        <Invite close={close} />
      </Modal>
      {leaving ? <RemoveDialog member={leaving} close={() => setLeaving(null)} /> : null}
    </div>
  )
}

function Invite({ close }: { close: () => void }) {
  const say = useWords(houseWords)
  const write = useWrite(houseApi.addMember)
  const form = useForm<{ name: string; email: string; role: Role | null }>(
    { name: '', email: '', role: 'company' },
    write.refusal,
  )
  const [organisation, setOrganisation] = useState<Picked | null>(null)
  const { role, ...values } = form.values
  const speaks = role === 'company' || role === 'researcher'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await write.run({
        body: { ...values, role: role ?? 'company', organisationId: speaks ? (organisation?.id ?? null) : null },
      })
    } catch {
      return
    }
    tell(say('invited', { name: values.name }))
    close()
  }
  return (
    <form className={classes.inviteForm} onSubmit={(event) => void submit(event)}>
      <p className="soft">{say('inviteTell')}</p>
      <TextField label={say('name')} required {...form.field('name')} />
      <TextField label={say('email')} required type="email" {...form.field('email')} />
      <ChoiceField
        label={say('role')}
        options={ROLES.map((value) => ({ value, label: say(`role.${value}`) }))}
        {...form.field('role')}
      />
      {speaks ? (
        <OrganisationField
          label={say('organisation')}
          hint={say('organisationHint')}
          value={organisation}
          onChange={setOrganisation}
        />
      ) : null}
      <ErrorNote error={write.refusal} />
      <div className={classes.buttons}>
        <Button type="submit" loading={write.isRunning}>
          {say('inviteSubmit')}
        </Button>
      </div>
    </form>
  )
}

function RemoveDialog({ member, close }: { member: { accountId: string; name: string }; close: () => void }) {
  const say = useWords(houseWords)
  const write = useWrite(houseApi.removeMember)
  const { name, accountId } = member
  const remove = async () => {
    try {
      await write.run({ params: { account: accountId } })
    } catch {
      return
    }
    tell(say('removed', { name }))
    close()
  }
  return (
    <Modal opened onClose={close} title={say('removeTitle', { name })}>
      <div className={classes.inviteForm}>
        <p>{say('removeTell', { name })}</p>
        <ErrorNote error={write.refusal} />
        <div className={classes.buttons}>
          <Button color="red" loading={write.isRunning} onClick={() => void remove()}>
            {say('remove')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
