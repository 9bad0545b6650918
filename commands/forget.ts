import type { Call } from './call.ts'

/** `atlas forget` */
export async function forget (_call: Call): Promise<number> {
  return 1
}
