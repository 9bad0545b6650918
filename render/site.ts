/** Where pages live: addresses that depend on the installation and not on the edition. */
export interface Site {
  /** `https://atlas.example/sozialatlas`, without a slash at the end; empty makes permalinks relative. */
  readonly publicUrl: string
  /** What a link to a path of this site says, `/town?sprache=en` to `/sozialatlas/town?sprache=en`. Every link goes through it. */
  readonly toHref: (path: string) => string
  readonly assets: AssetUrls
  /** Whether the edition that is rendered is the current one of its atlas. */
  readonly isCurrent: boolean
  /** Whether pages become files: nothing answers a form then, and no address is kept but their own. Defaults to no. */
  readonly isStatic?: boolean
  /** Whether this server is for the internal audience, so that also its pages without an edition say so; defaults to no. */
  readonly isInternal?: boolean
  /** Id of the current edition, where an older one is rendered. */
  readonly newerEdition?: string
  /** Set where nothing was published yet. */
  readonly draft?: DraftMark
}

/** That a page shows a draft, and where whoever looks at it came from. */
export interface DraftMark {
  /** Id of the edition. */
  readonly edition: string
  /** Link to the Werkstatt; written as it is. */
  readonly back: string
}

/** Paths under `/assets/{hash}/`, as written by the bundler. */
export interface AssetUrls {
  /** `kern.min.css` of the design system, loaded before `style`. */
  readonly kern: string
  /** `render/html/style.css`; it names the fonts relative to itself: `fira-sans-400.woff2`, `fira-sans-600.woff2`. */
  readonly style: string
  /** Sign in the tab of the browser, SVG. */
  readonly icon: string
  /** ES module. */
  readonly viewer: string
  readonly maplibre: string
  readonly maplibreWorker: string
  readonly maplibreStyle: string
}

/** What stands in front of every path for those who come from outside, `/sozialatlas`; empty where nothing does. */
export function basePath (publicUrl: string): string {
  return publicUrl === '' ? '' : new URL(publicUrl).pathname.replace(/\/$/, '')
}

/** A path of this site as it must be written where the text leaves the site: exports, permalinks. */
export function toAbsolute (site: Pick<Site, 'publicUrl'>, path: string): string {
  return `${site.publicUrl}${path}`
}
