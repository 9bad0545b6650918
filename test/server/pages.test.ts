import t from 'tap'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny } from './serve-tiny.ts'

t.test('one atlas: the first page leads to it; several or none: a list', async t => {
  const { get } = await serveTiny(t)
  t.match(await get('/?utm_source=letter'), { statusCode: 302, headers: { location: '/tiny' } })
  const tiny = tinyEdition()
  const two = await serveTiny(t, { editions: [tiny, tinyEdition({ atlas: { ...tiny.atlas, id: 'other', title: 'Anderer Atlas' } })] })
  const list = await two.get('/')
  t.equal(list.statusCode, 200)
  t.match(list.body, /href="\/other".*Anderer Atlas[^]*href="\/tiny"/)
  t.match((await two.get('/?x=1')).headers, { location: '/' })
  const none = await serveTiny(t, { editions: [] })
  t.match((await none.get('/')).body, /noch kein Atlas veröffentlicht/)
})

t.test('every page is complete without script', async t => {
  const { get } = await serveTiny(t)
  const cases: Array<[url: string, ...parts: RegExp[]]> = [
    ['/tiny', /<html lang="de"/, /<svg/, /Einkommen und Armut/],
    ['/tiny/karte/sgb2-share/2024-12-31', /SGB-II-Quote am 31\.12\.2024/, /<svg/, /<table/, /12,5/, /id="bootstrap"/],
    ['/tiny/gebiet/sozialraum/03', /Süd &lt;&amp; Groß&gt;/],
    ['/tiny/kennzahl/sgb2-share', /Leistungsberechtigte nach SGB II/],
    ['/tiny/karte/sgb2-share/2024-12-31?sprache=en', /<html lang="en"/, /SGB II share on 31 December 2024/],
  ]
  for (const [url, ...parts] of cases) {
    const { statusCode, body } = await get(url)
    t.equal(statusCode, 200, url)
    for (const part of parts) t.match(body, part)
    t.notMatch(body, /<script(?! type="(module|application\/json)")|style=|https?:\/\/(?!atlas\.example|creativecommons\.org|www\.w3\.org)/, `${url} asks nobody else`)
  }
})

t.test('names of others in a shared link are dropped; ours are put in order', async t => {
  const { get } = await serveTiny(t)
  const cases: Array<[url: string, location: string]> = [
    ['/tiny?utm_source=x&fbclid=y', '/tiny'],
    ['/tiny?sprache=en&gclid=1', '/tiny?sprache=en'],
    ['/tiny/karte/sgb2-share/2024-12-31?fbclid=1&sprache=en&ebene=stadt', '/tiny/karte/sgb2-share/2024-12-31?ebene=stadt&sprache=en'],
    ['/tiny/karte/sgb2-share/2024-12-31.html', '/tiny/karte/sgb2-share/2024-12-31'],
    ['/tiny/gebiet/sozialraum/01?x', '/tiny/gebiet/sozialraum/01'],
    ['/tiny/gebiet/sozialraum/01.html', '/tiny/gebiet/sozialraum/01'],
    ['/tiny/kennzahl/sgb2-share?x=%0d%0aset-cookie:a', '/tiny/kennzahl/sgb2-share'],
  ]
  for (const [url, location] of cases) t.match(await get(url), { statusCode: 302, headers: { location } }, url)
})

