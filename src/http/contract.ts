import type { z } from 'zod'
import type { Caller } from '#stages/caller.ts'

/** The names between braces in a path: `/zones/{zone}/needs/{need}` has `zone` and `need`. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Record<Name, string> & PathParams<Rest>
  : unknown

export type Method = 'get' | 'post' | 'patch' | 'put' | 'delete'

/**
 * One request as both sides know it: who may, what shape, which command, what answer. The server attaches a handler to
 * it, the web calls it, the OpenAPI page and the access table list it. It is pure, so the web can import it.
 */
export interface Endpoint<
  Path extends string = string,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  method: Method
  path: Path
  /** A sentence for the API page. */
  summary: string
  /** Who may, by role alone. What depends on the record is decided by the same `access.ts`, in the service. */
  may: (caller: Caller) => boolean
  query?: Query
  body?: Body
  answer?: Answer
  /** The command's name: the handler then runs on the command road. */
  command?: string
  /** The request's body where it is not JSON. */
  carries?: 'file'
  /** The answer's media types where it is not JSON. */
  gives?: readonly string[]
  status?: 200 | 201 | 202 | 204
}

export function endpoint<
  const Path extends string,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodUndefined,
>(definition: Endpoint<Path, Query, Body, Answer>): Endpoint<Path, Query, Body, Answer> {
  return definition
}

export type Api = Record<string, Endpoint<string, z.ZodType, z.ZodType, z.ZodType>>

export type ParamsOf<E> = E extends Endpoint<infer Path, z.ZodType, z.ZodType, z.ZodType> ? PathParams<Path> : never
export type QueryOf<E> = E extends Endpoint<string, infer Query, z.ZodType, z.ZodType> ? z.output<Query> : never
export type QuerySent<E> = E extends Endpoint<string, infer Query, z.ZodType, z.ZodType> ? z.input<Query> : never
export type BodyOf<E> = E extends Endpoint<string, z.ZodType, infer Body, z.ZodType> ? z.output<Body> : never
export type BodySent<E> = E extends Endpoint<string, z.ZodType, infer Body, z.ZodType> ? z.input<Body> : never
export type AnswerOf<E> = E extends Endpoint<string, z.ZodType, z.ZodType, infer Answer> ? z.output<Answer> : never
