import t from 'tap'
import { editionPaths } from '../../server/paths.ts'
import { getPrivacyTexts } from '../../core/text/privacy.ts'
import { privacyPage } from '../../render/privacy-page.ts'
import type { Site } from '../../render/site.ts'
import { serveTiny, testAssets } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'

const testSite: Site = { publicUrl: '', toHref: path => path, assets: testAssets.urls, isCurrent: true }

t.test('the notice names who answers and on what basis figures are shown, and every page leads to it', async t => {
  const { get, edition } = await serveTiny(t)
  const { body, statusCode } = await get('/tiny/datenschutz')
  t.equal(statusCode, 200)
  t.match(body, new RegExp(edition.atlas.contact.email))
  for (const { publisher, legalBasis } of edition.deliveries) t.ok(body.includes(publisher) && body.includes(legalBasis), publisher)
  t.match((await get('/tiny/datenschutz?sprache=en')).body, /These pages set no cookies/)
  const pages = [...editionPaths(edition, { address: 'current' })].filter(({ kind, path }) => ['page', 'view'].includes(kind) && !path.includes('sprache'))
  const without: string[] = []
  for (const { path } of pages) if (!(await get(path)).body.includes('href="/tiny/datenschutz"')) without.push(path)
  t.strictSame(without, [])
})

t.test('what the notice says of cookies, other providers and addresses is so', async t => {
  const { get } = await serveTiny(t)
  for (const path of ['/tiny', '/tiny/datenschutz']) {
    const { headers, body } = await get(path)
    t.equal(headers['set-cookie'], undefined, path)
    t.strictSame([...body.matchAll(/ (?:src|href)="(https?:\/\/[^"]+)"/g)].map(([, url]) => url).filter(url => /\.(js|mjs|css|woff2|png|svg)\b/.test(url!)), [], path)
    t.match(headers['content-security-policy'], /default-src 'none'/)
  }
})

t.test('the officer and the notice of the town stand there once the project names them', async t => {
  const plain = tinyEdition()
  t.match(privacyPage(plain, testSite), /sagt die Ansprechstelle des Atlas/)
  const told = { ...plain, atlas: { ...plain.atlas, privacy: { officer: 'datenschutz@stadt.example', notice: 'https://stadt.example/datenschutz' } } }
  const page = privacyPage(told, testSite)
  t.match(page, /href="mailto:datenschutz@stadt\.example"/)
  t.match(page, /href="https:\/\/stadt\.example\/datenschutz"/)
  t.notMatch(page, /sagt die Ansprechstelle des Atlas/)
  t.match(privacyPage(plain, { ...testSite, isStatic: true }), /besteht aus Dateien/)
})

t.test('the notice has no digit, which the audit would then let pass everywhere', async t => {
  for (const language of ['de', 'en'] as const) {
    const { lead, ...texts } = getPrivacyTexts(language)
    t.notMatch(JSON.stringify(texts) + lead('Atlas'), /\d/)
  }
})
