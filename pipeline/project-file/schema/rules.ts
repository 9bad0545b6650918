import { Type, type Static } from 'typebox'
import { closed, id, says } from './form.ts'

export const minimumCount = Type.Union([Type.Integer({ minimum: 3 }), Type.Literal('none')], {
  ...says('kleinste Zahl, die gezeigt werden darf (3 oder mehr), oder none', 'smallest count that may be shown (3 or more), or none'),
})

const ruleSet = {
  remainder: Type.Optional(Type.Boolean({ ...says('ob auch der Rest eines Ganzen zu schützen ist (true oder false); Vorgabe true', 'whether the rest of a whole is protected too (true or false); default true') })),
  rateFloor: Type.Optional(Type.Integer({ minimum: 0, ...says('kleinster Nenner eines Anteils oder Verhältnisses; 0 für keinen', 'smallest denominator of a share or ratio; 0 for none') })),
  areaFloor: Type.Optional(Type.Integer({ minimum: 0, ...says('kleinste Einwohnerzahl eines Gebiets mit Anteilen, Verhältnissen und Maßen; 0 für keine', 'smallest number of inhabitants of an area with shares, ratios and measures; 0 for none') })),
  units: Type.Optional(closed({
    of: id('Fallzahl der Einheiten dahinter, etwa Haushalte oder Betriebe', 'count of the units behind it, such as households or companies'),
    minimum: Type.Integer({ minimum: 2, ...says('so viele Einheiten müssen es sein', 'how many units there must be') }),
  }, says('so viele Einheiten müssen hinter einer Zahl stehen', 'how many units must stand behind a figure'))),
  dominance: Type.Optional(closed({
    percent: Type.Number({ exclusiveMinimum: 0, maximum: 100, ...says('so genau darf niemand den größten Beitrag schätzen können', 'nobody may be able to estimate the largest contribution better than that') }),
    largest: id('Fallzahl mit dem größten Beitrag', 'count with the largest contribution'),
    second: id('Fallzahl mit dem zweitgrößten Beitrag', 'count with the second largest contribution'),
  }, says('p-Prozent-Regel', 'p% rule'))),
  method: Type.Optional(Type.Enum(['suppress', 'round5'])),
}

export const Rules = closed({
  ...ruleSet,
  internal: Type.Optional(closed({ minimumCount: Type.Optional(minimumCount), ...ruleSet }, says('was für die interne Ausgabe anders gilt', 'what is different for the internal edition'))),
}, says('Regeln der Geheimhaltung neben der Mindestfallzahl', 'rules of confidentiality beside the minimum count'))

export type RulesEntry = Static<typeof Rules>
