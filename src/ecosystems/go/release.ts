import { goReleases, isPastEndOfLife } from '../../catalogue/releases.ts'
import type { Notice } from '../../model/app.ts'
import type { Sourced } from '../../model/evidence.ts'
import { detected } from '../search.ts'
import type { GoModule, GoVersion } from './module.ts'

export interface ChosenRelease {
  readonly release: Sourced<string> | undefined
  readonly notices: readonly Notice[]
}

/**
 * The release line to build with: the one that go.mod names, or the oldest supported one above it. The newest of all may not build what
 * an older one does: modules that replace parts of the standard library are tied to it. A minimum above all that we know is taken as it is.
 */
export function goRelease({ go, toolchain }: GoModule): ChosenRelease {
  for (const named of [toolchain, go]) {
    const known = named === undefined ? undefined : nearest(minorOf(named))
    if (named !== undefined && known !== undefined) return { release: detected(known, named.seen), notices: [] }
  }
  return go === undefined ? { release: undefined, notices: [] } : { release: detected(`1.${minorOf(go)}`, go.seen), notices: [unknown(go)] }
}

function nearest(minimum: number): string | undefined {
  const supported = goReleases.releases.map((r) => r.release).filter((release) => !isPastEndOfLife(goReleases, release))
  return supported.findLast((release) => Number(release.slice('1.'.length)) >= minimum)
}

function minorOf({ version }: GoVersion): number {
  return Number.parseInt(version.slice('1.'.length), 10)
}

function unknown({ version, seen }: GoVersion): Notice {
  const newest = goReleases.releases[0]?.release ?? ''
  return {
    code: 'go-release-unknown',
    text: `go.mod asks for Go ${version}; the newest release known here is ${newest}.`,
    because: [seen],
    fix: `It is taken as written. If its image is not to be had, lower the go line of go.mod (\`go mod edit -go=${newest}\`).`,
  }
}
