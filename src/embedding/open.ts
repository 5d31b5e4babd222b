import { isAbsolute, resolve } from 'node:path'
import { Fault } from '#kit/fault.ts'
import { EMBEDDER_RULES, type Embedder, type EmbedderRule } from './embedder.ts'
import { openEndpoint } from './endpoint.ts'
import { openLocal } from './local.ts'

/** What the operator has said of embedding. */
export interface EmbedderSettings {
  /** `local:/folder`, or the address of an endpoint. */
  address: string
  /** The endpoint's name of its model. */
  model?: string | undefined
  key?: string | undefined
  queryPrefix?: string | undefined
  passagePrefix?: string | undefined
  /** Whether an endpoint may be sent what needs keep private. */
  mayReadPrivate?: boolean
}

/** An embedder that was asked for and can't be had says why instead. */
export type OpenedEmbedder = { embedder: Embedder } | { embedder: null; why: EmbedderRule | null }

export const NO_EMBEDDER: OpenedEmbedder = { embedder: null, why: null }
const LOCAL = 'local:'

/** Refuses an address of neither form, at once; what is wrong with a folder only turns the embedder off. */
export function openEmbedder(settings: EmbedderSettings | null): OpenedEmbedder {
  if (!settings) return NO_EMBEDDER
  const { address } = settings
  if (!address.startsWith(LOCAL)) return { embedder: openEndpoint(endpointOf(settings)) }
  const named = address.slice(LOCAL.length)
  const { queryPrefix: query, passagePrefix: passage } = settings
  try {
    return { embedder: openLocal({ folder: isAbsolute(named) ? named : resolve(named), prefixes: { query, passage } }) }
  } catch (error) {
    const why = EMBEDDER_RULES.find((rule) => error instanceof Fault && error.details.rule === rule)
    if (!why) throw error
    return { embedder: null, why }
  }
}

function endpointOf({ address, model, key, queryPrefix, passagePrefix, mayReadPrivate }: EmbedderSettings) {
  const url = URL.parse(address)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new Fault('invalid', 'The embedder is neither local:/folder nor an http(s) address without a password.', {
      rule: 'settings.embedder',
    })
  if (!model)
    throw new Fault('invalid', 'An endpoint for embedding needs the name of its model.', {
      rule: 'settings.embedder_model',
      tip: 'Set CONSORTIA_EMBEDDER_MODEL.',
    })
  return {
    base: address,
    model,
    key,
    prefixes: { query: queryPrefix ?? '', passage: passagePrefix ?? '' },
    mayReadPrivate: mayReadPrivate ?? false,
  }
}
