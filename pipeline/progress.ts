/** In the order in which they run. A layer is read, projected and checked in one step, shown as `read`. */
export const stations = ['read', 'project', 'check', 'join', 'derive', 'protect', 'tile', 'publish'] as const

export type Station = typeof stations[number]

/** One step of a build, for people who wait. Names files and levels, never values. */
export interface ProgressStep {
  readonly station: Station
  readonly done: number
  readonly total: number
  readonly label: string
}

export type OnProgress = (step: ProgressStep) => void
