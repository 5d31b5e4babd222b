import { z } from 'zod'
import { endpoint } from '#http/contract.ts'
import { mayMatchSomeNeed, mayRespond } from './access.ts'
import { CoverageCell, JudgementInput, MatchBoard, Response, ResponseInput } from './model.ts'

const Responses = z.object({ rows: z.array(Response) })
const Done = z.object({ id: z.string() })

export const matchApi = {
  match: endpoint({
    method: 'post',
    path: '/zones/{zone}/needs/{need}/match',
    summary: 'Ranks organisations and results for a need, with the reasons that add up to each score.',
    may: mayMatchSomeNeed,
    answer: MatchBoard,
  }),
  cell: endpoint({
    method: 'get',
    path: '/zones/{zone}/needs/{need}/coverage/{capability}/{organisation}',
    summary: 'All the evidence behind one cell of the coverage, and a person’s word on it.',
    may: mayMatchSomeNeed,
    answer: CoverageCell,
  }),
  judge: endpoint({
    method: 'put',
    path: '/zones/{zone}/needs/{need}/coverage/{capability}/{organisation}',
    summary: 'Confirms or denies that an organisation covers a capability; kept and used from now on.',
    may: mayMatchSomeNeed,
    command: 'match.judge_coverage',
    body: JudgementInput,
    answer: Done,
  }),
  unjudge: endpoint({
    method: 'delete',
    path: '/zones/{zone}/needs/{need}/coverage/{capability}/{organisation}',
    summary: 'Takes that word back.',
    may: mayMatchSomeNeed,
    command: 'match.withdraw_judgement',
    answer: Done,
  }),
  respond: endpoint({
    method: 'post',
    path: '/zones/{zone}/needs/{need}/responses',
    summary: 'Says interest, later, or no with its reason; the other side is told.',
    may: mayRespond,
    command: 'match.respond',
    body: ResponseInput,
    answer: Done,
    status: 201,
  }),
  responses: endpoint({
    method: 'get',
    path: '/zones/{zone}/needs/{need}/responses',
    summary: 'What the two sides have said on a need, as far as it concerns the reader.',
    may: mayRespond,
    answer: Responses,
  }),
  myResponses: endpoint({
    method: 'get',
    path: '/zones/{zone}/responses',
    summary: 'What was said by and to my organisation.',
    may: mayRespond,
    answer: Responses,
  }),
}
