import fc from 'fast-check'
import type { Test } from 'tap'
import type { Audience, Edition } from '../../core/edition.ts'
import type { Database } from '../../sql/connection.ts'
import { StoreError } from '../../sql/errors.ts'
import { listEditions, pruneDrafts } from '../../sql/list.ts'
import { loadEdition } from '../../sql/load.ts'
import { listStates, publish, rollback } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { withdraw } from '../../sql/withdraw.ts'
import { onBothEngines } from '../both-engines.ts'
import { tinyEdition } from '../tiny-edition.ts'

/** What people do to two atlases, each with editions 0 to 2 for everybody and 3 for the house. */
type Deed =
  | { readonly kind: 'save' | 'publish', readonly atlas: number, readonly edition: number }
  | { readonly kind: 'withdraw', readonly atlas: number, readonly edition: number, readonly successor: number | null }
  | { readonly kind: 'rollback', readonly atlas: number, readonly audience: Audience }
  | { readonly kind: 'prune' }

const atlas = fc.integer({ min: 0, max: 1 })
const edition = fc.integer({ min: 0, max: 3 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('save' as const), atlas, edition }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('publish' as const), atlas, edition }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), atlas, edition, successor: fc.option(edition) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rollback' as const), atlas, audience: fc.constantFrom('public' as const, 'internal' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('prune' as const) }) },
)

/** One shelf of the model: an atlas and an audience. Acts of publishing, each on top of the one that it replaced. */
interface Shelf {
  readonly acts: Array<{ readonly edition: string, readonly replaced: number | null }>
  current: number | null
}

/** What should be, in a few lines that know no SQL. */
interface Model {
  readonly saved: Set<string>
  readonly published: Set<string>
  /** Where readers of what was taken back are sent. */
  readonly withdrawn: Map<string, string | null>
  readonly shelves: Map<string, Shelf>
}

function getShelf ({ shelves }: Model, atlas: string, audience: Audience): Shelf {
  const key = `${atlas} ${audience}`
  if (!shelves.has(key)) shelves.set(key, { acts: [], current: null })
  return shelves.get(key)!
}

function currentOf ({ acts, current }: Shelf): string | null {
  return current === null ? null : acts[current]!.edition
}

/** The last act before the current one that shows another edition which was not taken back. */
function backOf ({ withdrawn }: Model, { acts, current }: Shelf): number | null {
  if (current === null) return null
  for (let back = acts[current]!.replaced; back !== null; back = acts[back]!.replaced) {
    if (acts[back]!.edition !== acts[current]!.edition && !withdrawn.has(acts[back]!.edition)) return back
  }
  return null
}

function show (shelf: Shelf, edition: string): void {
  shelf.acts.push({ edition, replaced: shelf.current })
  shelf.current = shelf.acts.length - 1
}

onBothEngines('publishing, going back, withdrawing and pruning in any order', async (t: Test, database: Database) => {
  const facts = tinyEdition().atlas
  let run = 0

  await t.test('what is shown is what a few lines say should be, no draft is seen, and what was taken back never returns', async t => {
    await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 30, size: 'max' }), async deeds => {
      run++
      const names = ['a', 'b'].map(letter => `run${run}${letter}`)
      const editions = names.map(id => [0, 1, 2, 3].map(number =>
        tinyEdition({ atlas: { ...facts, id, title: `Ausgabe ${number}` }, audience: number === 3 ? 'internal' : 'public' })))
      const model: Model = { saved: new Set(), published: new Set(), withdrawn: new Map(), shelves: new Map() }
      // Most of what can go wrong needs several editions, so all begin as drafts.
      const drafts = names.flatMap((_, atlas) => [0, 1, 2, 3].map((edition): Deed => ({ kind: 'save', atlas, edition })))
      for (const [step, one] of [...drafts, ...deeds].entries()) {
        const worked = await act(database, one, editions, names)
        const expected = predict(model, one, editions, names)
        if (worked !== expected) throw new Error(`step ${step} ${JSON.stringify(one)}: ${worked ? 'worked' : 'was refused'}`)
        if (step >= drafts.length) await compare(database, model, editions.flat(), `step ${step} ${JSON.stringify(one)}`)
      }
      await compareLoading(database, model, editions.flat())
    }), { numRuns: 15, endOnFailure: true, ...seedOf() })
    t.equal(run, 15)
  })

  await t.test('acts of publishing stay within an atlas and an audience, and none leads to a later one', async t => {
    t.same(await database.query(`
      select u.publication_key from atlas.publications u
      join atlas.publications r on r.publication_key = u.replaced_key
      join atlas.editions e on e.edition_key = u.edition_key
      join atlas.editions f on f.edition_key = r.edition_key
      where r.publication_key >= u.publication_key or e.atlas_key <> f.atlas_key or e.audience <> f.audience`), [])
    t.same(await database.query(`
      select p.atlas_key from atlas.pointers p
      join atlas.publications u using (publication_key)
      join atlas.editions e using (edition_key)
      where e.atlas_key <> p.atlas_key or e.audience <> p.audience or e.published_at is null or e.saved_at is null
         or exists (select from atlas.withdrawals w where w.edition_key = e.edition_key)`), [])
  })
})

