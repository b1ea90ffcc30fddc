import goData from './go.json' with { type: 'json' }
import nodeData from './node.json' with { type: 'json' }
import pythonData from './python.json' with { type: 'json' }

/** One release line of a language. */
export interface Release {
  /** `24`, `1.27`, `3.14`. */
  readonly release: string
  /** Month in which its makers stop mending it: `2028-04`. */
  readonly endOfLife: string
  /** Taken when the repository does not say. */
  readonly default?: boolean
  readonly codename?: string
  /** There is a distroless image of this line. */
  readonly distroless?: boolean
}

/** Release lines of a language, newest first, as they were on `day`. */
export interface ReleaseTable {
  readonly day: string
  readonly releases: readonly Release[]
}

export const nodeReleases: ReleaseTable = nodeData
export const goReleases: ReleaseTable = goData
export const pythonReleases: ReleaseTable = pythonData

/** The line that is taken when the repository allows it: the default, else the newest that `allowed` accepts. */
export function pick(table: ReleaseTable, allowed: (release: string) => boolean): Release | undefined {
  return table.releases.find((r) => r.default === true && allowed(r.release)) ?? table.releases.find((r) => allowed(r.release))
}

/** Whether a line was past its end of life on the day the table was made. The clock is never asked: the same input gives the same bytes. */
export function isPastEndOfLife(table: ReleaseTable, release: string): boolean {
  const row = table.releases.find((r) => r.release === release)
  return row !== undefined && row.endOfLife <= table.day.slice(0, 7)
}
