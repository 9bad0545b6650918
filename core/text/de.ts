import type { SummaryFacts, Texts } from './texts.ts'

/** Deutsch. */
export const german: Texts = {
  language: 'de',
  languageName: 'Deutsch',

  frame: {
    skip: 'Zum Inhalt springen',
    start: 'Startseite',
    navigation: 'Seiten des Atlas',
    breadcrumb: 'Sie sind hier',
    languages: 'Sprache',
    themes: 'Themen',
    edition: 'Ausgabe',
    asOf: 'Stand',
    extractedOn: 'Datenabzug vom',
    source: 'Quelle',
    sources: 'Quellen',
    boundaries: 'Grenzen',
    licence: 'Lizenz',
    dataLicence: 'Lizenz der Daten',
    permalink: 'Dauerhafte Adresse',
    permalinkHint: 'Diese Adresse zeigt immer genau diese Zahlen und eignet sich zum Zitieren.',
    contact: 'Kontakt',
    synthetic: 'Erfundene Daten',
    syntheticHint: 'Alle Zahlen dieses Atlas sind erfunden und dienen nur der Vorführung.',
    olderEdition: id => `Sie sehen die Ausgabe ${id}. Es gibt eine neuere Ausgabe.`,
    draft: id => `Entwurf ${id}, nicht veröffentlicht.`,
    toWorkshop: 'Zurück zur Werkstatt',
    toCurrent: 'Zur aktuellen Ausgabe',
    atlases: 'Atlanten auf diesem Server',
    noAtlases: 'Auf diesem Server ist noch kein Atlas veröffentlicht.',
    internal: 'Interne Ausgabe – nicht weitergeben',
  },

  controls: {
    heading: 'Auswahl',
    indicator: 'Kennzahl',
    period: 'Zeitraum',
    level: 'Raumebene',
    show: 'Anzeigen',
  },

  map: {
    label: title => `Karte: ${title}`,
    description: 'Jedes Gebiet ist nach der Klasse seines Werts eingefärbt. Dieselben Werte stehen in der Tabelle.',
    key: 'Legende',
    suppressed: 'gesperrt (Geheimhaltung)',
    missing: 'keine Angabe',
    noClasses: 'Für diesen Zeitraum ist kein Wert veröffentlicht.',
    absolute: 'Absolute Zahl: Große Gebiete haben meist höhere Werte. Für Vergleiche eignen sich Anteile besser.',
    areas: (count, isOne) => isOne ? '1 Gebiet' : `${count} Gebiete`,
    tooLarge: 'Karte in voller Größe öffnen',
    classLabel: ({ lower, upper, isLast, isSingle }) =>
      isSingle && lower === upper ? lower : isLast ? `von ${lower} bis ${upper}` : `von ${lower} bis unter ${upper}`,
  },

  mapControls: {
    'NavigationControl.ZoomIn': 'Vergrößern',
    'NavigationControl.ZoomOut': 'Verkleinern',
    'Map.Title': 'Karte',
    'ScaleControl.Meters': 'm',
    'ScaleControl.Kilometers': 'km',
    'CooperativeGesturesHandler.WindowsHelpText': 'Strg + Mausrad vergrößert die Karte',
    'CooperativeGesturesHandler.MacHelpText': '⌘ + Mausrad vergrößert die Karte',
    'CooperativeGesturesHandler.MobileHelpText': 'Karte mit zwei Fingern verschieben',
  },

  pins: { heading: 'Ausgewählte Gebiete', remove: 'Auswahl aufheben' },

  table: {
    caption: (title, levelPlural) => `${title}: Werte der ${levelPlural}`,
    area: 'Gebiet',
    key: 'Schlüssel',
    value: 'Wert',
    class: 'Klasse',
    remark: 'Hinweis',
    atLeast: 'mindestens',
    atMost: 'höchstens',
    sortBy: column => `Nach „${column}“ sortieren`,
    page: (page, pages) => `Seite ${page} von ${pages}`,
    previousPage: 'Vorherige Seite',
    nextPage: 'Nächste Seite',
    pages: 'Seiten der Tabelle',
    comparison: 'zum Vergleich',
    exactlyZero: 'genau null (–)',
    period: 'Zeitraum',
  },

  reading: {
    heading: 'Hinweise zu diesen Zahlen',
    changed: (period, note) => `Bruch in der Reihe ab ${period}: ${closed(note)}`,
    recut: (date, note) => `Neue Grenzen seit ${date}: ${closed(note)}`,
    ofArea: (area, note) => `${area}: ${note}`,
    references: 'Zum Vergleich',
    referencesCaption: indicator => `Vergleichsgebiete: ${indicator}`,
    referenceArea: 'Vergleichsgebiet',
    differs: note => `andere Definition: ${note}`,
    otherDate: 'anderer Stichtag',
    referencesHint: 'Diese Werte haben andere Stellen veröffentlicht; der Atlas hat sie nicht berechnet.',
    kinds: { district: 'Kreis', state: 'Land', nation: 'Bund', other: 'anderes Gebiet' },
    mark: 'Hinweis',
    censusDate: 'Stichtag',
    censusHint: 'Zahlen des Zensus, aus den Zellen eines Gitters zusammengezählt',
    recutTerm: 'Neuzuschnitt',
  },

  downloads: {
    heading: 'Herunterladen',
    csv: 'Tabelle für Excel (CSV)',
    json: 'Daten (JSON)',
    geojson: 'Karte für GIS (GeoJSON)',
    svg: 'Karte als Bild (SVG)',
  },

  start: {
    heading: 'Themen und Kennzahlen',
    toMap: 'Karte, Legende und Tabelle öffnen',
    indicators: (count, isOne) => isOne ? '1 Kennzahl' : `${count} Kennzahlen`,
    areas: 'Gebiete',
    news: 'Zu dieser Ausgabe',
    current: id => `Sie sehen die aktuelle Ausgabe ${id}.`,
    new: 'Neu in dieser Ausgabe',
    newIndicators: 'Neue Kennzahlen',
    newPeriods: 'Neue Zeiträume',
    restated: 'Berichtigte Zeiträume',
    ofIndicators: (count, isOne) => isOne ? 'eine Kennzahl' : `${count} Kennzahlen`,
  },

  profile: {
    title: area => `Steckbrief ${area}`,
    sentence: ({ level, parent }) => parent === null ? `${level}.` : `${level} in ${parent}.`,
    indicator: 'Kennzahl',
    asOf: 'Stand',
    difference: 'Abweichung',
    differenceHint: 'Die Abweichung vom Wert des Gesamtgebiets ist aus den gezeigten, gerundeten Werten berechnet.',
    nothing: 'Für dieses Gebiet ist kein Wert veröffentlicht.',
    assessment: 'Einschätzung',
    measure: 'Maßnahme',
    goal: 'Ziel',
    watched: 'Woran es zu sehen ist',
    writtenBy: (author, date) => `${author}, ${date}`,
    draft: 'Entwurf, nicht freigegeben: nur in der internen Ausgabe zu sehen.',
    points: 'Prozentpunkte',
    since: date => `gültig seit ${date}`,
    boundaries: 'Gebietsstand',
    partOf: 'Teil von',
    until: date => `gültig bis ${date}`,
    newest: 'jeweils neuester Zeitraum, siehe Tabelle',
  },

  indicator: {
    definition: 'Definition',
    formula: 'Berechnung',
    numerator: 'Zähler',
    denominator: 'Nenner',
    minus: 'abzüglich',
    periods: 'Zeiträume und Stichtage',
    referenceDate: 'Stichtag oder letzter Tag',
    denominatorDate: 'Stichtag des Nenners',
    sameDate: 'derselbe',
    levels: 'Raumebenen',
    notes: 'Hinweise',
    unit: 'Einheit',
    theme: 'Thema',
    kind: 'Art',
    legalBasis: 'Rechtsgrundlage',
    minimumCount: count => `Werte unter ${count} Fällen werden nicht veröffentlicht.`,
    minimumCountOfMeasure: count => `Mindestfallzahl des Datenhalters: ${count}. Der Wert ist so übernommen, wie er geliefert wurde.`,
    noMinimumCount: reason => `Ohne Mindestfallzahl: ${reason}`,
    formulaText: ({ factor, numerator, minus, denominator }) =>
      `${factor === '1' ? '' : `${factor} × `}${minus === null ? numerator : `(${numerator} − ${minus})`} ÷ ${denominator}`,
    measureText: 'Der Wert wird so gezeigt, wie er geliefert wurde.',
    countText: 'Anzahl, wie sie geliefert oder aus kleineren Gebieten zusammengezählt wurde.',
    signs: 'Zeichenerklärung',
    toMap: 'Zur Karte',
    kinds: { count: 'Anzahl', share: 'Anteil', ratio: 'Verhältnis', measure: 'Messwert' },
  },

  error: {
    nearest: 'Die nächstliegende Ansicht öffnen',
    home: 'Zur Startseite',
    status: status => `Fehler ${status}`,
    notFound: 'Diese Seite gibt es nicht',
    badAddress: 'Diese Adresse ist nicht vollständig lesbar',
    notOffered: format => `Als Datei vom Typ „${format}“ gibt es diese Ansicht noch nicht.`,
    tryLater: 'Der Atlas ist gerade nicht vollständig erreichbar. Bitte versuchen Sie es in einer Minute noch einmal.',
    editionAway: 'Diese ältere Ausgabe kann gerade nicht gelesen werden. Bitte versuchen Sie es in einer Minute noch einmal; die aktuelle Ausgabe ist erreichbar.',
    failed: 'Auf dem Server ist ein Fehler aufgetreten. Er wurde festgehalten; an Ihrer Eingabe liegt es nicht.',
    unknownAtlas: 'Einen Atlas unter dieser Adresse gibt es auf diesem Server nicht.',
    withdrawn: 'Diese Ausgabe wurde zurückgezogen',
    withdrawnEdition: (id, reason) => `Die Ausgabe ${id} wird nicht mehr gezeigt, und ihre Zahlen sollen nicht mehr verwendet werden. Grund: ${closed(reason)}`,
    successor: id => `An ihre Stelle tritt die Ausgabe ${id}.`,
    noSuccessor: 'Eine andere Ausgabe ist zurzeit nicht veröffentlicht.',
    toSuccessor: 'Zur Ausgabe, die an ihre Stelle tritt',
    unknownEdition: id => `Eine Ausgabe „${id}“ ist nicht veröffentlicht.`,
    unknownIndicator: id => `Eine Kennzahl „${id}“ gibt es in diesem Atlas nicht.`,
    unknownPeriod: (period, available) => `Für „${period}“ liegen keine Werte dieser Kennzahl vor. Vorhanden sind: ${available}.`,
    unknownLevel: (id, available) => `Eine Raumebene „${id}“ gibt es in diesem Atlas nicht. Vorhanden sind: ${available}.`,
    unknownArea: ids => `Auf dieser Raumebene gibt es kein Gebiet mit dem Schlüssel ${ids}.`,
    unknownValue: (parameter, value, expected) => `„${value}“ ist kein gültiger Wert für „${parameter}“. Möglich wäre zum Beispiel: ${expected}.`,
    unknownName: (parameter, expected) => `Eine Angabe „${parameter}“ gibt es hier nicht. Möglich sind: ${expected}.`,
    repeated: parameter => `Die Angabe „${parameter}“ steht mehrfach in der Adresse; sie darf nur einmal vorkommen.`,
    unknownPage: (page, pages) => `Die Tabelle hat keine Seite ${page}, sondern nur ${pages}.`,
    otherLevel: ({ asked, period, levels }) => `Für ${period} gibt es diese Kennzahl nicht auf der Raumebene „${asked}“. Vorhanden ist sie auf: ${levels}.`,
  },

  summary: summarise,
  methods: {
    pretty: 'Runde Klassengrenzen',
    quantile: 'Gleich viele Gebiete je Klasse',
    equal: 'Gleich breite Klassen',
    natural: 'Natürliche Klassen',
    unique: 'Jeder Wert ist eine Klasse',
    manual: 'Festgelegte Klassen',
  },
  dataStatus: { synthetic: 'erfundene Daten', 'open-data': 'offene Daten', official: 'amtliche Daten' },
  suppressed: 'gesperrt',
  between: (least, greatest) => `zwischen ${least} und ${greatest}`,
  reasons: {
    'not-delivered': 'keine Angabe',
    pending: 'Wert folgt später',
    unreliable: 'nicht verlässlich genug',
    'not-applicable': 'Aussage nicht sinnvoll',
    unknown: 'unbekannt',
    'unit-too-small': 'zu wenige Menschen für einen verlässlichen Wert',
  },
  flags: {
    limited: 'eingeschränkt verlässlich',
    provisional: 'vorläufig',
    revised: 'berichtigt',
    estimated: 'geschätzt',
  },
  noAnswer: 'k. A.',
  signLegend: [
    ['–', 'genau null'],
    ['0', 'mehr als nichts, aber weniger als die Hälfte der kleinsten gezeigten Einheit'],
    ['.', 'gesperrt: der Wert ist geheim zu halten'],
    ['…', 'der Wert liegt noch nicht vor'],
    ['/', 'der Wert ist nicht verlässlich genug'],
    ['x', 'ein Wert wäre hier nicht sinnvoll'],
    ['( )', 'der Wert ist nur eingeschränkt verlässlich'],
    ['p', 'der Wert ist vorläufig'],
    ['r', 'der Wert ist berichtigt'],
    ['s', 'der Wert ist geschätzt'],
    ['k. A.', 'keine Angabe'],
  ],
}

