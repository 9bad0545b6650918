import t from 'tap'
import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { bundleAssets, loadAssets } from '../../bundle.ts'

t.test('every asset lies under the hash of its content, packed without loss, and names nothing that is not served', async t => {
  const { urls, files } = await bundleAssets()
  t.strictSame(Object.values(urls).filter(url => !files.has(url)), [])
  for (const [url, { type, body, gzip, br }] of files) {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
    if (!url.endsWith('style.css')) t.ok(url.startsWith(`/assets/${hash}/`), url)
    if (gzip && br) t.ok(gunzipSync(gzip).equals(body) && brotliDecompressSync(br).equals(body), 'packed without loss')
    else t.match(type, /^font\//, 'only fonts are packed already')

    const text = Buffer.from(body).toString('utf8')
    t.notMatch(text.slice(-300), /sourceMappingURL/, 'a map that is not served would be asked for')
    if (!url.endsWith('.css')) continue
    const named = [...text.matchAll(/url\(\s*["']?(?!data:)([^"')]+)/g)].map(([, target]) => new URL(target!, `http://atlas.example${url}`).pathname)
    t.strictSame(named.filter(target => !files.has(target)), [], `${url} names only what is served`)
  }
})

t.test('a second start takes the files of the first', async t => {
  const first = await loadAssets()
  const second = await loadAssets()
  t.strictSame(second.urls, first.urls)
  t.strictSame([...second.files.keys()], [...first.files.keys()])
})
