import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import xterm from '@xterm/headless'
import { program } from './run.ts'

/** Why nothing can be run in a terminal here; undefined when it can. util-linux's script allocates one. */
export const noTerminal: string | undefined = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')
  ? undefined
  : 'the program script of util-linux is not there'

export const keys = {
  enter: '\r',
  down: '\u001b[B',
  up: '\u001b[A',
  space: ' ',
  stop: '\u0003',
  end: '\u0004',
  backspace: '\u007f',
} as const

/** What a person does as soon as `when` shows: presses keys, or makes the terminal wider or narrower first. */
export interface Answer {
  readonly when: string
  readonly press: readonly string[]
  readonly columns?: number
}

export interface Terminal {
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
}

export interface Ended {
  readonly code: number | null
  /** All that was written, without control characters. */
  readonly screen: string
  /** All that was written. */
  readonly raw: string
  /** What a person saw before each answer, and at the end: the whole scrolled text of an emulated terminal. */
  readonly screens: readonly string[]
  /** The settings of the terminal, before the program and after it. */
  readonly settings: readonly [before: string, after: string]
}

const patience = 50_000

/** Runs the built program in a terminal and answers what it asks, in order. */
export function inTerminal(
  cwd: string,
  args: readonly string[],
  answers: readonly Answer[],
  { columns = 80, rows = 40, env = {} }: Terminal = {},
): Promise<Ended> {
  const { CI: _, NO_COLOR: _n, FORCE_COLOR: _f, ...others } = process.env
  const work = mkdtempSync(join(tmpdir(), 'secure-docker-terminal-'))
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ')
  // The size of the terminal is not known before it is there; its name is for changing it later.
  const shell = `trap : INT; stty cols ${columns} rows ${rows}; tty >${work}/tty; stty -g >${work}/before; ${command}; code=$?; stty -g >${work}/after; exit $code`
  return new Promise((settle, fail) => {
    const child = spawn('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
      cwd,
      // No engine, unless a test brings one.
      env: { ...others, TERM: 'xterm', LC_ALL: 'C.UTF-8', DOCKER_HOST: 'unix:///nowhere', ...env },
    })
    const emulated = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true })
    const screens: string[] = []
    let [screen, raw, seen, next, busy] = ['', '', 0, 0, false]
    child.stdout.on('data', (chunk) => {
      raw += String(chunk)
      emulated.write(String(chunk))
      screen += stripVTControlCharacters(String(chunk))
      const answer = answers[next]
      if (busy || answer === undefined || !screen.slice(seen).includes(answer.when)) return
      next++
      busy = true
      // What it is still writing belongs to the same screen.
      setTimeout(() => {
        screens.push(textOf(emulated))
        if (answer.columns !== undefined) {
          emulated.resize(answer.columns, rows)
          spawnSync('stty', ['-F', readFileSync(`${work}/tty`, 'utf8').trim(), 'cols', String(answer.columns)])
        }
        press(answer.press)
      }, 150)
    })
    const press = ([key, ...later]: readonly string[]): void => {
      if (later.length === 0) {
        busy = false
        seen = screen.length
      }
      if (key !== undefined) child.stdin.write(key)
      if (later.length > 0) setTimeout(() => press(later), 60)
    }
    const late = setTimeout(() => {
      child.kill()
      fail(
        new Error(
          `It waits, and no answer fits what it asks. The answer to come: ${answers[next]?.when}. The screen:\n${textOf(emulated)}`,
        ),
      )
    }, patience)
    child.on('error', fail)
    child.on('close', (code) => {
      clearTimeout(late)
      emulated.write('', () => {
        const read = (name: string): string => (existsSync(join(work, name)) ? readFileSync(join(work, name), 'utf8') : '')
        settle({ code, screen, raw, screens: [...screens, textOf(emulated)], settings: [read('before'), read('after')] })
        rmSync(work, { recursive: true, force: true })
      })
    })
  })
}

/** What a screen shows, without what is only said where something takes longer than half a second. */
function textOf({ buffer }: xterm.Terminal): string {
  const all = Array.from({ length: buffer.active.length }, (_, i) => buffer.active.getLine(i)?.translateToString(true) ?? '')
  const lines = all.filter((line) => !/^(?:Looking for \w+|Reading the repository|Asking git for changes) \.\.\.$/.test(line))
  return `${lines.join('\n').trimEnd()}\n`
}