/** A sentence of the project ends like one. */
function closed (sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}

function summarise (facts: SummaryFacts): string {
  if (facts.only) return `${facts.only.area}: ${facts.only.value}.`
  const { areaCount, printedCount, counted, levelPlural } = facts
  const head = printedCount === 0
    ? `${counted(areaCount)} ${levelPlural}, kein Wert veröffentlicht`
    : `${counted(areaCount)} ${levelPlural}, ${printedCount === areaCount ? 'alle' : counted(printedCount)} mit Wert`
  const town = facts.town === null ? '' : `; ${facts.town.label} ${facts.town.value}`
  const rest = [extremes(facts), gaps(facts)].filter(part => part !== '').join('; ')
  return `${head}${town}.${rest === '' ? '' : ` ${rest}.`}`
}

function extremes ({ highest, lowest, printedCount, suppressedCount }: SummaryFacts): string {
  if (!highest || !lowest) return ''
  if (printedCount === 1) return `Einziger veröffentlichter Wert: ${named(highest)}`
  if (highest.value === lowest.value) return `Alle veröffentlichten Werte: ${highest.value}`
  const value = suppressedCount > 0 ? 'veröffentlichter Wert' : 'Wert'
  return `Höchster ${value}: ${named(highest)}, niedrigster: ${named(lowest)}`
}

function named ({ areas, value }: { areas: readonly string[], value: string }): string {
  if (areas.length > 3) return `${areas.length} Gebiete (je ${value})`
  return areas.length === 1 ? `${areas[0]} (${value})` : `${areas.slice(0, -1).join(', ')} und ${areas.at(-1)} (je ${value})`
}

function gaps ({ suppressedCount, missingCount, counted }: SummaryFacts): string {
  const areas = (count: number) => count === 1 ? '1 Gebiet' : `${counted(count)} Gebiete`
  if (suppressedCount === 0) return missingCount === 0 ? '' : `${areas(missingCount)} ohne Angabe`
  return `${areas(suppressedCount)} gesperrt${missingCount === 0 ? '' : `, ${counted(missingCount)} ohne Angabe`}`
}
