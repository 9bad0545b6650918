import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What holds raw counts, and therefore never goes into a repository. */
const patterns = ['vault/', 'tables/', ...['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'xls', 'xlsb', 'ods'].flatMap(ending => [`*.${ending}`, `*.${ending.toUpperCase()}`]), '!kennzahlen.xlsx', 'pruefbericht*']

/** Keeps deliveries and the vault out of git: writes `.gitignore` or adds to it what it lacks. Returns the lines added. */
export async function keepOutOfGit (folder: string): Promise<string[]> {
  const file = path.join(folder, '.gitignore')
  const text = await readFile(file, 'utf8').catch(() => '')
  const there = new Set(text.split(/\r?\n/).map(line => line.trim()))
  const missing = patterns.filter(pattern => !there.has(pattern))
  if (missing.length === 0) return []
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  await writeFile(file, `${text}${gap}# Rohwerte und Tresor bleiben auf diesem Rechner (atlas scaffold).\n${missing.join('\n')}\n`)
  return missing
}
