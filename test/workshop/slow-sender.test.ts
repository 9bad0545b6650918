import { readdir } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { listLog } from '../../sql/audit-log.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

t.test('a server that somebody sends to slowly, too much, or not to the end', async t => {
  const { projectsDir, database, lines } = await openRooms(t)
  const { app } = await openDoor(database, lines, { pace: { windowSeconds: 0.5, leastBytes: 1000 } })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  t.after(async () => { await app.close() })
  await lines.worker.createAtlas('small')
  await addPerson(database, 'anna@town.example', [{ atlas: 'small', role: 'admin' }])
  const anna = openBrowser(app)
  await anna.signIn('anna@town.example')
  const token = /_form=([^"]+)"/.exec((await anna.get('/werkstatt/small/lieferungen')).body)![1]!
  const head = (length: number) => `POST /werkstatt/small/lieferungen?_form=${token} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncookie: ${[...anna.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: ${length}\r\n\r\n`
  const part = (name: string, text: string) => `--x\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n${text}`
  const inbox = async () => (await readdir(path.join(projectsDir, 'small', 'inbox'))).filter(name => !name.endsWith('.json'))

  /** Sends and then waits until the server lets go. */
  async function send (pieces: AsyncIterable<string> | Iterable<string>): Promise<{ readonly answer: string, readonly milliseconds: number }> {
    const started = Date.now()
    const client = net.connect(port, '127.0.0.1')
    let answer = ''
    client.setEncoding('utf8').on('data', text => { answer += text }).on('error', () => {})
    const closed = new Promise<void>(resolve => client.once('close', () => resolve()))
    for await (const piece of pieces) {
      if (client.destroyed) break
      client.write(piece)
    }
    await Promise.race([closed, delay(8000)])
    client.destroy()
    return { answer, milliseconds: Date.now() - started }
  }

  await t.test('a form without a single part is answered at once', async t => {
    for (const body of ['--x--\r\n', '', '\r\n']) {
      const { answer, milliseconds } = await send([head(body.length) + body])
      t.match(answer, /^HTTP\/1\.1 400.*keine Datei|^HTTP\/1\.1 400.*abgebrochen/s, JSON.stringify(body))
      t.ok(milliseconds < 5000)
    }
  })

  await t.test('a body that trickles is ended, and nothing of it is kept', async t => {
    const { milliseconds } = await send((async function * () {
      yield head(100_000) + part('a.csv', 'Nr;Wert\n')
      for (let i = 0; i < 60; i++) {
        await delay(100)
        yield '1'
      }
    })())
    t.ok(milliseconds < 4000, `${milliseconds} ms`)
    for (let tries = 0; tries < 100 && (await inbox()).length > 0; tries++) await delay(50)
    t.same(await inbox(), [])
  })

  await t.test('a browser that is closed half way leaves the files that came whole, and the log knows them', async t => {
    const client = net.connect(port, '127.0.0.1')
    client.on('error', () => {})
    client.write(head(1_000_000) + part('a.csv', 'Nr;Wert\n1;2\n') + `\r\n${part('b.csv', 'Nr;Wert\n1;3\n')}`)
    while ((await inbox()).filter(name => /^[0-9a-f]{64}$/.test(name)).length === 0) await delay(50)
    client.destroy()
    for (let tries = 0; tries < 100 && (await listLog(database, { atlas: 'small', limit: 1 })).length === 0; tries++) await delay(50)
    t.match(await listLog(database, { atlas: 'small', limit: 10 }), [{ action: 'file-received', details: { files: 'a.csv' } }])
    for (let tries = 0; tries < 100 && (await inbox()).length > 1; tries++) await delay(50)
    t.equal((await inbox()).length, 1)
    t.match((await anna.get('/werkstatt/small/lieferungen')).body, 'a.csv')
  })

  await t.test('a large file over a slow but honest line arrives', async t => {
    const text = 'Nr;Wert\n' + '1;2222222\n'.repeat(3000)
    const body = `${part('slow.csv', text)}\r\n--x--\r\n`
    const { answer } = await send((async function * () {
      yield head(body.length)
      for (let at = 0; at < body.length; at += 2000) {
        yield body.slice(at, at + 2000)
        await delay(100)
      }
    })())
    t.match(answer, 'Angekommen: slow.csv')
  })

  await t.test('heads that are too large, or no HTTP at all, get a short answer and the end', async t => {
    t.match((await send([`GET /werkstatt HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`])).answer, /^HTTP\/1\.1 431/)
    t.match((await send(['hello\r\n\r\n'])).answer, /^HTTP\/1\.1 400/)
    t.ok(app.server.headersTimeout <= 60_000 && app.server.headersTimeout > 0, 'heads that never end wait a minute at most')
    const smuggled = 'POST /werkstatt/anmelden HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n'
    t.match((await send([smuggled])).answer, /^HTTP\/1\.1 400/, 'two lengths')
  })
})
