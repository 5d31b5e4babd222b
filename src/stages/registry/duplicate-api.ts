import { endpoint } from '#http/contract.ts'
import { mayDecideDuplicates } from './access.ts'
import {
  DuplicateDecided,
  DuplicateDecision,
  DuplicatePage,
  DuplicateQuery,
  Ordered,
  Parted,
} from './duplicate-model.ts'

export const duplicateApi = {
  duplicates: endpoint({
    method: 'get',
    path: '/zones/{zone}/duplicates',
    summary: 'Pairs of organisations that may be one, likeliest first.',
    may: mayDecideDuplicates,
    query: DuplicateQuery,
    answer: DuplicatePage,
  }),
  findDuplicates: endpoint({
    method: 'post',
    path: '/zones/{zone}/duplicates/find',
    summary: 'Looks through all organisations of the zone anew, as long work.',
    may: mayDecideDuplicates,
    command: 'registry.order_duplicates',
    answer: Ordered,
    status: 202,
  }),
  decideDuplicate: endpoint({
    method: 'post',
    path: '/zones/{zone}/duplicates/{first}/{second}',
    summary:
      'Decides that two organisations are one, and which stays; or that they are two. With rehearse, shows it only.',
    may: mayDecideDuplicates,
    command: 'registry.decide_duplicate',
    body: DuplicateDecision,
    answer: DuplicateDecided,
  }),
  partOrganisation: endpoint({
    method: 'post',
    path: '/zones/{zone}/organisations/{organisation}/part',
    summary: 'Takes back a merge: the merged organisation stands by itself again, with all that was its own.',
    may: mayDecideDuplicates,
    command: 'registry.part_organisation',
    answer: Parted,
  }),
}
