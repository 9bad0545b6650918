import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the ledger of a vault, and how publications that were interrupted end in it. */
export const ledgerProblems = {
  'vault-ledger-missing': {
    severity: 'error',
    de: {
      found: 'für den Atlas „{atlas}“ gibt es kein Buch der Veröffentlichungen (ledger.jsonl)',
      expected: 'das Buch, das sagt, was frühere Ausgaben gezeigt und gesperrt haben',
      next: 'Ist dies die allererste Ausgabe, mit --first-edition bauen. Sonst den Tresor aus einer Sicherung zurückholen („npx atlas restore“): Ohne das Buch können alte und neue Ausgaben zusammen verraten, was jede für sich schützt.',
    },
    en: {
      found: 'there is no ledger of publications (ledger.jsonl) for the atlas "{atlas}"',
      expected: 'the ledger, which says what earlier editions printed and suppressed',
      next: 'If this is the very first edition, build with --first-edition. Otherwise bring the vault back from a backup ("npx atlas restore"): without the ledger, old and new editions together can give away what each of them protects.',
    },
  },
  'vault-ledger-lost': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen ist weg; ledger.head sagt, dass es eines gab',
      expected: 'ledger.jsonl neben ledger.head',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“). --first-edition hilft hier nicht: Es gibt frühere Ausgaben.',
    },
    en: {
      found: 'the ledger of publications is gone; ledger.head says that there was one',
      expected: 'ledger.jsonl beside ledger.head',
      next: 'Bring the vault back from a backup ("npx atlas restore"). --first-edition does not help here: there are earlier editions.',
    },
  },
  'vault-ledger-started': {
    severity: 'note',
    de: {
      found: 'ein neues Buch der Veröffentlichungen beginnt',
      expected: 'darin steht von jetzt an, was Ausgaben des Atlas „{atlas}“ gezeigt und gesperrt haben',
      next: 'Den Tresor sichern („npx atlas backup“): Ohne ihn lässt sich der Atlas nicht sicher fortschreiben.',
    },
    en: {
      found: 'a new ledger of publications begins',
      expected: 'from now on it says what editions of the atlas "{atlas}" printed and suppressed',
      next: 'Back the vault up ("npx atlas backup"): without it the atlas cannot be continued safely.',
    },
  },
  'vault-ledger-exists': {
    severity: 'warning',
    de: {
      found: '--first-edition, aber es gibt schon ein Buch der Veröffentlichungen',
      expected: 'die Angabe nur beim allerersten Bau',
      next: 'Nichts zu tun: Das Buch wird weitergeführt. Die Angabe künftig weglassen, damit ein verlorenes Buch auffällt.',
    },
    en: {
      found: '--first-edition, but there is a ledger of publications already',
      expected: 'the option with the very first build only',
      next: 'Nothing to do: the ledger is continued. Leave the option out from now on, so that a lost ledger is noticed.',
    },
  },
  'vault-ledger-version': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen hat die Fassung {version}',
      expected: 'Fassung {wanted}, die zu diesem Programm gehört',
      next: 'Dieses Programm auf den Stand bringen, der das Buch geschrieben hat. Das Buch nicht von Hand ändern.',
    },
    en: {
      found: 'the ledger of publications has version {version}',
      expected: 'version {wanted}, which belongs to this program',
      next: 'Update this program to the one that wrote the ledger. Do not change the ledger by hand.',
    },
  },
  'vault-ledger-other-atlas': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen gehört zum Atlas „{found}“',
      expected: 'das Buch des Atlas „{atlas}“',
      next: 'ATLAS_VAULT prüfen: Jeder Atlas braucht einen eigenen Tresor.',
    },
    en: {
      found: 'the ledger of publications belongs to the atlas "{found}"',
      expected: 'the ledger of the atlas "{atlas}"',
      next: 'Check ATLAS_VAULT: every atlas needs a vault of its own.',
    },
  },
  'vault-ledger-other-secret': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen wurde mit einem anderen Geheimnis geschrieben (Kennung {found})',
      expected: 'das Geheimnis, das im Tresor liegt (Kennung {secret})',
      next: 'Geheimnis und Buch gehören zusammen: beide aus derselben Sicherung zurückholen.',
    },
    en: {
      found: 'the ledger of publications was written with another secret (id {found})',
      expected: 'the secret that lies in the vault (id {secret})',
      next: 'Secret and ledger belong together: bring both back from the same backup.',
    },
  },
  'vault-ledger-edited': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen wurde verändert oder ist beschädigt',
      expected: 'Zeilen, wie der Atlas sie geschrieben hat; jede bestätigt alle vor ihr',
      next: 'Nicht von Hand berichtigen. Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'the ledger of publications was changed or is damaged',
      expected: 'lines as the atlas wrote them; each confirms all before it',
      next: 'Do not correct it by hand. Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-truncated': {
    severity: 'error',
    de: {
      found: 'dem Buch der Veröffentlichungen fehlt das Ende: Es hat nur noch {lines} Zeilen',
      expected: 'mindestens {expected} Zeilen, wie ledger.head sagt',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'the ledger of publications has lost its end: only {lines} lines are left',
      expected: 'at least {expected} lines, as ledger.head says',
      next: 'Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-head-missing': {
    severity: 'error',
    de: {
      found: 'neben dem Buch der Veröffentlichungen fehlt ledger.head',
      expected: 'die Datei, die sagt, wie weit das Buch reicht; ohne sie fällt ein abgeschnittenes Ende nicht auf',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'ledger.head is missing beside the ledger of publications',
      expected: 'the file that says how far the ledger reaches; without it a cut end is not noticed',
      next: 'Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-behind': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen kennt veröffentlichte Ausgaben nicht: {editions}',
      expected: 'jede Ausgabe, die in der Datenbank als veröffentlicht steht',
      next: 'Das Buch ist älter als die Datenbank. Beide aus derselben Sicherung zurückholen, oder ATLAS_VAULT und DATABASE_URL prüfen: Sie gehören zusammen.',
    },
    en: {
      found: 'the ledger of publications does not know editions that were published: {editions}',
      expected: 'every edition that the database calls published',
      next: 'The ledger is older than the database. Bring both back from the same backup, or check ATLAS_VAULT and DATABASE_URL: they belong together.',
    },
  },
  'vault-ledger-moved': {
    severity: 'error',
    de: {
      found: 'seit die Ausgabe {edition} gebaut wurde, sind andere veröffentlicht worden: {since}',
      expected: 'eine Ausgabe, deren Sperrungen alle vor ihr veröffentlichten berücksichtigen',
      next: 'Die Ausgabe neu bauen und dann veröffentlichen.',
    },
    en: {
      found: 'since edition {edition} was built, others were published: {since}',
      expected: 'an edition whose suppressions take all those published before it into account',
      next: 'Build the edition again, then publish it.',
    },
  },
  'vault-completed': {
    severity: 'note',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden',
      expected: 'in der Datenbank steht sie als veröffentlicht, das Buch ist jetzt vollständig',
      next: '',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted',
      expected: 'the database says that it is published, and the ledger is complete now',
      next: '',
    },
  },
  'vault-abandoned': {
    severity: 'note',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden',
      expected: 'in der Datenbank steht sie noch als Entwurf, ihre Zeilen im Buch zählen nicht',
      next: 'Soll sie erscheinen, „npx atlas publish {edition}“ wiederholen.',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted',
      expected: 'the database still calls it a draft, and its lines in the ledger do not count',
      next: 'If it is to appear, repeat "npx atlas publish {edition}".',
    },
  },
  'vault-presumed': {
    severity: 'warning',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden, und die Datenbank kennt die Ausgabe nicht',
      expected: 'eine Datenbank, die sagt, ob sie jemand sehen konnte',
      next: 'Zur Sicherheit gilt sie als veröffentlicht: Was sie gesperrt hat, bleibt gesperrt.',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted, and the database does not know the edition',
      expected: 'a database that says whether anybody could see it',
      next: 'To be safe it counts as published: what it suppressed stays suppressed.',
    },
  },
} as const satisfies ProblemCatalogue
