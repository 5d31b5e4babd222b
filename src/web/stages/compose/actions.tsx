import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { composeApi } from '#stages/compose/api.ts'
import { PROPOSAL_FORMATS, type Proposal, type ProposalRow } from '#stages/compose/model.ts'
import { useAddress, useGo } from '../../lib/address.ts'
import { downloadAddress } from '../../lib/client.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { useSlug } from '../../lib/zone-slug.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { tell } from '../../ui/toasts.tsx'
import classes from './compose.module.css'
import { invitationWords } from './invitation-words.ts'
import { ShareDialog } from './share-dialog.tsx'
import { composeWords } from './words.ts'

const FORMAT_WORDS = { docx: 'exportDocx', xlsx: 'exportXlsx' } as const

/** What can be done with a proposal besides saving it: its versions, its files, a link to it. */
export function Actions({
  proposal,
  versions,
  count,
  leave,
}: {
  proposal: Proposal
  versions: readonly ProposalRow[]
  /** Of all versions, those that are not listed among them. */
  count: number
  /** Called before another version is shown. */
  leave: () => void
}) {
  const say = useWords(composeWords)
  const [isSharing, share] = useState(false)
  return (
    <>
      {versions.length > 1 ? (
        <VersionMenu need={proposal.needId} shown={proposal.id} versions={versions} count={count} leave={leave} />
      ) : null}
      <ExportMenu proposal={proposal} />
      <Button variant="default" leftSection={<Icon name="link" size={16} />} onClick={() => share(true)}>
        {say('share')}
      </Button>
      {isSharing ? <ShareDialog proposal={proposal.id} close={() => share(false)} /> : null}
    </>
  )
}

function VersionMenu({
  need,
  shown,
  versions,
  count,
  leave,
}: {
  need: string
  shown: string
  versions: readonly ProposalRow[]
  count: number
  leave: () => void
}) {
  const say = useWords(composeWords)
  const format = useFormat()
  const { set } = useAddress()
  const go = useGo()
  const invitations = useWords(invitationWords)
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="history" size={16} />}>
          {say('versions', { count })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.versions}>
        <Menu.Item leftSection={<Icon name="columns" size={16} />} onClick={() => go(`/needs/${need}/versions`)}>
          {invitations('compareVersions')}
        </Menu.Item>
        <Menu.Label>{say('versionsTell')}</Menu.Label>
        {versions.map((version) => (
          <Menu.Item
            key={version.id}
            aria-current={version.id === shown}
            leftSection={version.id === shown ? <Icon name="check" size={16} /> : <span className={classes.noIcon} />}
            onClick={() => {
              leave()
              set({ version: version.id }, { push: true })
            }}
          >
            <span>
              {version.status === 'infeasible'
                ? say('versionInfeasible')
                : say('versionOf', { covered: version.covered, of: version.of, members: version.members.length })}
            </span>
            <span className={`${classes.versionWhen} faint`}>
              {format.ago(version.at)}
              {version.by ? ` · ${version.by}` : ''}
              {version.consortiumId ? ` · ${say('saved')}` : ''}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function ExportMenu({ proposal }: { proposal: Proposal }) {
  const say = useWords(composeWords)
  const zone = useSlug() ?? ''
  const address = (format: (typeof PROPOSAL_FORMATS)[number]) =>
    downloadAddress(composeApi.exportProposal, {
      params: { zone, proposal: proposal.id },
      query: { format, language: say.language },
    })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="export" size={16} />}>
          {say('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {PROPOSAL_FORMATS.map((format) => (
          <Menu.Item
            key={format}
            component="a"
            href={address(format)}
            download
            leftSection={<Icon name="file" size={16} />}
          >
            {say(FORMAT_WORDS[format])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The next step: to keep the team as a draft, or to open the draft that was kept. */
export function SaveButton({ proposal }: { proposal: Proposal }) {
  const say = useWords(composeWords)
  const go = useGo()
  const save = useWrite(composeApi.saveConsortium)
  const remove = useWrite(composeApi.removeConsortium)
  const { consortiumId } = proposal
  if (consortiumId) return <Button onClick={() => go(`/consortia/${consortiumId}`)}>{say('draftOpen')}</Button>
  const keep = async () => {
    const saved = await save.run({ params: { proposal: proposal.id }, body: {} })
    const takeBack = () => remove.run({ params: { consortium: saved.id } }).then(() => tell(say('draftRemoved')))
    tell(say('draftSaved'), { undo: takeBack })
  }
  return (
    <>
      <ErrorNote error={save.refusal ?? remove.refusal} />
      <Button
        loading={save.isRunning}
        disabled={proposal.status === 'infeasible'}
        onClick={() => void keep().catch(() => undefined)}
      >
        {say('draftSave')}
      </Button>
    </>
  )
}
