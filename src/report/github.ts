import type { Change, Outcome } from '../model/artifact.ts'
import { oneLine } from '../model/text.ts'
import { changeText } from './human.ts'
import type { FloorsJson } from './json.ts'

/** Workflow commands of GitHub Actions that put a note on each line that changed, and on each file that is out of date. */
export function githubText(pending: readonly Outcome[], changes: readonly Change[], fails: boolean): string {
  const level = fails ? 'error' : 'notice'
  const sources =
    pending.length === 0 && !fails
      ? []
      : changes.flatMap((change) => {
          // Presets have no line of their own: the project names them, or did.
          const because = change.because ?? (change.name.startsWith('preset ') ? { file: 'secure-docker.toml', line: 1 } : undefined)
          return because === undefined ? [] : [annotation(level, because.file, because.line ?? 1, changeText(change))]
        })
  const files = pending.map((o) => annotation(level, o.path, 1, `${o.path} is out of date. Run: npx secure-docker update`))
  return [...sources, ...files].map((line) => `${line}\n`).join('')
}

/** The same for what is below a floor. */
export function githubFloors({ breaches, expired, missing }: FloorsJson): string {
  const placed = breaches.map(({ file, line, text, preset }) => annotation('error', file, line ?? 1, `${text} (preset ${preset})`))
  return [...[...missing, ...expired].map((text) => annotation('error', 'secure-docker.toml', 1, text)), ...placed]
    .map((line) => `${line}\n`)
    .join('')
}

function annotation(level: string, file: string, line: number, message: string): string {
  return `::${level} file=${property(file)},line=${line},title=secure-docker::${data(message)}`
}

/** Escapes as the toolkit of GitHub Actions does. */
function data(text: string): string {
  return oneLine(text).replaceAll('%', '%25')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
