import { Button } from '@mantine/core'
import { composeApi } from '#stages/compose/api.ts'
import type { Compared, InvitationBoard } from '#stages/compose/invitation-model.ts'
import { useGo } from '../../lib/address.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { ErrorNote, Note } from '../../ui/error-note.tsx'
import { tell } from '../../ui/toasts.tsx'
import { type ComparedTeam, TeamComparison } from './comparison.tsx'
import classes from './invitation.module.css'
import { invitationWords } from './invitation-words.ts'
import { TeamTerms } from './likelihood-part.tsx'

/** A version as a column of the comparison. */
export function columnOf(version: Compared, title: string): ComparedTeam {
  return {
    key: version.id,
    title,
    objective: version.objective,
    members: version.members,
    coverage: version.coverage.map(({ id, level }) => ({ capability: id, level })),
    weights: version.conditions.weights,
    tell: <TeamTerms version={version} />,
  }
}

/** Where a seat has fallen free: the search for others, and what it proposes, for a person to decide. */
export function OthersPart({
  board,
  needId,
  isSearching,
}: {
  board: InvitationBoard
  needId: string
  isSearching: boolean
}) {
  const say = useWords(invitationWords)
  const search = useWrite(composeApi.searchOthers)
  const { free, next, work, consortiumId, undoable } = board
  if (!free && !next && !undoable) return null
  const again = () => void search.run({ params: { consortium: consortiumId } }).catch(() => undefined)
  return (
    <div className={classes.others}>
      {undoable ? <Undo board={board} /> : null}
      {isSearching ? (
        <Note>
          <span role="status" data-reading>
            {say('searching')}
          </span>
        </Note>
      ) : next || !free ? null : (
        <Note tone="look">
          <p>
            <b>{say('free', { count: free })}</b> {work?.state === 'failed' ? say('searchFailed') : ''}
          </p>
          <Button size="compact-sm" variant="default" loading={search.isRunning} onClick={again}>
            {say(work?.state === 'failed' ? 'searchAgain' : 'searchNow')}
          </Button>
        </Note>
      )}
      <ErrorNote error={search.refusal} />
      {next && !isSearching ? <Proposed next={next} board={board} needId={needId} again={again} /> : null}
    </div>
  )
}

/** What was taken over a while ago, and nobody has acted on since. */
function Undo({ board: { consortiumId, revision } }: { board: InvitationBoard }) {
  const say = useWords(invitationWords)
  const undo = useWrite(composeApi.undoTakeOver)
  const run = async () => {
    await undo.run({ params: { consortium: consortiumId }, body: { revision } })
    tell(say('takenOverUndone'))
  }
  return (
    <>
      <Note>
        <p>{say('undoTell')}</p>
        <Button
          size="compact-sm"
          variant="default"
          loading={undo.isRunning}
          onClick={() => void run().catch(() => undefined)}
        >
          {say('undoTakeOver')}
        </Button>
      </Note>
      <ErrorNote error={undo.refusal} />
    </>
  )
}

function Proposed({
  next: { before, after },
  board,
  needId,
  again,
}: {
  next: NonNullable<InvitationBoard['next']>
  board: InvitationBoard
  needId: string
  again: () => void
}) {
  const say = useWords(invitationWords)
  const go = useGo()
  const take = useWrite(composeApi.takeOver)
  const undo = useWrite(composeApi.undoTakeOver)
  const run = async () => {
    const body = { proposalId: after.id, revision: board.revision }
    const params = { consortium: board.consortiumId }
    const { revision } = await take.run({ params, body })
    tell(say('takenOver'), { undo: () => undo.run({ params, body: { revision } }).catch(() => undefined) })
  }
  const isInfeasible = after.status === 'infeasible'
  return (
    <section aria-label={say('proposed')} className={classes.proposed}>
      <Note tone="look">
        <p>
          <b>{isInfeasible ? say('free', { count: board.free }) : say('proposed')}</b>{' '}
          {say(isInfeasible ? 'infeasible' : 'proposedTell')}
        </p>
      </Note>
      {isInfeasible ? null : (
        <TeamComparison
          capabilities={after.capabilities}
          teams={[...(before ? [columnOf(before, say('before'))] : []), columnOf(after, say('after'))]}
        />
      )}
      <ErrorNote error={take.refusal}>
        {take.refusal?.code === 'changed_meanwhile' ? (
          <Button size="compact-sm" variant="default" onClick={again}>
            {say('searchAgain')}
          </Button>
        ) : null}
      </ErrorNote>
      <div className={`${classes.end} unprinted`}>
        <Button variant="default" onClick={() => go(`/needs/${needId}/compose`, { version: after.id })}>
          {say('openNext')}
        </Button>
        {isInfeasible ? null : (
          <Button loading={take.isRunning} onClick={() => void run().catch(() => undefined)}>
            {say('takeOver')}
          </Button>
        )}
      </div>
    </section>
  )
}
