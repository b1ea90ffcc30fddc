import { createInterface } from 'node:readline'
import { prose } from '../terminal.ts'
import type { Choice, MarkedChoice } from './choice.ts'
import { stopped } from './stopped.ts'

// Questions line by line: for terminals that cannot move their cursor, and for screen readers.

/** Whether to ask line by line: TERM=dumb, or ACCESSIBLE=1. */
export function plain(): boolean {
  return process.env['TERM'] === 'dumb' || (process.env['ACCESSIBLE'] ?? '') !== ''
}

/** One of several values, by its number. */
export async function selectPlain<T>(message: string, choices: readonly Choice<T>[]): Promise<T> {
  const list = choices.map(({ name }, i) => `  ${name.startsWith('? ') ? '?' : i + 1}. ${name.replace(/^\? /, '')}\n`).join('')
  process.stderr.write(`${prose(message)}\n${list}`)
  for (;;) {
    const text = (await line('Number, or Enter for 1: ')).trim() || '1'
    const chosen = text === '?' ? choices.find(({ name }) => name.startsWith('? ')) : choices[Number(text) - 1]
    if (chosen !== undefined) return chosen.value
    process.stderr.write(`Say a number from 1 to ${choices.length}.\n`)
  }
}

/** Any number of values, by their numbers; Enter takes those that are marked. */
export async function severalPlain<T>(
  message: string,
  choices: readonly MarkedChoice<T>[],
  check: (picked: readonly T[]) => true | string,
): Promise<readonly T[]> {
  process.stderr.write(`${prose(message)}\n${choices.map(({ name }, i) => `  ${i + 1}. ${name}\n`).join('')}`)
  const numbers = choices.flatMap(({ marked }, i) => (marked ? [i + 1] : []))
  const usual = numbers.length === 0 ? 'none' : numbers.length === choices.length ? 'all' : numbers.join(' ')
  for (;;) {
    const text = (await line(`Numbers with spaces between, 0 for none, or Enter for ${usual}: `)).trim()
    const said = text === '' ? numbers : text === '0' ? [] : text.split(/[\s,]+/).map(Number)
    const picked = said.map((number) => choices[number - 1])
    const values = picked.flatMap((choice) => (choice === undefined ? [] : [choice.value]))
    const accepted = values.length < picked.length ? `Say numbers from 1 to ${choices.length}.` : check(values)
    if (accepted === true) return values
    process.stderr.write(`${accepted}\n`)
  }
}

/** A text. */
export async function inputPlain(message: string, check: (text: string) => true | string, usual: string): Promise<string> {
  for (;;) {
    const text = (await line(`${prose(message)}${usual === '' ? '' : ` [${usual}]`} `)).trim() || usual
    const accepted = check(text)
    if (accepted === true) return text
    process.stderr.write(`${accepted}\n`)
  }
}

function line(prompt: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  return new Promise((settle, fail) => {
    const stop = (): void => fail(stopped())
    reader.question(prompt, settle)
    reader.once('close', stop)
    process.once('SIGINT', stop)
    reader.once('line', () => process.off('SIGINT', stop))
  }).finally(() => reader.close()) as Promise<string>
}
