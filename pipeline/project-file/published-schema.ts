import { ProjectFile } from './schema.ts'

/**
 * The schema for editors, `docs/atlas.schema.json`. It knows what is filled in before the file is checked: an indicator that says
 * `use` takes the rest from the catalogue, themes of the catalogue need no entry, and indicators may all stand in a workbook.
 */
export function publishedSchema (): object {
  const { indicators, ...properties } = ProjectFile.properties
  const { required, ...item } = indicators.items as { required: string[], properties: object }
  const use = { type: 'string', description: 'Kennung im Kennzahlenkatalog; was hier nicht steht, kommt von dort' }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...ProjectFile,
    required: ProjectFile.required.filter(key => key !== 'themes' && key !== 'indicators'),
    properties: {
      ...properties,
      indicators: { type: 'array', items: { ...item, properties: { use, ...item.properties }, anyOf: [{ required: ['use'] }, { required }] } },
    },
  }
}
