import { createHash } from 'node:crypto'

/*
 * What the pages of the Werkstatt have beyond the look of the atlas (render/html/style.css is loaded before): forms, notices.
 */

export const style = `
.workshop header.site .inner, .workshop footer.site .inner, .workshop main.text { max-width: 64rem; width: 100%; margin-inline: auto; }
.workshop fieldset { border: 0; padding: 0; margin: 0; }
.workshop legend { float: none; padding: 0 0 0.5rem; font-weight: 600; }
.workshop .kern-form-check { clear: both; }
.workshop main.text thead th:first-child { width: auto; }
.workshop table { min-width: 38rem; }
.workshop form { display: grid; gap: 1rem; max-width: 36rem; justify-items: start; }
.workshop form .kern-form-input, .workshop form .kern-fieldset { width: 100%; }
.workshop .person { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; }
.workshop .person a { display: inline-flex; align-items: center; min-height: 2.75rem; }
.workshop .person form { display: block; }
.workshop main.text h2 { margin-top: 1.5rem; }
.workshop main.text caption:not(.visually-hidden) { position: static; width: auto; height: auto; clip-path: none; }
.workshop main.text table { table-layout: auto; }
.workshop td form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; max-width: none; }
.workshop th, .workshop td { overflow-wrap: break-word; }
.notice { border-left: 6px solid; padding: 0.75rem 1rem; background: var(--tint); }
.notice p { max-width: none; }
.notice-success { border-color: #22663b; }
.notice-info { border-color: #1d4699; }
.notice-warning { border-color: #8a5a00; background: #fff6df; }
.notice-danger { border-color: #a3111b; background: #fdeeee; }
.card { border: 1px solid var(--line); border-radius: 4px; padding: 0.75rem 1rem; display: grid; gap: 0.5rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; }
.facts { display: grid; gap: 0.25rem; margin: 0; }
.facts div { display: grid; grid-template-columns: 8rem 1fr; gap: 0 1rem; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.facts.figures { grid-template-columns: repeat(auto-fit, minmax(min(10rem, 100%), 1fr)); gap: 0.75rem; }
.facts.figures div { grid-template-columns: 1fr; gap: 0.25rem; border: 0; border-left: 4px solid var(--accent); background: var(--tint); padding: 0.6rem 0.75rem; }
.facts.figures dt { font-weight: 400; color: var(--muted); }
.facts.figures dd { grid-column: 1; font-size: clamp(1.05rem, 0.8rem + 1vw, 1.4rem); font-weight: 600; }
.workshop td .detail, .workshop th .detail { display: block; }
.plain-actions { list-style: none; padding: 0; margin: 0; }
.workshop details summary { cursor: pointer; min-height: 2.75rem; display: flex; align-items: center; text-decoration: underline; }
.fault { color: #a3111b; font-weight: 600; }
.secret-key { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 1rem; overflow-wrap: anywhere; background: var(--tint); padding: 0.75rem; user-select: all; max-width: none; }
.qr { width: 14rem; height: 14rem; }
.drop { width: 100%; padding: 2rem 1rem; border: 2px dashed var(--muted); border-radius: 4px; background: var(--tint); font: inherit; }
.workshop .wide form { max-width: none; }
.code-text { width: 100%; font: 0.9rem/1.4 ui-monospace, "DejaVu Sans Mono", monospace; padding: 0.75rem; border: 1px solid var(--muted); border-radius: 4px; background: var(--paper); overflow: auto; }
.workshop .step { white-space: pre-line; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
.side-by-side figure { margin: 0; display: grid; gap: 0.5rem; align-content: start; }
.side-by-side svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
.workshop table.compared-key { min-width: 0; max-width: 36rem; }
.compared-key .swatch { width: 2.25rem; height: 1.75rem; vertical-align: middle; margin-right: 0.5rem; }
.workshop .for-all { width: 100%; }
.workshop .for-all details { margin-bottom: 0.5rem; }
.workshop .facility-map { display: block; width: 100%; max-width: 45rem; height: auto; border: 1px solid var(--line); }
.facility-map a:focus-visible circle, .facility-map a:hover circle { fill: var(--link, #1f3d99); stroke: #000; stroke-width: 8; }
.workshop form .table-frame { width: 100%; min-width: 0; }
.workshop table.facilities input:not([type="checkbox"]) { width: auto; padding: 0.25rem 0.5rem; }
.workshop table.facilities .head { display: none; }
.workshop table.facilities input[type="checkbox"] { width: 1.5rem; height: 1.5rem; }
.workshop table.facilities tr:target { outline: 3px solid var(--text); }
.workshop table.facilities tr.foreign { background: var(--tint); }
@media (max-width: 40rem) {
.workshop table.facilities { min-width: 0; }
.workshop table.facilities thead { display: none; }
.workshop table.facilities :is(tbody, th, td) { display: block; padding: 0.25rem 0; border: 0; }
.workshop table.facilities :is(th, td[colspan]) { grid-column: 1 / -1; }
.workshop table.facilities tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 0.75rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
.workshop table.facilities .head { display: block; font-size: 0.875rem; }
.workshop table.facilities input:not([type="checkbox"]) { width: 100%; }
}
.workshop nav.sections { flex-wrap: wrap; row-gap: 0; }
.workshop .sections details { position: relative; border: 0; padding: 0; }
.workshop .sections details summary { color: var(--text); list-style: none; }
.workshop .sections summary::-webkit-details-marker { display: none; }
.workshop .sections summary::after { content: "\\25BE" / ""; margin-left: 0.25rem; }
.workshop .sections details[open] summary::after { content: "\\25B4" / ""; }
.workshop .sections ul { position: absolute; z-index: 5; left: 0; min-width: 12rem; max-width: calc(100vw - 2rem); margin: 0; padding: 0.25rem 1rem; list-style: none; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
.workshop .sections details:last-child ul { left: auto; right: 0; }
.workshop .sections ul a { width: 100%; }
.workshop .meanwhile { grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0.5rem 1rem; padding: 0.5rem 0.75rem; background: var(--tint); }
.workshop .meanwhile div { grid-template-columns: 1fr; gap: 0; }
.workshop .meanwhile dt { font-weight: 600; }
@media (min-width: 48rem) { .workshop .facts:not(.figures, .meanwhile) div { grid-template-columns: 14rem 1fr; } }
@media print { .workshop header.site, .workshop footer.site, .workshop .plain-actions { display: none; } }
.plain-list { list-style: none; padding: 0; margin: 0; display: grid; gap: 0.5rem; }
`

/** Below `/werkstatt`; changes with its content. */
export const styleAddress = `stil-${createHash('sha256').update(style).digest('hex').slice(0, 12)}.css`
