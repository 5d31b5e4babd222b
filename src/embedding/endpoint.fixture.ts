import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const HASHED_DIMENSIONS = 256
const GRAM = 3

/**
 * A deterministic model: a text's vector counts its character trigrams, each at the place that its hash gives. Words that
 * are named as meaning alike are read as one.
 */
export function hashedVector(text: string, alike: readonly (readonly string[])[] = []): number[] {
  const vector = Array<number>(HASHED_DIMENSIONS).fill(0)
  let read = ` ${text.toLowerCase()} `
  for (const [first, ...others] of alike) for (const other of others) read = read.replaceAll(other, first!)
  for (let at = 0; at + GRAM <= read.length; at += 1) {
    let hash = 2166136261
    for (const char of read.slice(at, at + GRAM)) hash = Math.imul(hash ^ char.codePointAt(0)!, 16777619) >>> 0
    vector[hash % HASHED_DIMENSIONS]! += 1
  }
  return vector
}

export interface TestEndpoint {
  /** Below which `/embeddings` answers. */
  base: string
  /** What it was sent, request by request. */
  asked: { model: string; input: string[]; authorization: string | undefined }[]
  /** How it answers from now on; null answers as it should. */
  behave(how: Behaviour | null): void
  close(): Promise<void>
}

export type Behaviour = (response: ServerResponse, input: string[], answer: string) => void

/** A real endpoint in this process. */
export async function openTestEndpoint(alike: readonly (readonly string[])[] = []): Promise<TestEndpoint> {
  const asked: TestEndpoint['asked'] = []
  let behaviour: Behaviour | null = null
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const { model, input } = JSON.parse(body) as { model: string; input: string[] }
      asked.push({ model, input, authorization: request.headers.authorization })
      const data = input.map((text, index) => ({ object: 'embedding', index, embedding: hashedVector(text, alike) }))
      // The order of an answer is not promised; the index is.
      const answer = JSON.stringify({ object: 'list', model, data: data.toReversed() })
      response.setHeader('content-type', 'application/json')
      if (behaviour) behaviour(response, input, answer)
      else response.end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    behave: (how) => {
      behaviour = how
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export const failing = (status: number, headers: Record<string, string> = {}): Behaviour => {
  return (response) => response.writeHead(status, headers).end('{"error": {"message": "no"}}')
}
