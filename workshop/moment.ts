import type { Language } from '../core/edition.ts'

/**
 * Time of day in Germany, for people: `23.11.2026, 10:20 Uhr`.
 * @param moment UTC, `2026-11-23T09:20:30Z`
 */
export function formatMoment (moment: string, language: Language): string {
  return formats[language].format(new Date(moment)) + (language === 'de' ? ' Uhr' : '')
}

const form: Intl.DateTimeFormatOptions = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' }

const formats = { de: new Intl.DateTimeFormat('de-DE', form), en: new Intl.DateTimeFormat('en-GB', form) } as const
