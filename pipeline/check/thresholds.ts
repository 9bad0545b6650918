/*
 * From when on something is hard to believe. All of it in one place, because it is a matter of judgement: tried on the open
 * figures of Flensburg, Berlin and Germany and on Musterstadt, so that there only what is odd indeed is said.
 */

/** A figure that is so many times that of the period before, or so small a part of it. New housing doubles or trebles an area; ten times is a slip of a digit. */
export const jumpFactor = 10

/** And farther from it than chance: `2·(√b − √a)`, in which counts of any size scatter by about 1. From 1 to 50 is as far as this. */
export const jumpDistance = 12

/** Measures have no such scale: so many times the usual change of the areas in that period. */
export const jumpOfMeasure = 10

/** A whole column has shifted if the middle area changes so many times … */
export const shiftFactor = 8

/** … and so many of the areas do, … */
export const shiftShare = 0.8

/** … each by the same factor, give or take this one. */
export const shiftSpread = 1.6

/** Below so many areas with a figure, what is common to all of them may be chance. */
export const fewestAreas = 5

/** A trend needs so many periods to be one. */
export const fewestPeriods = 4

/**
 * Exchanged periods: exchanging them back makes the way of so many areas shorter. Where the order is right it is at most half of
 * them, whether figures drift or just scatter; exchanged ones of a drifting series come to about seven in ten.
 */
export const swapShare = 0.65

/** And that by more than tossing coins would (standard deviations); indicators of one delivery are tossed together, … */
export const swapDeviations = 3.5

/** … but they hang together: more than so many of them count for no more. */
export const independentIndicators = 4

/** The sum of all ways becomes so much shorter. */
export const swapRatio = 0.87

/** A few areas are enough where so many of them agree, and so many then go one way only, up or down, through four periods. */
export const clearSwap = { share: 0.95, deviations: 2.4, steady: 0.75 }

/** At either end of a series an odd year looks like an exchange; but then the year beyond it is nearly back where it was before. */
export const swapReturn = 0.35

/** The same column twice: equal in all areas, and that with so many different figures. */
export const fewestFigures = 4

/** And where areas stay as they were now and then, all of them at once by chance in fewer cases than this. */
export const chanceOfStandstill = 0.001
