import { oneLine } from '../model/text.ts'

/** What a preset does to one project. */
export interface Effect {
  readonly project: string
  /** Why the project is below a floor. */
  readonly refused: readonly string[]
  /** Between the files without and with it. */
  readonly diff: string
}

/** A line for each project; then what changes, each change once with the projects that it is the same for. */
export function effectsText(effects: readonly Effect[]): string {
  const width = Math.max(...effects.map(({ project }) => project.length))
  const lines = effects.map(({ project, refused, diff }) => {
    const what =
      refused.length > 0 ? `refused: ${refused.map(oneLine).join(' ')}` : diff === '' ? 'unchanged' : `${changedLines(diff)} lines changed`
    return `${project.padEnd(width)}  ${what}\n`
  })
  const diffs = effects.filter(({ diff }) => diff !== '').map(({ project, diff }) => `\n# ${project}\n${diff}`)
  return `${lines.join('')}${diffs.join('')}`
}

function changedLines(diff: string): number {
  return diff.split('\n').filter((line) => /^\+(?!\+\+ )|^-(?!-- )/.test(line)).length
}
