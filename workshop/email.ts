/** Whether a text has the form of an e-mail address; whether it reaches anybody only a message could tell. */
export function isEmail (text: string): boolean {
  return /^[^\s@<>"']{1,64}@[^\s@<>"']{1,255}$/.test(text)
}
