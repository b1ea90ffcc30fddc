import { type ParseEntry, parse } from 'shell-quote'

export type Words = readonly string[]

// Longer lines are nobody's command.
const longestCommand = 2000

/** Nothing for a line that no shell could read either. */
function tokens(command: string): readonly ParseEntry[] {
  try {
    return parse(command, (name) => `$${name}`)
  } catch {
    return []
  }
}

/** The simple commands of a line, in words. Variables stay as they are written. Of a pipe the first program counts: the others only shape its output. */
export function split(command: string): readonly Words[] {
  if (command.length > longestCommand) return []
  const commands: string[][] = [[]]
  let piped = false
  for (const token of tokens(command)) {
    if (typeof token !== 'string' && 'comment' in token) break
    const op = typeof token === 'string' ? undefined : token.op
    const word = typeof token === 'string' ? token : 'pattern' in token ? token.pattern : undefined
    if (op === '&&' || op === ';') {
      commands.push([])
      piped = false
    } else if (op === '|') piped = true
    else if (word === undefined) return []
    else if (!piped) commands.at(-1)?.push(word)
  }
  return commands.filter((words) => words.length > 0)
}
