/**
 * Says in the corner of the map which area the pointer is over. Always at the same place, so that it
 * never covers what it speaks of; Escape takes it away. Not for screen readers: the table says the same.
 *
 * @param text `undefined` takes it away
 */
export function showReadout (text: string | undefined): void {
  const frame = document.querySelector('#map-frame')
  const shown = document.querySelector('#readout')
  if (text === undefined || !frame) {
    shown?.remove()
    return
  }
  const readout = shown ?? document.createElement('p')
  readout.id = 'readout'
  readout.setAttribute('aria-hidden', 'true')
  if (readout.textContent !== text) readout.textContent = text
  if (!shown) frame.append(readout)
}
