import { KINDS, type Kind } from '#stages/registry/model.ts'

/** An organisation's kind keeps its place in the categorical palette on every page. */
export const placeOfKind = (kind: Kind): number => KINDS.indexOf(kind)
