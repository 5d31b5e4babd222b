import { Navigate } from '@tanstack/react-router'
import { houseApi } from '#stages/house/api.ts'
import { useRead } from '../lib/query.tsx'
import { useWords } from '../lib/words.ts'
import { Empty, ErrorNote } from '../ui/error-note.tsx'
import { appWords } from './words.ts'

/** The address without a path leads to where the reader belongs. */
export function FirstPage() {
  const say = useWords(appWords)
  const { data: me, error, refetch } = useRead(houseApi.me)
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />
  if (!me) return <p className="unseen">{say('loading')}</p>
  if (me.awaitsFirstAdministrator) return <Navigate to="/start" replace />
  if (!me.account) return <Navigate to="/sign-in" replace />
  const [member] = me.memberships
  if (member) return <Navigate to={`/${member.zone.slug}`} replace />
  return <Empty title={say('noZone')}>{say('noZoneTell', { email: me.account.email })}</Empty>
}
