import { useRef } from 'react'
import type { z } from 'zod'
import { matchApi } from '#stages/match/api.ts'
import type { Response, ResponseInput } from '#stages/match/model.ts'
import { useFormat } from '../../lib/format.ts'
import { useWrite } from '../../lib/query.tsx'
import { useWords } from '../../lib/words.ts'
import { tell } from '../../ui/toasts.tsx'
import { answerWords } from './answer-words.ts'
import { matchWords } from './words.ts'

export type Said = z.infer<typeof Response>
type Sent = z.input<typeof ResponseInput>
export type Answer = Said['answer']

/** An answer in words: `declined: too early`. */
export function useAnswerWords(): (said: Pick<Said, 'answer' | 'code'>) => string {
  const say = useWords(matchWords)
  return ({ answer, code }) =>
    answer === 'refusal' ? say('answer.refusal', { code: code ? say(`code.${code}`) : '' }) : say(`answer.${answer}`)
}

/** Who said what when, for the state of a candidate. */
export function useSaidWords(): (said: Said) => string {
  const say = useWords(matchWords)
  const inWords = useAnswerWords()
  const format = useFormat()
  return (said) => say('said', { side: say(`side.${said.side}`), answer: inWords(said), when: format.ago(said.at) })
}

/** Who answers whom, on which need. */
export interface AnswerTo {
  need: string
  side: Said['side']
  organisationId: string
  resultId: string | null
  /** What this side said before, if anything. */
  before: Said | undefined
}

/**
 * Sends an answer of one side. It can be taken back at once, by the toast or by `undo`: the answer before stands again, or
 * it is as if nothing had been said.
 */
export function useAnswering() {
  const say = useWords(answerWords)
  const respond = useWrite(matchApi.respond)
  const withdrawal = useWrite(matchApi.withdraw)
  const last = useRef<(() => Promise<unknown>) | null>(null)
  const send = ({ need, side, organisationId, resultId }: AnswerTo, body: Pick<Sent, 'answer' | 'code' | 'note'>) =>
    respond.run({ params: { need }, body: { side, organisationId, resultId, ...body } })
  const answer = async (to: AnswerTo, body: Pick<Sent, 'answer' | 'code' | 'note'>) => {
    const { id, told } = await send(to, body)
    const { before } = to
    const takeBack = () => {
      last.current = null
      return before
        ? send(to, { answer: before.answer, code: before.code, note: before.note })
        : withdrawal.run({ params: { need: to.need, response: id } })
    }
    last.current = takeBack
    tell([say(`said.${body.answer}`), ...(told ? [say(`heard.${told}`)] : [])].join(say.language === 'zh' ? '' : ' '), {
      undo: takeBack,
    })
  }
  /** Takes back what was said at any time before; that too can be undone. */
  const withdraw = async (to: AnswerTo, said: Said) => {
    await withdrawal.run({ params: { need: to.need, response: said.id } })
    last.current = null
    const { answer: again, code, note } = said
    tell(say('said.withdrawn'), { undo: () => send(to, { answer: again, code, note }) })
  }
  /** Takes the last answer of this page back; false where there is none. */
  const undo = () => {
    if (!last.current) return false
    void last
      .current()
      .then(() => tell(say('said.withdrawn')))
      .catch(() => undefined)
    return true
  }
  return {
    answer,
    withdraw,
    undo,
    isRunning: respond.isRunning || withdrawal.isRunning,
    refusal: respond.refusal ?? withdrawal.refusal,
    clear: () => {
      respond.clear()
      withdrawal.clear()
    },
  }
}

/** What a side has said of a candidate: of just this result, or of the organisation as a whole. */
export function saidBy(
  responses: readonly Said[],
  { side, organisationId, resultId }: Pick<AnswerTo, 'side' | 'organisationId' | 'resultId'>,
): Said | undefined {
  return responses.find(
    (said) => said.side === side && said.organisationId === organisationId && said.resultId === resultId,
  )
}
