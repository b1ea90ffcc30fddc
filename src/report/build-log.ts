import { oneLine } from '../model/text.ts'

interface Step {
  readonly name: string
  readonly output: string[]
}

/** Follows what BuildKit prints as plain text, and tells each step as it begins and ends. */
export function buildFollower(tell: (line: string) => void): { line(text: string): void; failure(): string } {
  const steps = new Map<string, Step>()
  const last: string[] = []
  let failed: Step | undefined
  return {
    line(text) {
      last.push(oneLine(text))
      const [, id = '', rest = ''] = text.match(/^#(\d+) (.*)$/) ?? []
      const step = steps.get(id)
      const name = rest.match(/^\[(?!internal\])[^\]]+\] .*$/)?.[0]
      if (step === undefined && name !== undefined) {
        steps.set(id, { name: oneLine(name), output: [] })
        tell(`  ${oneLine(name)}`)
      } else if (step !== undefined) {
        const [, seconds] = rest.match(/^DONE (\d+(?:\.\d+)?)s/) ?? []
        if (seconds !== undefined && Number(seconds) >= 1) tell(`    done in ${seconds} s: ${step.name}`)
        else if (rest.startsWith('ERROR')) failed = step
        if (!/^(?:DONE|CACHED)/.test(rest)) step.output.push(oneLine(rest.replace(/^\d+\.\d+ /, '')))
      }
    },
    failure: () =>
      failed === undefined
        ? `The build failed.\n${tail(last)}\nOnce it is mended: docker compose build`
        : `The build failed in this step:\n  ${failed.name}\nIt said:\n${tail(failed.output)}\nOnce it is mended: docker compose build`,
  }
}

/** Why what was built did not start: what Compose said last, and what the programs said. */
export function startFailure(compose: readonly string[], logs: readonly string[]): string {
  return `It was built, but did not start.\n${tail(compose, 3)}\nWhat it said:\n${tail(logs)}\nAll of it: docker compose logs`
}

function tail(lines: readonly string[], most = 15): string {
  return lines
    .map(oneLine)
    .filter((line) => line !== '')
    .slice(-most)
    .map((line) => `  ${line}`)
    .join('\n')
}
