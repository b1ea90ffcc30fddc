import ignore, { type Ignore } from 'ignore'

/** Rules of every .gitignore from the root down to one folder. Undefined when there are none. */
export type IgnoreRules = Ignore | undefined

/** The rules that hold in `folder` (`''` for the root), given those of the folder above and the text of its own .gitignore. */
export function rulesIn(folder: string, above: IgnoreRules, gitignore: string): Ignore {
  const lines = gitignore.split('\n')
  const own = folder === '' ? lines : lines.flatMap((line) => anchored(folder, line))
  // Git knows the difference between `a` and `A` where the repository is built, whatever this machine's disk does.
  const rules = ignore({ ignorecase: false })
  return (above === undefined ? rules : rules.add(above)).add(own)
}

/** Whether git leaves the path out. A folder's path ends in a slash. */
export function excludes(rules: IgnoreRules, path: string): boolean {
  return rules?.ignores(path) ?? false
}

/** One line of a .gitignore in `folder` as a line of the root's: all rules in one list, so that the last one to match decides. */
function anchored(folder: string, line: string): string[] {
  if (line.startsWith('#') || line.trim() === '') return []
  const negated = line.startsWith('!')
  const pattern = (negated ? line.slice(1) : line).replace(/^\\(?=[#!])/, '')
  const slash = pattern.indexOf('/')
  const anywhere = slash === -1 || /^[^/]+\/ *$/.test(pattern)
  const below = anywhere ? `**/${pattern}` : pattern.replace(/^\//, '')
  return [`${negated ? '!' : ''}/${folder.replace(/[\\*?[\]! ]/g, '\\$&')}/${below}`]
}
