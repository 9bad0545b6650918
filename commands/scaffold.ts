import type { Call } from './call.ts'

/** `atlas scaffold` */
export async function scaffold (_call: Call): Promise<number> {
  return 1
}
