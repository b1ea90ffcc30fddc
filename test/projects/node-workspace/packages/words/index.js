import ms from 'ms'

/** What this package's own, older ms makes of a week. */
export const week = () => String(ms('1w'))
