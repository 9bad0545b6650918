import qrcode from 'qrcode-generator'
import { markup, trusted, type Markup } from '../render/markup.ts'

/** Black squares on white with the quiet zone of four that the standard demands (ISO/IEC 18004). */
export function qrPicture (text: string, label: string): Markup {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const cells = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => code.isDark(row, column) ? `M${column + 4} ${row + 4}h1v1h-1z` : '').join('')).join('')
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 ${size + 8} ${size + 8}" role="img" aria-label="${label}"><path fill="#fff" d="M0 0h${size + 8}v${size + 8}H0z"/><path d="${trusted(cells)}"/></svg>`
}
