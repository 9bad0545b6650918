/**
 * Whom a path speaks to: people get pages, programs get data. It decides the form of errors and
 * whether other sites may read the answer, also for paths that no route knows.
 */
export function isForPrograms (path: string): boolean {
  return /^\/(assets|health)(\/|$)/.test(path) ||
    /^\/[^/]+\/(api|tiles|values|geometry|context)(\/|$)/.test(path) ||
    /\.[a-z0-9]{2,7}$/.test(path)
}
