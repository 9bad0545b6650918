import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { readPdfLines, streamsOf } from '../../audit/artefacts/pdf.ts'
import { readCoverage } from '../../render/paper/coverage.ts'
import type { Paper, PaperBlock } from '../../render/paper/paper.ts'
import { longestText, preparePaper } from '../../render/paper/prepare-paper.ts'
import { openPress, type Press, type PressOptions } from '../../server/press/press.ts'

const root = path.join(import.meta.dirname, '../..')
const fonts = [400, 600].map(weight => readFileSync(path.join(root, `fonts/fira-sans-${weight}.ttf`)))
const coverages = fonts.map(font => readCoverage(font))
const hasGlyph = (codePoint: number) => coverages.every(covered => covered.has(codePoint))

/** Runs where it is markup of the typesetter, of pages or of a path; and what no font can show. */
const hostile = ['#eval("1+1")', '#read("/etc/passwd")', '$x^2$', '*fett* _kursiv_ @ref <label>', '\\ // /* */ ]) } ~ --- `raw`', '#import "@preview/cetz:0.3.0"', '#panic()',
  '<script>alert(1)</script>', '\0\u0001\u001b[31m', 'Ünïcode Łódź Nguyễn Ελλάδα Київ', '👨‍👩‍👧 🎉', '東京', 'אבגד العربية', '\u202egnahc\u202c', '\ud800', 'a\u0301\u0323\u0301', 'x'.repeat(10_000)]

function paperOf (blocks: readonly PaperBlock[], changes: Partial<Paper> = {}): Paper {
  return {
    language: 'de',
    title: 'Freigabe',
    kicker: 'Blatt',
    author: 'Kleinstadt',
    description: 'Beschreibung',
    footer: 'Fuß',
    code: null,
    blocks: [{ kind: 'text', parts: ['Anfang'] }, ...blocks],
    statedAt: 1_763_800_000,
    texts: { page: 'Seite', of: 'von', replaced: 'Ersetzt.', shortened: 'Gekürzt.' },
    ...changes,
  }
}

/** One text in every field that takes text. */
function everywhere (text: string): Paper {
  return paperOf([
    { kind: 'heading', level: 2, text },
    { kind: 'text', role: 'lead', parts: [text, { text, href: text }, { text, href: 'https://town.example/' }] },
    { kind: 'facts', role: 'figures', facts: [{ term: text, details: [[text]] }] },
    { kind: 'facts', facts: [{ term: text, details: [[text], [text]] }] },
    { kind: 'note', tone: 'warning', parts: [text] },
    {
      kind: 'table',
      caption: text,
      columns: [{ id: text, label: text, isNumeric: false, sortLabel: text, room: 1 }, { id: 'b', label: text, isNumeric: true, sortLabel: null }],
      rows: [{ area: text, isChosen: false, cells: [{ content: text, detail: text }, { content: text, isStrong: true }] }],
      footer: [],
    },
    { kind: 'signatures', fields: [{ label: text, lines: [text, text] }] },
  ], { title: text, kicker: text, author: text, description: text, footer: text })
}

async function withPress<Result> (options: PressOptions, work: (press: Press) => Promise<Result>): Promise<Result> {
  const press = openPress(options)
  try {
    return await work(press)
  } finally {
    press.close()
  }
}

async function printed (press: Press, paper: Paper): Promise<{ readonly lines: readonly string[], readonly inside: string, readonly pdf: Uint8Array, readonly replaced: number, readonly shortened: number }> {
  const print = await press.print(paper)
  if (print.kind === 'failed') throw new Error(`${print.why}: ${print.said}`)
  return { ...print, lines: readPdfLines(print.pdf), inside: Buffer.from(print.pdf).toString('latin1') + [...streamsOf(print.pdf)].join('\n') }
}

t.test('the fonts of documents are read for what they can show', async t => {
  for (const character of 'AÄßéŁőŹ€„“–…≤ΩЖễ') t.ok(hasGlyph(character.codePointAt(0)!), character)
  for (const character of '東אع🎉\u200d') t.notOk(hasGlyph(character.codePointAt(0)!), character)
  t.throws(() => readCoverage(Buffer.alloc(64)), RangeError)
})

t.test('whatever stands in a paper, its texts can be set afterwards', async t => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostile)), { maxLength: 6 }), texts => {
    const { paper } = preparePaper(everywhere(texts.join('')), hasGlyph)
    const shown = [paper.title, paper.kicker, paper.footer, ...paper.blocks.flatMap(block => block.kind === 'facts' ? block.facts.flatMap(({ term, details }) => [term, ...details.flat(2) as string[]]) : [])]
    for (const text of shown) {
      if (text.length > 1.2 * longestText + 10) return false
      for (const character of text) if (character !== '\n' && character !== '\u00ad' && !hasGlyph(character.codePointAt(0)!)) return false
      if (text.split(/[\s\u00ad]/).some(word => [...word].length > 40)) return false
    }
    return paper.blocks.every(block => block.kind !== 'text' || block.parts.every(part => typeof part === 'string' || part.href === '' || /^(https?:\/\/|mailto:)/.test(part.href)))
  }), { numRuns: 200 })
  t.match(preparePaper(everywhere('Fest 👨‍👩‍👧 東'), hasGlyph).paper.title, 'Fest ? ?')
  t.equal(preparePaper(paperOf([], { title: '👨‍👩‍👧' }), hasGlyph).replaced, 1, 'a family is one sign')
  t.equal(preparePaper(paperOf([], { title: 'c'.repeat(64).replaceAll('c', 'c0').slice(0, 64) }), hasGlyph).paper.title.length, 64, 'a checksum stays as it is')
})

