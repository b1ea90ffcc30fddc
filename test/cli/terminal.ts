import { spawn, spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { program } from './run.ts'

/** Why nothing can be run in a terminal here; undefined when it can. util-linux's script allocates one. */
export const noTerminal: string | undefined = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')
  ? undefined
  : 'the program script of util-linux is not there'

export const keys = { enter: '\r', down: '\u001b[B', stop: '\u0003' } as const

/** What a person answers: as soon as `when` shows, these keys. */
export interface Answer {
  readonly when: string
  readonly press: readonly string[]
}

/** Runs the built program in a terminal and answers what it asks, in order. */
export function inTerminal(
  cwd: string,
  args: readonly string[],
  answers: readonly Answer[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const { CI: _, ...others } = process.env
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  return new Promise((settle, fail) => {
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd,
      env: { ...others, TERM: 'xterm', ...env },
    })
    let [screen, seen, next] = ['', 0, 0]
    child.stdout.on('data', (chunk) => {
      screen += stripVTControlCharacters(String(chunk))
      const answer = answers[next]
      if (answer === undefined || !screen.slice(seen).includes(answer.when)) return
      next++
      seen = screen.length
      press(answer.press)
    })
    const press = ([key, ...later]: readonly string[]): void => {
      if (key === undefined) return
      child.stdin.write(key)
      setTimeout(() => press(later), 100)
    }
    child.on('error', fail)
    child.on('close', (code) => settle({ code, screen }))
  })
}
