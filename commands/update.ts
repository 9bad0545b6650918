import type { Call } from './call.ts'

/** `atlas update` */
export async function update (_call: Call): Promise<number> {
  return 1
}
