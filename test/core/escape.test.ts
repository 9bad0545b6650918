import fc from 'fast-check'
import t from 'tap'
import { escapeMarkup } from '../../core/escape.ts'

t.test('no text can open a tag, end an attribute or begin an entity of its own', async t => {
  t.equal(escapeMarkup('<b title="x">O\'Neill & Söhne</b>'), '&lt;b title=&quot;x&quot;&gt;O&#39;Neill &amp; Söhne&lt;/b&gt;')
  t.equal(escapeMarkup('a\u0000b\u000Bc\uFFFE\n'), 'abc\n', 'what XML has no form for is left out')
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => !/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/.test(escapeMarkup(text))))
})