t.test('a paper becomes a tagged PDF for screen readers, the same bytes each time', async t => {
  const code = { svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>', alternative: 'Ein Code', href: 'https://town.example/', caption: 'Zur Seite' }
  const paper = paperOf([{ kind: 'heading', level: 2, text: 'Überschrift' }, ...everywhere('Text').blocks], { code, title: 'Der Titel' })
  const { pdf, inside, lines } = await withPress({}, press => printed(press, paper))
  const again = await withPress({}, press => printed(press, paper))
  t.equal(createHash('sha256').update(pdf).digest('hex'), createHash('sha256').update(again.pdf).digest('hex'), 'in another process')
  for (const needed of ['/StructTreeRoot', '/Lang (de-DE)', 'pdfuaid:part>1<', '/MarkInfo', '/Alt (Ein Code)', '/S /H1', '/S /H2', '/S /TH', '/S /Table', '/S /Caption', '/DisplayDocTitle true', '/FontFile2', 'FiraSans-Regular', 'FiraSans-SemiBold']) {
    t.ok(inside.includes(needed), needed)
  }
  t.notMatch(inside, /Libertinus|DejaVu|NewCM/, 'no font but ours')
  for (const line of ['Der Titel', 'Überschrift', 'Text', 'Zur Seite', 'Fuß']) t.ok(lines.includes(line), line)
  const english = await withPress({}, press => printed(press, { ...paper, language: 'en' }))
  t.match(english.inside, '/Lang (en-GB)')
})

t.test('what somebody typed is text wherever it stands, and what cannot be shown is said', async t => {
  await withPress({ processes: 1 }, async press => {
    for (const text of hostile) {
      const { lines, replaced, shortened } = await printed(press, everywhere(text))
      const all = lines.join('\n').replaceAll(/[\n\u00ad]/g, '')
      const isShowable = preparePaper(paperOf([], { title: text }), hasGlyph).replaced === 0 && text.length < 100 && !text.includes('\0')
      if (isShowable && !text.includes('\u202e')) t.ok(all.replaceAll(' ', '').includes(text.normalize('NFC').replaceAll(' ', '')), text)
      t.equal(all.includes('Ersetzt.'), replaced > 0, `${text.slice(0, 20)} ${replaced}`)
      t.equal(all.includes('Gekürzt.'), shortened > 0)
      t.notMatch(all, /root:x:0/)
    }
    const { lines } = await printed(press, paperOf([]))
    t.notOk(lines.some(line => /eval|xxx|Ersetzt/.test(line)), 'nothing of the papers before is left')
  })
})

t.test('a picture without words is refused, and the next paper is set', async t => {
  await withPress({ processes: 1 }, async press => {
    const code = { svg: '<svg', alternative: 'Ein Code', href: 'https://town.example/', caption: '' }
    t.match(await press.print(paperOf([], { code })), { kind: 'failed', why: 'broken' })
    t.match(await press.print(paperOf([{ kind: 'heading', level: 3, text: 'Ebene 2 fehlt' }])), { kind: 'failed', why: 'broken', said: /heading/i })
    t.match(await press.print(paperOf([])), { kind: 'printed' })
  })
})

t.test('a paper that never ends is killed, and does not keep others from being printed', async t => {
  const started = performance.now()
  await withPress({ module: new URL('./runaway-task', import.meta.url), processes: 1, limitMs: 700 }, async press => {
    const [first, second] = await Promise.all([press.print(paperOf([])), press.print(paperOf([]))])
    t.same([first, second], [{ kind: 'failed', why: 'too-slow' }, { kind: 'failed', why: 'too-slow' }], 'each in a process of its own')
  })
  t.ok(performance.now() - started < 10_000)
  await withPress({ module: new URL('./crashing-task', import.meta.url), processes: 1 }, async press => {
    t.match(await press.print(paperOf([])), { kind: 'failed', why: 'broken', said: /SIGSEGV/ })
  })
})

t.test('who comes when too many wait is told so at once', async t => {
  await withPress({ module: new URL('./runaway-task', import.meta.url), processes: 1, waiting: 1, limitMs: 500 }, async press => {
    const [, , third] = await Promise.all([press.print(paperOf([])), press.print(paperOf([])), press.print(paperOf([]))])
    t.same(third, { kind: 'failed', why: 'busy' })
  })
  await withPress({ module: new URL('./runaway-task', import.meta.url), processes: 1, limitMs: 400 }, async press => {
    const prints = await Promise.all([1, 2, 3, 4].map(async () => await press.print(paperOf([]))))
    t.same(prints.map(print => print.kind === 'failed' && print.why), ['too-slow', 'too-slow', 'busy', 'busy'], 'and who waited for too long')
  })
})

t.test('the typesetter can read one template, and that runs nothing', async t => {
  const folder = path.join(root, 'render/paper/template')
  t.same(readdirSync(folder, { withFileTypes: true }).map(entry => [entry.name, entry.isFile()]), [['paper.typ', true]], 'no link leads out of the folder')
  const code = readFileSync(path.join(folder, 'paper.typ'), 'utf8').replaceAll(/\/\/.*/g, '')
  t.notMatch(code, /\beval\b|\bread\b|\bimport\b|\binclude\b|\bplugin\b|@preview/)
})
