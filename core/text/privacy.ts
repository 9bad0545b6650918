import type { Language } from '../edition.ts'

/**
 * The privacy notice of the public pages. No digit in it: a number that these texts explained, the audit would let pass everywhere
 * (audit/artefacts/facts.ts), and a suppressed five could then hide behind an article five.
 */
export function getPrivacyTexts (language: Language): PrivacyTexts {
  return language === 'de' ? german : english
}

export type PrivacyTexts = typeof german

const german = {
  title: 'Datenschutz',
  pointer: 'Was beim Lesen verarbeitet wird',
  lead: (title: string) => `Was beim Lesen von „${title}“ verarbeitet wird, wer dafür verantwortlich ist und woher die Zahlen kommen.`,
  responsible: 'Wer verantwortlich ist',
  controller: 'Verantwortlich',
  contact: 'Fragen zum Atlas',
  officer: 'Fragen zum Datenschutz',
  officerUnknown: 'Wer Datenschutzbeauftragte oder Datenschutzbeauftragter der Kommune ist, sagt die Ansprechstelle des Atlas.',
  townNotice: 'Datenschutzerklärung der Kommune',
  reading: 'Beim Lesen dieser Seiten',
  readingTexts: [
    'Diese Seiten setzen keine Cookies, speichern nichts über Sie in Ihrem Browser, zählen keine Besuche und laden nichts von anderen Anbietern: Schriften, Karten und Programme kommen vom selben Server.',
    'Um zu antworten, braucht der Server für die Dauer der Verbindung die Internetadresse Ihres Geräts. Das Programm des Atlas schreibt sie nicht auf. Es protokolliert nur Störungen, ohne Adresse und ohne zu nennen, was jemand angesehen hat; seine Messwerte zählen Anfragen nur insgesamt.',
    'Davor kann ein Webserver der Kommune stehen, der Zugriffe protokolliert. Ob und wie lange er das tut, sagt die Kommune.',
    'Rechtsgrundlage ist die Wahrnehmung einer Aufgabe im öffentlichen Interesse (Datenschutz-Grundverordnung, Artikel sechs Absatz eins Buchstabe e), hier die Unterrichtung der Öffentlichkeit und die Sozialplanung. Das Programm übermittelt nichts an Dritte oder in andere Länder.',
  ],
  files: 'Diese Fassung besteht aus Dateien. Sie setzt keine Cookies, speichert nichts in Ihrem Browser und lädt nichts von anderen Anbietern. Liegt sie auf einem Webserver, gilt dessen Datenschutzerklärung für seine Zugriffsprotokolle.',
  figures: 'Die Zahlen',
  figuresText: 'Der Atlas zeigt Zahlen über Gebiete, nicht über einzelne Menschen. Kleine Fallzahlen werden gesperrt, und andere mit ihnen, damit sie sich nicht errechnen lassen. Der Server kennt nur, was hier zu sehen ist; die gelieferten Zahlen liegen an einem anderen Ort.',
  sources: 'Woher sie kommen und auf welcher Grundlage',
  authors: 'Zu manchen Gebieten steht eine Einschätzung mit dem Namen der Person, die sie im Auftrag der Kommune geschrieben hat.',
  workshop: 'Wer den Atlas pflegt',
  workshopText: 'Beschäftigte, die den Atlas in der Werkstatt pflegen, melden sich an. Dafür werden Name, E-Mail-Adresse, Rolle und die Zeiten der Anmeldung gespeichert, dazu Cookies, ohne die es nicht geht: für die Anmeldung, die Formulare und die Sprache. Gescheiterte Anmeldungen werden einen Tag lang gezählt, mit Prüfwerten statt Konto und Internetadresse. Wer was geändert hat, steht drei Jahre im Protokoll.',
  rights: 'Ihre Rechte',
  rightsText: 'Sie können Auskunft über Ihre Daten verlangen, ihre Berichtigung, Löschung oder Einschränkung, und der Verarbeitung widersprechen. Wenden Sie sich an die genannten Stellen. Beschweren können Sie sich bei der Aufsichtsbehörde für den Datenschutz Ihres Landes.',
}

const english: PrivacyTexts = {
  title: 'Privacy',
  pointer: 'What is processed while you read',
  lead: title => `What is processed while you read "${title}", who is responsible, and where the figures come from.`,
  responsible: 'Who is responsible',
  controller: 'Controller',
  contact: 'Questions about the atlas',
  officer: 'Questions about privacy',
  officerUnknown: 'Who the data protection officer of the municipality is, the contact of the atlas will say.',
  townNotice: 'Privacy notice of the municipality',
  reading: 'While you read these pages',
  readingTexts: [
    'These pages set no cookies, keep nothing about you in your browser, count no visits and load nothing from other providers: fonts, maps and programs come from the same server.',
    'To answer, the server needs the internet address of your device for as long as the connection lasts. The program of the atlas does not write it down. It logs failures only, without an address and without saying what somebody looked at; its measurements count requests only as a whole.',
    'A web server of the municipality that logs accesses may stand in front of it. Whether and for how long it does, the municipality says.',
    'The legal basis is a task carried out in the public interest (General Data Protection Regulation, article six, paragraph one, letter e), here informing the public and social planning. The program passes nothing to third parties or to other countries.',
  ],
  files: 'This version is made of files. It sets no cookies, keeps nothing in your browser and loads nothing from other providers. Where it lies on a web server, the privacy notice of that server holds for its logs.',
  figures: 'The figures',
  figuresText: 'The atlas shows figures about areas, not about single people. Small counts are suppressed, and others with them, so that they cannot be worked out. The server knows only what is to be seen here; the delivered figures are kept elsewhere.',
  sources: 'Where they come from, and on what basis',
  authors: 'Some areas carry an assessment with the name of the person who wrote it for the municipality.',
  workshop: 'Who keeps the atlas up to date',
  workshopText: 'Staff who keep the atlas up to date in the workshop sign in. Name, e-mail address, role and the times of signing in are stored for this, and cookies that it cannot do without: for the session, the forms and the language. Failed sign-ins are counted for one day, with checksums in place of account and internet address. Who changed what stays in the log for three years.',
  rights: 'Your rights',
  rightsText: 'You can ask for access to your data, for their correction, erasure or restriction, and object to the processing. Turn to the offices named above. Complaints go to the data protection authority of your state.',
}
