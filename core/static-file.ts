/*
 * Where the answer of an address lies in a folder of files, and back. The parameters of an address stand in the name,
 * because object storage and a stick know none: `/town/karte/sgb2-share/2024?ebene=stadt&sprache=en` is
 * `town/karte/sgb2-share/2024~ebene=stadt~sprache=en.html`.
 */

/** The file of a path, without a slash at the beginning. A folder holds one edition, so its parameter is left out. */
export function fileOfPath (path: string): string {
  const [route, query = ''] = path.split('?') as [string, string?]
  const parameters = query.split('&').filter(pair => pair !== '' && !pair.startsWith('ausgabe='))
  const named = (name: string) => [name, ...parameters].join('~')
  const segments = route.split('/').filter(segment => segment !== '')
  if (segments.length < 2) return [...segments, `${named('index')}.html`].join('/')
  const last = segments.at(-1)!
  const dot = last.indexOf('.')
  const [name, extension] = dot === -1 ? [last, segments[1] === 'api' ? 'json' : 'html'] : [last.slice(0, dot), last.slice(dot + 1)]
  return [...segments.slice(0, -1), `${named(name)}.${extension}`].join('/')
}

/** The path of a file; the inverse of `fileOfPath`. */
export function pathOfFile (file: string): string {
  const segments = file.split('/')
  const last = segments.at(-1)!
  const dot = last.indexOf('.')
  const [stem, extension] = dot === -1 ? [last, ''] : [last.slice(0, dot), last.slice(dot)]
  const [name, ...parameters] = stem.split('~') as [string, ...string[]]
  const isStart = extension === '.html' && name === 'index' && segments.length <= 2
  const isPlain = extension === '.html' || (extension === '.json' && segments[1] === 'api')
  const route = ['', ...segments.slice(0, -1), ...(isStart ? [] : [`${name}${isPlain ? '' : extension}`])].join('/')
  return `${route === '' ? '/' : route}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`
}

/** What a link to a path says in the file of another path, `../../index.html#themes`: it holds below any address, and without one. */
export function linkBetweenFiles (from: string, path: string): string {
  const [address, fragment] = path.split('#') as [string, string?]
  return `${pathToRoot(from)}${fileOfPath(address)}${fragment === undefined ? '' : `#${fragment}`}`
}

/** The path that a link in the file of another path means. */
export function pathOfLink (from: string, link: string): string {
  if (link === '' || /^(#|[a-z]+:)/.test(link)) return link
  const [, file = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(link)!
  const segments = file.startsWith('/') ? [] : fileOfPath(from).split('/').slice(0, -1)
  for (const segment of file.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '.' && segment !== '') segments.push(segment)
  }
  return `${pathOfFile(segments.join('/'))}${rest}`
}

/** `../../` as often as the file lies deep. */
function pathToRoot (path: string): string {
  return '../'.repeat(fileOfPath(path).split('/').length - 1)
}
