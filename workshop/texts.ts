import type { Language } from '../core/edition.ts'
import { english } from './texts/en.ts'
import { german } from './texts/de.ts'

/** Every word that the Werkstatt says by itself, in the form of the German version. */
export type WorkshopTexts = typeof german

export function getWorkshopTexts (language: Language): WorkshopTexts {
  return language === 'en' ? english : german
}
