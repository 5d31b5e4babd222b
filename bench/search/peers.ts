import type { TrecDocument } from '#engines/search/trec.ts'
import { openPostgres, POSTGRES_GRID } from './postgres.ts'

/** A search engine with the documents in it. */
export interface Opened {
  add(documents: readonly TrecDocument[]): unknown
  search(text: string, k: number): string[] | Promise<string[]>
  close(): unknown
}

export interface Peer {
  name: string
  /** The settings tried, the peer's own defaults first. */
  grid: readonly object[]
  open(options: object): Opened | Promise<Opened>
}

const DOOR = '../peers/engines.mjs'

/** The peers; those out of npm only where `npm ci` was run in bench/peers. */
export async function listPeers(): Promise<Peer[]> {
  const postgres: Peer = { name: 'postgresql', grid: POSTGRES_GRID, open: openPostgres }
  try {
    const { PEERS } = (await import(DOOR)) as { PEERS: Record<string, Omit<Peer, 'name'>> }
    return [...Object.entries(PEERS).map(([name, peer]) => ({ ...peer, name })), postgres]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    return [postgres]
  }
}
