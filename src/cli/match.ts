import { admit } from '#http/serve.ts'
import { matchApi } from '#stages/match/api.ts'
import { needOfFile } from '#stages/match/asking.ts'
import type { MatchBoard } from '#stages/match/model.ts'
import { askByMeaning, askFor, boardOf, matchNeed, rankFor } from '#stages/match/service.ts'
import type { CommandLine } from './commands.ts'
import { type NeedArgument, readNeedArgument } from './need-argument.ts'
import { inZone, type Session } from './session.ts'
import { print } from './tell.ts'

type Ranked = Pick<MatchBoard, 'candidates'>

/** `consortia match NEED`: organisations and results for a posted need, or for one that is only in a file. */
export async function runMatch(line: CommandLine): Promise<void> {
  const named = line.positionals[0]!
  const need = await readNeedArgument(named)
  await inZone(line, async (session) => {
    admit(matchApi.match, session.caller)
    const board = await rank(session, need)
    print(line, answerOf(named, board), textOf(board))
  })
}

async function rank({ world, caller }: Session, need: NeedArgument): Promise<Ranked> {
  if ('id' in need) return matchNeed(world, caller, need.id)
  const plain = await askFor(world, caller, async () => needOfFile(need.file))
  const asked = await askByMeaning(world, caller, plain)
  return boardOf(asked, await rankFor(world, caller, asked))
}

/** The fixed form of the answer. */
function answerOf(need: string, { candidates }: Ranked) {
  return {
    need,
    candidates: candidates.map(({ kind, id, name, score, reasons }) => ({
      kind,
      id,
      name,
      score,
      reasons: reasons.map(({ kind: reason, weight, evidence }) => ({
        kind: reason,
        weight,
        ...(evidence ? { evidence: { id: evidence.id, title: evidence.title, quote: evidence.quote } } : {}),
      })),
    })),
  }
}

function textOf({ candidates }: Ranked): string {
  if (candidates.length === 0) return 'Nobody in this zone covers any of it.'
  return candidates
    .map(({ kind, name, score, reasons }) => {
      const best = reasons.find(({ evidence }) => evidence)?.evidence
      return `${score.toFixed(2)}  ${name} (${kind})${best ? `: ${best.title}` : ''}`
    })
    .join('\n')
}
