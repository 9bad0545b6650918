import type { Language } from '../core/edition.ts'
import type { Config } from '../server/config.ts'
import { openStore, type Store } from '../sql/store.ts'

/** What somebody typed, and the settings it meets. */
export interface Call {
  readonly arguments: readonly string[]
  readonly options: Options
  readonly language: Language
  readonly config: Config
}

export type Options = Readonly<Partial<Record<TextOption, string> & Record<Switch, boolean>>>
type TextOption = 'data' | 'reason' | 'successor' | 'by' | 'note' | 'note-en' | 'zensus' | 'prefix' | 'output'
type Switch = 'publish' | 'first-edition' | 'excel'

/** One thing that can be done. It resolves to the exit code: 0 only when the thing named was done. */
export interface Command {
  readonly form: string
  readonly says: Readonly<Record<Language, string>>
  readonly run: (call: Call) => Promise<number>
}

/** What was typed cannot be understood; the message says what could be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError if there is no such argument */
export function requireArgument ({ arguments: given }: Call, position: number, name: string): string {
  const argument = given[position]
  if (argument === undefined) throw new UsageError(`missing ${name}`)
  return argument
}

export async function openStoreAs ({ config }: Call, role: 'owner' | 'pipeline' | 'server'): Promise<Store> {
  const databaseUrl = role === 'server' ? config.databaseReadUrl ?? config.databaseUrl : config.databaseUrl
  return openStore({
    dataDir: config.dataDir,
    role,
    audience: config.audience,
    // Whoever starts a server should know what it stands on; a build of a minute need not be told each time.
    log: message => { if (role === 'server') console.error(message) },
    ...(databaseUrl === null ? {} : { databaseUrl }),
  })
}

export async function withStore<Result> (call: Call, role: 'owner' | 'pipeline', work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStoreAs(call, role)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