t.test('a value of ours that cannot be is said in words, with the nearest view', async t => {
  const { get } = await serveTiny(t)
  const cases: Array<[status: number, url: string, words: RegExp, nearest: string]> = [
    [400, '/tiny/karte/sgb2-share/2024-12-31?klassen=viele', /„viele“ ist kein gültiger Wert für „klassen“/, '/tiny/karte/sgb2-share/2024-12-31'],
    [400, '/tiny/karte/sgb2-share/2024-12-31?gebiete=01,99', /kein Gebiet mit dem Schlüssel 99/, '/tiny/karte/sgb2-share/2024-12-31?gebiete=01'],
    [404, '/tiny/karte/sgb2-share/2024-12-31?ebene=kiez', /Raumebene „kiez“ gibt es in diesem Atlas nicht/, '/tiny/karte/sgb2-share/2024-12-31'],
    [404, '/tiny/karte/sgb2-share/2019', /Vorhanden sind: 31\.12\.2023, 31\.12\.2024/, '/tiny/karte/sgb2-share/2024-12-31'],
    [404, '/tiny/karte/sgb2-share/gestern', /gestern/, '/tiny/karte/sgb2-share/2024-12-31'],
    [404, '/tiny/karte/arbeitslos/2024', /Kennzahl „arbeitslos“ gibt es/, '/tiny'],
    [404, '/tiny/karte/sgb2-recipients/2024-12-31?ebene=stadt', /nicht auf der Raumebene „Stadt“\. Vorhanden ist sie auf: Sozialraum/, '/tiny/karte/sgb2-recipients/2024-12-31'],
    [404, '/tiny/gebiet/sozialraum/99', /kein Gebiet mit dem Schlüssel 99/, '/tiny#areas-heading'],
    [404, '/tiny/kennzahl/arbeitslos', /Kennzahl „arbeitslos“/, '/tiny'],
    [404, '/tiny?ausgabe=e000000000000', /Ausgabe „e000000000000“ ist nicht veröffentlicht/, '/tiny'],
    [400, '/tiny?ausgabe=neu', /„neu“ ist kein gültiger Wert für „ausgabe“/, '/tiny'],
  ]
  for (const [status, url, words, nearest] of cases) {
    const { statusCode, body } = await get(url)
    t.equal(statusCode, status, url)
    t.match(body, words)
    t.ok(body.includes(`href="${nearest}"`), `${url} leads to ${nearest}`)
  }
  t.match((await get('/tiny/karte/arbeitslos/2024?sprache=en')).body, /<html lang="en"[^]*There is no indicator|<html lang="en"[^]*indicator/)
})

t.test('what stands in an address is escaped on the error page', async t => {
  const { get } = await serveTiny(t)
  for (const url of ['/tiny/kennzahl/%3Cscript%3Ealert(1)%3C%2Fscript%3E', '/tiny/karte/sgb2-share/2024-12-31?ansicht=%3Cscript%3E', '/%3Cscript%3E']) {
    t.notMatch((await get(url)).body, /<script>/, url)
  }
})

t.test('the form leads to the view that is meant, also where the choice does not exist together', async t => {
  const { get } = await serveTiny(t)
  const cases: Array<[query: string, location: string]> = [
    ['', '/tiny/karte/sgb2-share/2024-12-31'],
    ['?indicator=sgb2-share&period=2023-12-31&ebene=stadt', '/tiny/karte/sgb2-share/2023-12-31?ebene=stadt'],
    ['?indicator=sgb2-share&period=2023-12-31&ebene=sozialraum', '/tiny/karte/sgb2-share/2023-12-31'],
    ['?indicator=sgb2-recipients&period=2023-12-31&ebene=stadt', '/tiny/karte/sgb2-recipients/2024-12-31'],
    ['?indicator=sgb2-recipients', '/tiny/karte/sgb2-recipients/2024-12-31'],
    ['?indicator=sgb2-share&period=2023-12-31&sprache=en&utm_source=x', '/tiny/karte/sgb2-share/2023-12-31?sprache=en'],
    ['?indicator=&period=', '/tiny/karte/sgb2-share/2024-12-31'],
  ]
  for (const [query, location] of cases) t.match(await get(`/tiny/karte${query}`), { statusCode: 302, headers: { location } }, query)
  t.equal((await get('/tiny/karte?indicator=//evil.example')).statusCode, 404)
})

