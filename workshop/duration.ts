import type { Language } from '../core/edition.ts'

/** `1 Minute`, `3 Minuten`, `45 Sekunden`; rounded up, so that waiting that long is enough. */
export function formatDuration (seconds: number, language: Language): string {
  if (seconds <= 90) return say(Math.ceil(seconds), language === 'de' ? ['Sekunde', 'Sekunden'] : ['second', 'seconds'])
  return say(Math.ceil(seconds / 60), language === 'de' ? ['Minute', 'Minuten'] : ['minute', 'minutes'])
}

function say (count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`
}
