/*
 * Runs before anything is installed and on any Node that knows `import`: plain JavaScript, no
 * packages, no syntax younger than Node 12 (Debian 11 ships that).
 */

/** Oldest Node that every package accepts (`engines` in package.json). */
const oldestNode = '20.19'

/** Ends the process with a sentence in German and English where Node is too old to go on. */
export function requireNode () {
  if (isNodeAtLeast(oldestNode, process.versions.node)) return
  console.error(
    'Der Atlas braucht Node.js ' + oldestNode + ' oder neuer; hier läuft ' + process.versions.node +
    '. Eine aktuelle Fassung („LTS“) gibt es auf https://nodejs.org.\n' +
    'The atlas needs Node.js ' + oldestNode + ' or newer; this is ' + process.versions.node +
    '. A current version ("LTS") is at https://nodejs.org.')
  process.exit(1)
}

/** Compares major and minor; both versions as in `20.19` or `20.19.3`. */
function isNodeAtLeast (oldest, version) {
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number)
  const [major, minor] = version.split('.').map(Number)
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}