t.test('an older edition stays citable, says that there is a newer one, and its links stay within it', async t => {
  const old = tinyEdition({ notes: [{ de: 'Alt' }] })
  const { get, edition } = await serveTiny(t, { editions: [old, tinyEdition()] })
  const url = `/tiny/karte/sgb2-share/2024-12-31?ausgabe=${old.id}`
  const page = await get(url)
  t.equal(page.statusCode, 200)
  t.match(page.body, /Es gibt eine neuere Ausgabe/)
  t.ok(page.body.includes(`ausgabe=${old.id}`))
  t.notMatch((await get(`/tiny/karte/sgb2-share/2024-12-31?ausgabe=${edition.id}`)).body, /Es gibt eine neuere Ausgabe/)
  t.equal((await get(url.replace('?', '.json?'))).json().edition, old.id)
  t.match((await get('/tiny/api/v1/editions')).json(), { current: edition.id, editions: [{ id: edition.id, isCurrent: true }, { id: old.id, isCurrent: false }] })
})

t.test('formats: figures are those of the edition, and a file has a name that says what it is', async t => {
  const { get } = await serveTiny(t)
  const url = '/tiny/karte/sgb2-share/2024-12-31'
  t.match((await get(`${url}.json`)).json().values, [{ status: 'observed', value: 12.5 }, { status: 'suppressed', value: undefined }, { status: 'missing', value: undefined }])
  const csv = await get(`${url}.csv`)
  t.equal(csv.headers['content-disposition'], 'inline; filename="tiny_sgb2-share_2024-12-31.csv"')
  t.same([...csv.rawPayload.subarray(0, 3)], [0xEF, 0xBB, 0xBF], 'with the mark that tells Excel the encoding')
  t.equal((await get(`${url}.geojson`)).json().type, 'FeatureCollection')
  t.match((await get(`${url}.svg`)).body, /^(<\?xml[^>]*>\s*)?<svg/)
  t.equal((await get('/tiny/gebiet/sozialraum/01.json')).json().area, '01')
})

t.test('where the project publishes it, a suppressed value says between what it lies, in words and in columns of its own', async t => {
  const tiny = tinyEdition()
  const { get, edition } = await serveTiny(t, {
    editions: [tinyEdition({
      series: tiny.series.map(series => series.level !== 'sozialraum'
        ? series
        : { ...series, between: series.statuses.map(row => row.map(status => status === 's' ? [1250, 1412.5] as const : null)) }),
    })],
  })
  const url = '/tiny/karte/sgb2-share/2024-12-31'
  t.match((await get(url)).body, /gesperrt, zwischen 1\.250 und 1\.412,5/)
  t.match((await get(`${url}?sprache=en`)).body, /suppressed, between 1,250 and 1,412\.5/)
  t.match((await get('/tiny/gebiet/sozialraum/02')).body, />\.[^]*gesperrt, zwischen 1\.250 und 1\.412,5/, 'the sign stays a point')
  t.match((await get('/tiny/gebiet/sozialraum/02.json')).json().values[0], { status: 'suppressed', between: [1250, 1412.5] })
  t.strictSame((await get(`${url}.json`)).json().values[1], { area: '02', name: 'Nordertor', status: 'suppressed', between: [1250, 1412.5] })
  t.strictSame((await get(`${url}.geojson`)).json().features[1].properties.between, [1250, 1412.5])
  const lines = (await get(`${url}.csv`)).body.split('\r\n')
  t.ok(lines.includes('Schlüssel;Gebiet;Wert (%);Klasse;Hinweis;mindestens;höchstens'))
  t.ok(lines.includes('02;Nordertor;.;;gesperrt, zwischen 1.250 und 1.412,5;1250;1412,5'))
  t.ok(lines.includes('01;Altstadt;12,5;2;;;'))
  t.notMatch((await get(url.replace('2024', '2023') + '.csv')).body, /mindestens/, 'no empty columns where nothing is suppressed')

  const values = (await get(`/tiny/values/${edition.id}/sozialraum/sgb2-share.json`)).json()
  t.strictSame([values.values[1][1], values.status[1][1]], [null, 's'], 'values files and rows of the API stay as the contract has them')
  t.notOk('between' in values)
  t.strictSame((await get('/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share&period=2024-12-31')).json().values[1], { area: '02', period: '2024-12-31', status: 'suppressed' })
})
