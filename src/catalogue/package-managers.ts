/** Releases that images get where a project names none, as they were on 2026-11-25: of pnpm by the version of the lockfile's format, and the last Yarn 1. */
export const packageManagers = {
  pnpm: { '6': '8.15.9', '9': '10.34.9' },
  yarn: '1.22.22',
} as const
