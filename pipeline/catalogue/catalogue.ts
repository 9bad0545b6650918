import { readFileSync } from 'node:fs'
import { Type, type Static } from 'typebox'
import { parse } from 'yaml'
import { idPattern } from '../../core/id.ts'
import { presets, type PresetName } from '../../core/rules.ts'
import { closed } from '../project-file/schema/form.ts'

const Both = closed({ de: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) })
const Id = Type.String({ pattern: idPattern })
const Ids = Type.Array(Id, { minItems: 1 })

/** What the catalogue knows of an indicator; all texts in both languages. */
export const CatalogueEntry = closed({
  /** English kebab-case; the id an atlas uses unless it says another. */
  id: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }),
  theme: Id,
  kind: Type.Enum(['count', 'share', 'ratio', 'measure']),
  label: Both,
  definition: Both,
  numerator: Type.Optional(Ids),
  minus: Type.Optional(Ids),
  denominator: Type.Optional(Ids),
  factor: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  unit: Both,
  decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  signed: Type.Optional(Type.Boolean()),
  palette: Type.Optional(Type.Enum(['petrol', 'moos', 'beere', 'div'])),
  /** Key of `Catalogue.sources`: who usually delivers it. */
  source: Type.String(),
  /** The usual rule; what the delivery demands goes first. None where nobody is counted. */
  preset: Type.Enum(['none', ...Object.keys(presets) as PresetName[]]),
  /** In what offices differ. */
  differs: Type.Optional(Both),
})
export type CatalogueEntry = Static<typeof CatalogueEntry>

export const CatalogueFile = closed({
  themes: Type.Array(closed({ id: Id, label: Both })),
  sources: Type.Record(Type.String(), Both),
  indicators: Type.Array(CatalogueEntry),
})
export type Catalogue = Static<typeof CatalogueFile>

let kept: Catalogue | undefined

/** The catalogue that ships with the program; read when it is first asked for. A test holds it against the schema. */
export function readCatalogue (): Catalogue {
  kept ??= parse(readFileSync(new URL('indicators.yaml', import.meta.url), 'utf8')) as Catalogue
  return kept
}

export function findEntry (id: string): CatalogueEntry | undefined {
  return readCatalogue().indicators.find(entry => entry.id === id)
}

/** Ids that a share or ratio is computed from, each once; none of other kinds. */
export function listOperands ({ numerator = [], minus = [], denominator = [] }: Pick<CatalogueEntry, 'numerator' | 'minus' | 'denominator'>): string[] {
  return [...new Set([...numerator, ...minus, ...denominator])]
}
