import { stringify } from 'yaml'

/** One line as it belongs into `atlas.yaml`: `area: { column: Nr, pad: 2 }`. */
export function yamlLine (key: string, value: unknown): string {
  return `${key}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true, singleQuote: true }).trim()}`
}
