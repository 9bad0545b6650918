import type { Call } from './call.ts'

/** `atlas request` */
export async function request (_call: Call): Promise<number> {
  return 1
}
