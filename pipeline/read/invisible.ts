import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'

/**
 * Signs that no reader sees, though they make two keys different or show a name in another order than it is stored: control characters but
 * tab and line ends (PostgreSQL refuses NUL), soft hyphens, marks without width and of direction, byte order marks, tags.
 */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g

/** The text without its invisible signs. */
export function withoutInvisible (text: string): string {
  return text.search(invisible) === -1 ? text : text.replaceAll(invisible, '')
}

/** Rows without invisible signs in their fields, with one note on what was taken out; the same rows where there was nothing. */
export function visibleRows<Row extends { readonly line: number, readonly fields: readonly string[] }> (
  rows: readonly Row[], place: { readonly file: string, readonly sheet: string | null },
): { rows: readonly Row[], problems: Problem[] } {
  const found = new Map<number, string>()
  const visible = rows.map(row => {
    if (row.fields.every(field => field.search(invisible) === -1)) return row
    found.set(row.line, listSigns(row.fields))
    return { ...row, fields: row.fields.map(withoutInvisible) }
  })
  return found.size === 0 ? { rows, problems: [] } : { rows: visible, problems: [noteOf(found, place)] }
}

/** Names and values of attributes without invisible signs, as `visibleRows`. */
export function visibleLayer<Feature extends { readonly record: number, readonly attributes: Readonly<Record<string, string>> }> (
  layer: { readonly file: string, readonly attributes: readonly string[], readonly features: readonly Feature[] },
): { attributes: readonly string[], features: readonly Feature[], problems: Problem[] } {
  const found = new Map<number, string>()
  const names = layer.attributes.some(name => name.search(invisible) !== -1)
  const features = layer.features.map(feature => {
    const texts = names ? Object.entries(feature.attributes).flat() : Object.values(feature.attributes)
    if (texts.every(text => text.search(invisible) === -1)) return feature
    found.set(feature.record, listSigns(texts))
    return { ...feature, attributes: Object.fromEntries(Object.entries(feature.attributes).map(([name, text]) => [withoutInvisible(name), withoutInvisible(text)])) }
  })
  if (found.size === 0) return { attributes: layer.attributes, features: layer.features, problems: [] }
  return { attributes: layer.attributes.map(withoutInvisible), features, problems: [noteOf(found, { file: layer.file, sheet: null })] }
}

function noteOf (found: ReadonlyMap<number, string>, { file, sheet }: { readonly file: string, readonly sheet: string | null }): Problem {
  const signs = [...new Set([...found.values()].flatMap(text => text.split(' ')))].toSorted().join(' ')
  const lines = [...found.keys()]
  return problem('read-invisible-signs', sheet === null ? { file } : { file, cell: `${sheet}!${lines[0]}` }, { signs, lines: listSome(lines) })
}

/** `U+200B U+202E`: what cannot be seen is quoted by its number. */
function listSigns (texts: readonly string[]): string {
  const signs = texts.flatMap(text => text.match(invisible) ?? [])
  return [...new Set(signs.map(sign => `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`))].join(' ')
}
