/** What of package-lock.json a release takes note of. */
export interface Lock {
  readonly packages: Readonly<Record<string, {
    readonly version?: string
    readonly dev?: boolean
    readonly os?: readonly string[]
    readonly cpu?: readonly string[]
  }>>
}

export interface ShippedPackage {
  /** From the root, `node_modules/pg`. */
  readonly folder: string
  /** `pg@8.23.1`, as bills of materials name it. */
  readonly ref: string
}

/**
 * The packages that the compiled program needs, sorted by folder: none for tests, and none of the programs in machine code,
 * which only the bundler brings and only a clone runs. So one archive fits every machine.
 */
export function listShipped ({ packages }: Lock): ShippedPackage[] {
  return Object.entries(packages)
    .filter(([folder, { dev, os, cpu }]) => folder !== '' && !dev && !os && !cpu)
    .map(([folder, { version }]) => ({ folder, ref: `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}` }))
    .toSorted((a, b) => a.folder < b.folder ? -1 : 1)
}
