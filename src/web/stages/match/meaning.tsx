import type { MatchBoard } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { ruleInWords } from '../../lib/refusal-words.ts'
import { useWords } from '../../lib/words.ts'
import { Note } from '../../ui/error-note.tsx'
import { meaningWords } from './meaning-words.ts'

/** Says whether the ranking goes by meaning too, by which model, and how far its vectors have come. */
export function useMeaning({ meaning }: Pick<MatchBoard, 'meaning'>): { title: string; sentence: string } {
  const say = useWords(meaningWords)
  const format = useFormat()
  const { state, model, texts, vectors, used, why } = meaning
  const reason = why === null ? '' : (ruleInWords(why, undefined, say.language) ?? why)
  const counts = {
    model: model ?? '',
    why: reason,
    texts: format.number(texts),
    vectors: format.number(vectors),
    left: format.number(texts - vectors),
  }
  const told = state === 'off' && reason ? say('offWhy', counts) : say(`state.${state}`, counts)
  const bound = state === 'filling' || state === 'failing' ? say(used ? 'usedPart' : 'usedNone') : ''
  return { title: say('title'), sentence: [told, bound].filter(Boolean).join(say.language === 'zh' ? '' : ' ') }
}

/** Stands above a board that was ranked by less than it might have been. */
export function MeaningNote({ board }: { board: MatchBoard }) {
  const { sentence } = useMeaning(board)
  const { state, why } = board.meaning
  return state === 'failing' || (state === 'off' && why) ? <Note tone="look">{sentence}</Note> : null
}

/** Stands beside a board, where it says how it was ranked. */
export function AboutMeaning({ board }: { board: MatchBoard }) {
  const { title, sentence } = useMeaning(board)
  return (
    <>
      <h3>{title}</h3>
      <p className="soft">{sentence}</p>
    </>
  )
}
