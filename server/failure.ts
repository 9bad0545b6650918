import type { FastifyBaseLogger } from 'fastify'

/** Codes and places only: a message of the database may quote what it was given. */
export function reportFailure (logger: Pick<FastifyBaseLogger, 'warn'>, code: string, sentence: string, reason: unknown): void {
  const cause = reason instanceof Error ? ('code' in reason && typeof reason.code === 'string' ? reason.code : reason.name) : 'unknown'
  logger.warn({ code, cause }, sentence)
}
