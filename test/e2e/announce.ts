import { check, engineMissing, works } from './engine.ts'

/** Says before the run what will not be shown, and why. */
export function setup(): void {
  const missing = engineMissing()
  if (missing !== undefined) process.stderr.write(`\nE2E WAS NOT RUN, nothing was built or started. Reason: ${missing}\n\n`)
  else if (check === undefined || works === undefined)
    process.stderr.write('\nThe checkers of others are not beside this repository: e2e runs without them.\n\n')
}
