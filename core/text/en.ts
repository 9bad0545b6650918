import type { SummaryFacts, Texts } from './texts.ts'

/** English. */
export const english: Texts = {
  language: 'en',
  languageName: 'English',

  frame: {
    skip: 'Skip to content',
    start: 'Home',
    navigation: 'Pages of the atlas',
    breadcrumb: 'You are here',
    languages: 'Language',
    themes: 'Themes',
    edition: 'Edition',
    asOf: 'As of',
    extractedOn: 'data extracted on',
    source: 'Source',
    sources: 'Sources',
    boundaries: 'Boundaries',
    licence: 'Licence',
    dataLicence: 'Data licence',
    permalink: 'Permanent address',
    permalinkHint: 'This address always shows exactly these figures; use it for citation.',
    contact: 'Contact',
    synthetic: 'Made-up data',
    syntheticHint: 'All figures of this atlas are invented and serve demonstration only.',
    olderEdition: id => `You are looking at edition ${id}. There is a newer one.`,
    draft: id => `Draft ${id}, not published.`,
    toWorkshop: 'Back to the Werkstatt',
    toCurrent: 'Go to the current edition',
    atlases: 'Atlases on this server',
    noAtlases: 'No atlas has been published on this server yet.',
    internal: 'Internal edition – do not pass on',
  },

  controls: {
    heading: 'Selection',
    indicator: 'Indicator',
    period: 'Period',
    level: 'Area level',
    show: 'Show',
  },

  map: {
    label: title => `Map: ${title}`,
    description: 'Every area is coloured by the class of its value. The same values are in the table.',
    key: 'Legend',
    suppressed: 'suppressed (confidential)',
    missing: 'not available',
    noClasses: 'No value is published for this period.',
    absolute: 'Absolute number: large areas tend to have higher values. Shares are better for comparison.',
    areas: (count, isOne) => isOne ? '1 area' : `${count} areas`,
    tooLarge: 'Open the map in full size',
    classLabel: ({ lower, upper, isLast, isSingle }) =>
      isSingle && lower === upper ? lower : isLast ? `from ${lower} to ${upper}` : `from ${lower} to under ${upper}`,
  },

  mapControls: {
    'NavigationControl.ZoomIn': 'Zoom in',
    'NavigationControl.ZoomOut': 'Zoom out',
    'Map.Title': 'Map',
    'ScaleControl.Meters': 'm',
    'ScaleControl.Kilometers': 'km',
    'CooperativeGesturesHandler.WindowsHelpText': 'Ctrl + scroll zooms the map',
    'CooperativeGesturesHandler.MacHelpText': '⌘ + scroll zooms the map',
    'CooperativeGesturesHandler.MobileHelpText': 'Use two fingers to move the map',
  },

  pins: { heading: 'Chosen areas', remove: 'remove from the choice' },

  table: {
    caption: (title, levelPlural) => `${title}: values by area (${levelPlural})`,
    area: 'Area',
    key: 'Key',
    value: 'Value',
    class: 'Class',
    remark: 'Remark',
    atLeast: 'at least',
    atMost: 'at most',
    sortBy: column => `Sort by “${column}”`,
    page: (page, pages) => `Page ${page} of ${pages}`,
    previousPage: 'Previous page',
    nextPage: 'Next page',
    pages: 'Pages of the table',
    comparison: 'for comparison',
    exactlyZero: 'exactly zero (–)',
    period: 'Period',
  },

  reading: {
    heading: 'Notes on these figures',
    changed: (period, note) => `Break in the series from ${period}: ${closed(note)}`,
    recut: (date, note) => `New boundaries since ${date}: ${closed(note)}`,
    ofArea: (area, note) => `${area}: ${note}`,
    references: 'For comparison',
    referencesCaption: indicator => `Areas to compare with: ${indicator}`,
    referenceArea: 'Area to compare with',
    differs: note => `another definition: ${note}`,
    otherDate: 'another reference date',
    referencesHint: 'Other bodies published these figures; the atlas did not compute them.',
    kinds: { district: 'county', state: 'state', nation: 'nation', other: 'other area' },
    mark: 'note',
    censusDate: 'Reference date',
    censusHint: 'census figures, put together from the cells of a grid',
    recutTerm: 'New boundaries',
  },

  downloads: {
    heading: 'Download',
    csv: 'Table for Excel (CSV)',
    json: 'Data (JSON)',
    geojson: 'Map for GIS (GeoJSON)',
    svg: 'Map as picture (SVG)',
  },

  start: {
    heading: 'Themes and indicators',
    toMap: 'Open map, legend and table',
    indicators: (count, isOne) => isOne ? '1 indicator' : `${count} indicators`,
    areas: 'Areas',
    news: 'About this edition',
    current: id => `You are looking at the current edition ${id}.`,
    new: 'New in this edition',
    newIndicators: 'New indicators',
    newPeriods: 'New periods',
    restated: 'Re-stated periods',
    ofIndicators: (count, isOne) => isOne ? 'one indicator' : `${count} indicators`,
  },

  profile: {
    title: area => `Profile of ${area}`,
    sentence: ({ level, parent }) => parent === null ? `${level}.` : `${level} in ${parent}.`,
    indicator: 'Indicator',
    asOf: 'As of',
    difference: 'Difference',
    differenceHint: 'The difference from the value of the whole is computed from the rounded values shown.',
    nothing: 'No value is published for this area.',
    assessment: 'Assessment',
    measure: 'Measure',
    goal: 'Goal',
    watched: 'How one will see it',
    writtenBy: (author, date) => `${author}, ${date}`,
    draft: 'Draft, not released: to be seen in the internal edition only.',
    points: 'percentage points',
    since: date => `valid since ${date}`,
    boundaries: 'Boundaries',
    partOf: 'Part of',
    until: date => `valid until ${date}`,
    newest: 'newest period of each indicator, see table',
  },

  indicator: {
    definition: 'Definition',
    formula: 'Formula',
    numerator: 'Numerator',
    denominator: 'Denominator',
    minus: 'minus',
    periods: 'Periods and reference dates',
    referenceDate: 'Reference date or last day',
    denominatorDate: 'Reference date of the denominator',
    sameDate: 'the same',
    levels: 'Area levels',
    notes: 'Notes',
    unit: 'Unit',
    theme: 'Theme',
    kind: 'Kind',
    legalBasis: 'Legal basis',
    minimumCount: count => `Values below ${count} cases are not published.`,
    minimumCountOfMeasure: count => `Minimum count of the publisher: ${count}. The value is shown as it was delivered.`,
    noMinimumCount: reason => `No minimum count: ${reason}`,
    formulaText: ({ factor, numerator, minus, denominator }) =>
      `${factor === '1' ? '' : `${factor} × `}${minus === null ? numerator : `(${numerator} − ${minus})`} ÷ ${denominator}`,
    measureText: 'The value is shown as it was delivered.',
    countText: 'A count as it was delivered, or added up from smaller areas.',
    signs: 'Explanation of signs',
    toMap: 'Show the map',
    kinds: { count: 'count', share: 'share', ratio: 'ratio', measure: 'measure' },
  },

  error: {
    nearest: 'Open the nearest view',
    home: 'Go to the start page',
    status: status => `Error ${status}`,
    notFound: 'This page does not exist',
    badAddress: 'This address cannot be read completely',
    notOffered: format => `This view is not offered as a file of type “${format}” yet.`,
    tryLater: 'The atlas cannot be reached completely at the moment. Please try again in a minute.',
    editionAway: 'This older edition cannot be read at the moment. Please try again in a minute; the current edition can be reached.',
    failed: 'An error occurred on the server. It was recorded; it is not due to anything you entered.',
    unknownAtlas: 'There is no atlas at this address on this server.',
    withdrawn: 'This edition was withdrawn',
    withdrawnEdition: (id, reason) => `Edition ${id} is no longer shown, and its figures should no longer be used. Reason: ${closed(reason)}`,
    successor: id => `Edition ${id} takes its place.`,
    noSuccessor: 'No other edition is published at the moment.',
    toSuccessor: 'To the edition that takes its place',
    unknownEdition: id => `There is no published edition “${id}”.`,
    unknownIndicator: id => `This atlas has no indicator “${id}”.`,
    unknownPeriod: (period, available) => `This indicator has no values for “${period}”. Available: ${available}.`,
    unknownLevel: (id, available) => `This atlas has no area level “${id}”. Available: ${available}.`,
    unknownArea: ids => `This level has no area with the key ${ids}.`,
    unknownValue: (parameter, value, expected) => `“${value}” is not a valid value for “${parameter}”. Possible would be, for example: ${expected}.`,
    unknownName: (parameter, expected) => `There is no parameter “${parameter}” here. Possible are: ${expected}.`,
    repeated: parameter => `“${parameter}” stands in the address more than once; it may occur only once.`,
    unknownPage: (page, pages) => `The table has no page ${page}; it has ${pages}.`,
    otherLevel: ({ asked, period, levels }) => `For ${period} this indicator is not available on the level “${asked}”. It is available on: ${levels}.`,
  },

  summary: summarise,
  methods: {
    pretty: 'Rounded class bounds',
    quantile: 'Equal number of areas per class',
    equal: 'Classes of equal width',
    natural: 'Natural classes',
    unique: 'Every value is a class',
    manual: 'Fixed classes',
  },
  dataStatus: { synthetic: 'made-up data', 'open-data': 'open data', official: 'official data' },
  suppressed: 'suppressed',
  between: (least, greatest) => `between ${least} and ${greatest}`,
  reasons: {
    'not-delivered': 'not available',
    pending: 'to be published later',
    unreliable: 'not reliable enough',
    'not-applicable': 'not applicable',
    unknown: 'unknown',
    'unit-too-small': 'too few people for a reliable value',
  },
  flags: {
    limited: 'of limited reliability',
    provisional: 'provisional',
    revised: 'revised',
    estimated: 'estimated',
  },
  noAnswer: 'n/a',
  signLegend: [
    ['–', 'exactly zero'],
    ['0', 'more than nothing, but less than half of the smallest unit shown'],
    ['.', 'suppressed: the value is confidential'],
    ['…', 'the value is not available yet'],
    ['/', 'the value is not reliable enough'],
    ['x', 'a value would not make sense here'],
    ['( )', 'the value is of limited reliability'],
    ['p', 'the value is provisional'],
    ['r', 'the value is revised'],
    ['s', 'the value is estimated'],
    ['n/a', 'not available'],
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
    ? `${counted(areaCount)} ${levelPlural}, no value published`
    : `${counted(areaCount)} ${levelPlural}, ${printedCount === areaCount ? 'all' : counted(printedCount)} with a value`
  const town = facts.town === null ? '' : `; ${facts.town.label} ${facts.town.value}`
  const rest = [extremes(facts), gaps(facts)].filter(part => part !== '').join('; ')
  return `${head}${town}.${rest === '' ? '' : ` ${rest}.`}`
}

function extremes ({ highest, lowest, printedCount, suppressedCount }: SummaryFacts): string {
  if (!highest || !lowest) return ''
  if (printedCount === 1) return `Only published value: ${named(highest)}`
  if (highest.value === lowest.value) return `All published values: ${highest.value}`
  const value = suppressedCount > 0 ? 'published value' : 'value'
  return `Highest ${value}: ${named(highest)}, lowest: ${named(lowest)}`
}

function named ({ areas, value }: { areas: readonly string[], value: string }): string {
  if (areas.length > 3) return `${areas.length} areas (${value} each)`
  return areas.length === 1 ? `${areas[0]} (${value})` : `${areas.slice(0, -1).join(', ')} and ${areas.at(-1)} (${value} each)`
}

function gaps ({ suppressedCount, missingCount, counted }: SummaryFacts): string {
  const areas = (count: number) => count === 1 ? '1 area' : `${counted(count)} areas`
  if (suppressedCount === 0) return missingCount === 0 ? '' : `${areas(missingCount)} not available`
  return `${areas(suppressedCount)} suppressed${missingCount === 0 ? '' : `, ${counted(missingCount)} not available`}`
}
