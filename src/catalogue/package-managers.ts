/** Releases that images get where a project names none, as they were on 2026-11-26, by the version of the lockfile's format (that of Yarn 1 is 1). */
export const packageManagers = {
  pnpm: { '6': '8.15.9', '9': '10.34.9' },
  yarn: { '1': '1.22.22', '4': '3.0.2', '5': '3.1.1', '6': '3.8.7', '8': '4.13.0', '9': '4.14.1', '10': '4.18.1' },
} as const
