import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AnswerOf } from '#http/contract.ts'
import { houseApi } from '#stages/house/api.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Column } from '../../ui/list/filter.ts'
import { ListPage } from '../../ui/list/list-page.tsx'
import { type RowOf, useList } from '../../ui/list/use-list.ts'
import { actWords } from './act-words.ts'
import classes from './house.module.css'
import { houseTitles } from './titles.ts'
import { houseWords } from './words.ts'

type Entry = RowOf<typeof houseApi.journal>
const HASH_SHOWN = 12

export function Journal() {
  const say = useWords(houseWords)
  const title = useWords(houseTitles)('journal')
  const format = useFormat()
  const list = useList(houseApi.journal, { filters: [], sort: 'seq', order: 'desc' })
  const verify = useWrite(houseApi.verifyJournal)
  const [verdict, setVerdict] = useState<AnswerOf<typeof houseApi.verifyJournal> | null>(null)
  const columns: Column<Entry>[] = [
    { key: 'seq', label: say('seq'), cell: (entry) => entry.seq, sort: 'seq', width: '80px' },
    { key: 'when', label: say('when'), cell: (entry) => format.instant(entry.at) },
    { key: 'who', label: say('who'), cell: (entry) => entry.actorName ?? say('server') },
    { key: 'what', label: say('what'), cell: (entry) => <Act command={entry.command} /> },
    { key: 'records', label: say('records'), align: 'end', cell: (entry) => format.number(entry.subjects.length) },
    {
      key: 'hash',
      label: say('hash'),
      cell: (entry) => <span className={classes.hash}>{entry.hash.slice(0, HASH_SHOWN)}…</span>,
    },
  ]
  const run = async () => {
    try {
      setVerdict(await verify.run())
    } catch {
      setVerdict(null)
    }
  }
  return (
    <ListPage
      page="journal"
      title={title}
      list={list}
      columns={columns}
      rowId={(entry) => entry.seq}
      rowName={(entry) => entry.command}
      searchHint={say('searchJournal')}
      actions={
        <Button leftSection={<Icon name="check" size={16} />} loading={verify.isRunning} onClick={() => void run()}>
          {say('verify')}
        </Button>
      }
      above={
        <>
          <p className="soft">{say('journalTell')}</p>
          <div role="status">
            {verdict ? (
              <Note tone={verdict.intact ? 'info' : 'look'}>
                {verdict.intact
                  ? say('intact', {
                      count: format.number(verdict.entries),
                      head: `${verdict.head.slice(0, HASH_SHOWN)}…`,
                    })
                  : say('brokenAt', { seq: verdict.brokenAt ?? '' })}
              </Note>
            ) : null}
          </div>
          <ErrorNote error={verify.refusal} />
        </>
      }
      empty={{ title: say('emptyJournal'), text: say('journalTell') }}
    />
  )
}

/** What was done, and the command's name, by which the list can be searched. */
function Act({ command }: { command: string }) {
  const say = useWords(actWords)
  return (
    <span>
      {say(`act.${command}` as 'act.needs.add')} <code className={classes.command}>{command}</code>
    </span>
  )
}