/** `ATLAS_TEST_SEED=1` repeats a run. */
function seedOf (): { readonly seed?: number } {
  const { ATLAS_TEST_SEED: seed } = process.env
  return seed === undefined ? {} : { seed: Number(seed) }
}

/** @returns whether it was done; refused is whatever has a sentence for people */
async function act (database: Database, deed: Deed, editions: readonly Edition[][], names: readonly string[]): Promise<boolean> {
  try {
    switch (deed.kind) {
      case 'save': await saveEdition(database, editions[deed.atlas]![deed.edition]!, []); break
      case 'publish': await publish(database, editions[deed.atlas]![deed.edition]!.id); break
      case 'rollback': await rollback(database, names[deed.atlas]!, deed.audience); break
      case 'prune': await pruneDrafts(database, 0); break
      case 'withdraw': {
        const successor = deed.successor === null ? {} : { successor: editions[deed.atlas]![deed.successor]!.id }
        await withdraw(database, editions[deed.atlas]![deed.edition]!.id, { reason: 'falsch', ...successor })
      }
    }
    return true
  } catch (error) {
    if (error instanceof StoreError) return false
    throw error
  }
}

/** Does to the model what should have been done. @returns whether it should */
function predict (model: Model, deed: Deed, editions: readonly Edition[][], names: readonly string[]): boolean {
  if (deed.kind === 'prune') {
    for (const id of model.saved) if (!model.published.has(id)) model.saved.delete(id)
    return true
  }
  if (deed.kind === 'rollback') {
    const shelf = getShelf(model, names[deed.atlas]!, deed.audience)
    const back = backOf(model, shelf)
    if (back === null) return false
    shelf.current = back
    return true
  }
  const { id, audience } = editions[deed.atlas]![deed.edition]!
  const shelf = getShelf(model, names[deed.atlas]!, audience)
  if (deed.kind === 'save') {
    model.saved.add(id)
    return true
  }
  if (deed.kind === 'publish') {
    if (!model.saved.has(id) || model.withdrawn.has(id)) return false
    model.published.add(id)
    if (currentOf(shelf) !== id) show(shelf, id)
    return true
  }
  const { successor } = deed as Extract<Deed, { kind: 'withdraw' }>
  return predictWithdrawal(model, shelf, id, successor === null ? undefined : editions[deed.atlas]![successor]!, audience)
}

function predictWithdrawal (model: Model, shelf: Shelf, id: string, successor: Edition | undefined, audience: Audience): boolean {
  if (!model.published.has(id)) return false
  const fits = successor === undefined || (model.published.has(successor.id) && !model.withdrawn.has(successor.id) && successor.id !== id && successor.audience === audience)
  if (!fits) return false
  const wasCurrent = currentOf(shelf) === id
  model.withdrawn.set(id, null)
  if (wasCurrent && successor) show(shelf, successor.id)
  else if (wasCurrent) shelf.current = backOf(model, shelf)
  model.withdrawn.set(id, successor?.id ?? currentOf(shelf))
  return true
}

/** @throws Error naming what is not as it should be */
async function compare (database: Database, model: Model, editions: readonly Edition[], step: string): Promise<void> {
  const own = new Set(editions.map(({ atlas }) => atlas.id))
  const expectSame = (found: unknown, wanted: unknown, what: string) => {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${step}: ${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`)
  }
  for (const visibility of ['stored', 'published'] as const) {
    const states = (await listStates(database, visibility)).filter(({ atlas }) => own.has(atlas))
    const wanted = [...model.shelves].filter(([, { acts }]) => acts.length > 0).map(([key, shelf]) => {
      const back = backOf(model, shelf)
      return { key, edition: currentOf(shelf), previous: back === null ? null : shelf.acts[back]!.edition }
    })
    const sort = (list: ReadonlyArray<{ readonly key: string }>) => list.toSorted((a, b) => a.key < b.key ? -1 : 1)
    expectSame(sort(states.map(({ atlas, audience, edition, previous }) => ({ key: `${atlas} ${audience}`, edition, previous }))), sort(wanted), `${visibility} pointers`)
    const gone = states.flatMap(({ withdrawn }) => withdrawn.map(({ edition, successor }) => [edition, successor]))
    expectSame(gone.toSorted(), [...model.withdrawn].toSorted(), `${visibility} withdrawals`)
  }
  const seen = (await listEditions(database, 'published', {})).filter(({ atlas }) => own.has(atlas)).map(({ id }) => id)
  expectSame(seen.toSorted(), [...model.published].filter(id => !model.withdrawn.has(id)).toSorted(), 'editions that a server sees')
  const stored = (await listEditions(database, 'stored', {})).filter(({ atlas }) => own.has(atlas)).map(({ id }) => id)
  expectSame(stored.toSorted(), [...model.saved].toSorted(), 'editions that are stored')
}

/** @throws Error naming an edition that can be loaded and should not, or the other way round */
async function compareLoading (database: Database, model: Model, editions: readonly Edition[]): Promise<void> {
  for (const { id } of editions) {
    const isSeen = model.published.has(id) && !model.withdrawn.has(id)
    if ((await loadEdition(database, id, 'published') !== undefined) !== isSeen) throw new Error(`a server ${isSeen ? 'cannot' : 'can'} load ${id}`)
  }
}
