import type { TSchema } from 'typebox'

/** What the OpenAPI document says about a route; a route without it is not part of the API. */
export interface Operation {
  readonly id: string
  readonly summary: string
  readonly description?: string
  readonly tag: 'lists' | 'values' | 'tiles'
  readonly answer:
    | { readonly type: string, readonly schema: TSchema }
    | { readonly type: string, readonly schema: 'binary' }
  /** Statuses besides 200 and the problems, with the reason. */
  readonly alsoAnswers?: Readonly<Record<number, string>>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}
