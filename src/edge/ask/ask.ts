import { printProse } from '../terminal.ts'
import type { Choice, MarkedChoice } from './choice.ts'
import { inputPlain, plain, selectPlain, severalPlain } from './plain.ts'
import { asking } from './stopped.ts'

// Questions go to stderr: stdout holds only the result. What asks is loaded when it is needed.

/** What is asked. */
export interface Asked {
  readonly message: string
  /** One line: why it is asked. */
  readonly why?: string
  /** Shown on `?`. */
  readonly more?: string
}

const more = Symbol('more')

/** One of several values; the first is the one that Enter takes. */
export async function select<T>(asked: Asked | string, choices: readonly Choice<T>[]): Promise<T> {
  const question = typeof asked === 'string' ? { message: asked } : asked
  const offered: readonly Choice<T | typeof more>[] =
    question.more === undefined ? choices : [...choices, { name: '? Tell me more about this', value: more }]
  for (;;) {
    const picked = plain()
      ? await selectPlain(heading(question), offered)
      : await asking(async (context) => (await import('./inquirer.ts')).selectOne(heading(question), offered, context))
    if (picked !== more) return picked as T
    printProse(`\n${question.more}\n\n`)
  }
}

/** Any number of values, at first those that are marked. `check` tells why a selection is not accepted. */
export async function several<T>(
  asked: Asked | string,
  choices: readonly MarkedChoice<T>[],
  check: (picked: readonly T[]) => true | string = () => true,
): Promise<readonly T[]> {
  const message = typeof asked === 'string' ? asked : heading(asked)
  return plain()
    ? severalPlain(message, choices, check)
    : asking(async (context) => (await import('./inquirer.ts')).selectSeveral(message, choices, check, context))
}

/** A text; what `check` returns is why it is not accepted. Enter alone takes `usual`. */
export async function input(asked: Asked | string, check: (text: string) => true | string, usual = ''): Promise<string> {
  const question = typeof asked === 'string' ? { message: asked } : asked
  const accept = (text: string): true | string => (text.trim() === '?' && question.more !== undefined ? true : check(text))
  const tip = question.more === undefined ? '' : ' (? for more)'
  for (;;) {
    const text = plain()
      ? await inputPlain(heading(question) + tip, accept, usual)
      : await asking(async (context) => (await import('./inquirer.ts')).inputText(heading(question) + tip, accept, usual, context))
    if (text !== '?' || question.more === undefined) return text
    printProse(`\n${question.more}\n\n`)
  }
}

/** A text as it comes back from the user's own editor. */
export async function edit(message: string, text: string): Promise<string> {
  const { default: editor } = await import('@inquirer/editor')
  return asking((context) => editor({ message, default: text, waitForUserInput: false }, context))
}

function heading({ message, why }: Asked): string {
  return why === undefined ? message : `${why}\n${message}`
}
