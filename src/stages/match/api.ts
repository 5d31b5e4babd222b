import { z } from 'zod'
import { endpoint } from '#http/contract.ts'
import { mayChangeSettings, mayMatchSomeNeed, mayReadExposure, mayReadSettings, mayRespond } from './access.ts'
import { ExposureAnswer, MatchSettings, MatchSettingsInput } from './fairness-model.ts'
import { CoverageCell, JudgementInput, MatchBoard, ORDERS, Response, ResponseInput, Told } from './model.ts'

const Responses = z.object({ rows: z.array(Response) })
const Done = z.object({ id: z.string() })
const Answered = Done.extend({ told: Told })
const Ordered = z.object({ workId: z.string() })

export const matchApi = {
  match: endpoint({
    method: 'post',
    path: '/zones/{zone}/needs/{need}/match',
    summary: 'Ranks organisations and results for a need, with the reasons that add up to each score.',
    may: mayMatchSomeNeed,
    query: z.object({ order: z.enum(ORDERS).optional() }),
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
    answer: Answered,
    status: 201,
  }),
  withdraw: endpoint({
    method: 'delete',
    path: '/zones/{zone}/needs/{need}/responses/{response}',
    summary: 'Takes an answer back, and with it what it lowered.',
    may: mayRespond,
    command: 'match.withdraw_response',
    answer: Done,
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
    summary: 'What was said by and to my organisation; for the staff, in the whole zone too.',
    may: mayRespond,
    answer: Responses.extend({ inZone: z.array(Response).nullable() }),
  }),
  settings: endpoint({
    method: 'get',
    path: '/zones/{zone}/match-settings',
    summary: 'By which score boards are ordered, and what the officers do for newcomers.',
    may: mayReadSettings,
    answer: MatchSettings,
  }),
  changeSettings: endpoint({
    method: 'patch',
    path: '/zones/{zone}/match-settings',
    summary: 'Changes that; who is shown how often is then counted anew.',
    may: mayChangeSettings,
    command: 'match.change_settings',
    body: MatchSettingsInput,
    answer: Ordered,
  }),
  exposure: endpoint({
    method: 'get',
    path: '/zones/{zone}/exposure',
    summary: 'Who is shown how often over the open needs, and what it costs to share that out.',
    may: mayReadExposure,
    answer: ExposureAnswer,
  }),
  measureExposure: endpoint({
    method: 'post',
    path: '/zones/{zone}/exposure',
    summary: 'Orders that to be counted anew.',
    may: mayReadExposure,
    command: 'match.measure_exposure',
    answer: Ordered,
    status: 201,
  }),
}
