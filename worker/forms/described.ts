import type { DescribedForm, FieldForm, FormName } from './field-form.ts'
import { ruleFields } from './rule-fields.ts'

/** Every field of every form. A test holds the places against the schema. */
export const describedForms: Readonly<Record<FormName, DescribedForm>> = {
  atlas: {
    list: null,
    title: { de: 'Der Atlas', en: 'The atlas' },
    fields: [
      { path: ['title'], kind: 'line', label: { de: 'Titel', en: 'Title' } },
      { path: ['municipality'], kind: 'line', label: { de: 'Kommune', en: 'Municipality' } },
      { path: ['dataStatus'], kind: 'choice', label: { de: 'Art der Daten', en: 'Kind of data' }, help: { de: 'steht auf jeder Seite', en: 'stands on every page' }, says: { official: { de: 'amtliche Zahlen', en: 'official figures' }, 'open-data': { de: 'offene Daten', en: 'open data' }, synthetic: { de: 'erfundene Zahlen', en: 'made-up figures' } } },
      { path: ['contact', 'name'], kind: 'line', label: { de: 'Ansprechstelle', en: 'Contact' } },
      { path: ['contact', 'email'], kind: 'line', label: { de: 'Mailadresse der Ansprechstelle', en: 'Mail address of the contact' } },
      { path: ['privacy', 'officer'], kind: 'line', label: { de: 'Mailadresse der Datenschutzbeauftragten', en: 'Mail address of the data protection officer' } },
      { path: ['privacy', 'notice'], kind: 'line', label: { de: 'Datenschutzerklärung der Kommune (Adresse)', en: 'Privacy notice of the town (address)' } },
      ...licenceFields(),
      { path: ['start'], kind: 'choice', label: { de: 'Kennzahl der Startseite', en: 'Indicator of the start page' }, from: 'indicators' },
      { path: ['referenceLevel'], kind: 'choice', label: { de: 'Ebene der ganzen Kommune', en: 'Level of the whole town' }, from: 'levels' },
      { path: ['population'], kind: 'choice', label: { de: 'Zahl der Einwohnerinnen und Einwohner', en: 'Number of inhabitants' }, from: 'counts' },
      { path: ['audiences'], kind: 'several', label: { de: 'Ausgaben entstehen für', en: 'Editions are made for' }, says: { public: { de: 'die Öffentlichkeit', en: 'the public' }, internal: { de: 'das eigene Haus', en: 'the house' } } },
      { path: ['language'], kind: 'choice', label: { de: 'Sprache der Seiten', en: 'Language of the pages' }, help: { de: 'in der eine Seite erscheint, solange niemand eine andere wählt', en: 'in which a page appears as long as nobody chooses another' }, says: { de: { de: 'Deutsch', en: 'German' }, en: { de: 'Englisch', en: 'English' } } },
      { path: ['intervals'], kind: 'yes-no', label: { de: 'Gesperrte Zahlen als Bereich zeigen', en: 'Show suppressed figures as ranges' } },
    ],
    rows: [{
      path: ['themes'],
      title: { de: 'Themen', en: 'Themes' },
      fields: [
        { path: ['id'], kind: 'line', label: { de: 'Kennung des Themas', en: 'Id of the theme' } },
        { path: ['label'], kind: 'localised', label: { de: 'Name des Themas', en: 'Name of the theme' } },
      ],
    }],
  },
  level: {
    list: 'levels',
    title: { de: 'Ebene', en: 'Level' },
    fields: [
      { path: ['label'], kind: 'localised', label: { de: 'Bezeichnung eines Gebiets', en: 'What one area is called' }, help: { de: 'zum Beispiel Stadtteil', en: 'such as district' } },
      { path: ['labelPlural'], kind: 'localised', label: { de: 'Bezeichnung mehrerer Gebiete', en: 'What several areas are called' }, help: { de: 'zum Beispiel Stadtteile', en: 'such as districts' } },
      { path: ['validFrom'], kind: 'line', label: { de: 'Gilt ab', en: 'Valid from' } },
      { path: ['validTo'], kind: 'line', label: { de: 'Gilt bis', en: 'Valid to' } },
      { path: ['parent'], kind: 'choice', label: { de: 'Liegt in der Ebene', en: 'Lies in the level' }, from: 'levels' },
      ...keyFields('key', 'Schlüssel', 'key'),
      ...keyFields('name', 'Name', 'name'),
      { path: ['boundaries', 'areaName'], kind: 'line', label: { de: 'Name des Gebiets', en: 'Name of the area' }, where: ['boundaries', 'dissolve'] },
      { path: ['boundaries', 'attribution'], kind: 'line', label: { de: 'Quellenvermerk der Grenzen', en: 'Attribution of the boundaries' } },
      { path: ['recut'], kind: 'localised', label: { de: 'Was sich beim Neuzuschnitt geändert hat', en: 'What changed with the new boundaries' }, help: { de: 'ein Satz; er steht an jeder Reihe, die hier endet', en: 'a sentence; it stands with every series that ends here' } },
    ],
    rows: [],
  },
  indicator: {
    list: 'indicators',
    title: { de: 'Kennzahl', en: 'Indicator' },
    fields: [
      { path: ['label'], kind: 'localised', label: { de: 'Titel', en: 'Title' } },
      { path: ['definition'], kind: 'localised', label: { de: 'Definition', en: 'Definition' }, help: { de: 'wer oder was gezählt wird, in einem Satz', en: 'who or what is counted, in one sentence' } },
      { path: ['theme'], kind: 'choice', label: { de: 'Thema', en: 'Theme' }, from: 'themes' },
      { path: ['unit'], kind: 'localised', label: { de: 'Einheit', en: 'Unit' } },
      { path: ['decimals'], kind: 'number', label: { de: 'Nachkommastellen', en: 'Decimals' }, help: { de: '0 bis 6', en: '0 to 6' } },
      { path: ['palette'], kind: 'choice', label: { de: 'Farben und Richtung', en: 'Colours and direction' }, help: { de: 'zweiseitig, wenn es ein Darüber und ein Darunter gibt', en: 'two-sided where there is an above and a below' }, says: { petrol: { de: 'Petrol: viel ist dunkel', en: 'petrol: much is dark' }, moos: { de: 'Moos: viel ist dunkel', en: 'moss: much is dark' }, beere: { de: 'Beere: viel ist dunkel', en: 'berry: much is dark' }, div: { de: 'zweiseitig', en: 'two-sided' } } },
      { path: ['published'], kind: 'yes-no', label: { de: 'Wird gezeigt', en: 'Is shown' } },
      { path: ['signed'], kind: 'yes-no', label: { de: 'Kann unter null liegen', en: 'Can be below zero' } },
      { path: ['denominatorPeriod'], kind: 'choice', label: { de: 'Stichtag des Nenners', en: 'Date of the denominator' }, help: { de: 'bei Anteilen und Verhältnissen', en: 'of shares and ratios' }, says: { same: { de: 'derselbe wie beim Zähler', en: 'that of the numerator' }, previous: { de: 'der vorige, wenn es am selben keinen gibt', en: 'the one before where there is none that day' } } },
    ],
    rows: [
      { path: ['notes'], title: { de: 'Anmerkungen', en: 'Notes' }, fields: [{ path: [], kind: 'localised', label: { de: 'Anmerkung', en: 'Note' }, help: { de: 'steht an der Kennzahl', en: 'stands with the indicator' } }] },
      {
        path: ['changes'],
        title: { de: 'Geänderte Definition', en: 'Changed definition' },
        fields: [
          { path: ['from'], kind: 'line', label: { de: 'Ab dem Zeitraum', en: 'From the period' }, help: { de: 'etwa 2024 oder 2024-12-31', en: 'such as 2024 or 2024-12-31' } },
          { path: ['note'], kind: 'localised', label: { de: 'Was sich geändert hat', en: 'What changed' }, help: { de: 'ein Satz; die Reihe wird dort unterbrochen', en: 'a sentence; the line is interrupted there' } },
        ],
      },
    ],
  },
  delivery: {
    list: 'deliveries',
    title: { de: 'Lieferung', en: 'Delivery' },
    fields: [
      { path: ['title'], kind: 'line', label: { de: 'Titel', en: 'Title' } },
      { path: ['publisher'], kind: 'line', label: { de: 'Datenhalter', en: 'Publisher' } },
      ...licenceFields(),
      { path: ['attribution'], kind: 'line', label: { de: 'Quellenvermerk', en: 'Attribution' } },
      { path: ['extractedOn'], kind: 'line', label: { de: 'Datenstand', en: 'Date of the data' } },
      { path: ['legalBasis'], kind: 'text', label: { de: 'Rechtsgrundlage', en: 'Legal basis' } },
      { path: ['retention'], kind: 'line', label: { de: 'Aufbewahrung', en: 'Retention' } },
      { path: ['mayBePassedOn'], kind: 'yes-no', label: { de: 'Darf veröffentlicht werden', en: 'May be published' }, help: { de: 'ob der Datenhalter die Veröffentlichung erlaubt; wenn nicht, entsteht die Zahl nur in der internen Ausgabe', en: 'whether the publisher allows publication; if not, the figure is made in the internal edition only' } },
      { path: ['rowless'], kind: 'choice', label: { de: 'Gebiete ohne Zeile', en: 'Areas without a row' }, says: { zero: { de: 'haben keine Fälle (0)', en: 'have no cases (0)' } } },
    ],
    rows: [],
  },
  rules: { list: 'deliveries', title: { de: 'Geheimhaltung', en: 'Confidentiality' }, fields: ruleFields, rows: [] },
}

function licenceFields (): FieldForm[] {
  return [
    { path: ['licence', 'name'], kind: 'line', label: { de: 'Lizenz', en: 'Licence' }, help: { de: 'etwa dl-de/by-2-0 oder CC BY 4.0', en: 'such as dl-de/by-2-0 or CC BY 4.0' } },
    { path: ['licence', 'url'], kind: 'line', label: { de: 'Adresse des Lizenztexts', en: 'Address of the licence text' } },
  ]
}

function keyFields (key: 'key' | 'name', de: string, en: string): FieldForm[] {
  const path = ['boundaries', key]
  return [
    { path: [...path, 'column'], kind: 'line', label: { de: `Spalte: ${de}`, en: `Column: ${en}` }, help: { de: 'Kopf der Spalte in der Datei mit den Grenzen', en: 'head of the column in the file with the boundaries' }, where: path },
    { path: [...path, 'prefix'], kind: 'line', label: { de: `${de}: vorn entfernen`, en: `${en}: remove in front` }, where: path },
    ...key === 'key' ? [{ path: [...path, 'pad'], kind: 'number', label: { de: `${de}: Stellen`, en: `${en}: digits` }, where: path } as const] : [],
  ]
}
