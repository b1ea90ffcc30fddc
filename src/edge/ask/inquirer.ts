import { wrapped } from '../../report/table.ts'
import { columns, prose, rows } from '../terminal.ts'
import type { Choice, MarkedChoice } from './choice.ts'
import type { Context } from './stopped.ts'

// inquirer's prompts as we show them: no symbol that a terminal without UTF-8 lacks, and nothing that only a colour or a symbol says.

const prefix = { idle: '', done: '' }
const spare = 8

/** One of several values. */
export async function selectOne<T>(message: string, choices: readonly Choice<T>[], context: Context): Promise<T> {
  const { default: select } = await import('@inquirer/select')
  const explains = choices.some(({ name }) => name.startsWith('? '))
  const picked = await select<number>(
    {
      message,
      choices: choices.map(({ name }, value) => ({ name: folded(name), short: answered(message, name), value })),
      pageSize: pageSize(),
      loop: false,
      theme: {
        prefix,
        icon: { cursor: '>' },
        style: { ...style, keysHelpTip: () => prose(`Arrow keys move, Enter chooses${explains ? ', ? then Enter explains' : ''}.`) },
      },
    },
    context,
  )
  return valueAt(choices, picked)
}

/** Any number of values, at first those that are marked. */
export async function selectSeveral<T>(
  message: string,
  choices: readonly MarkedChoice<T>[],
  check: (picked: readonly T[]) => true | string,
  context: Context,
): Promise<readonly T[]> {
  const { default: checkbox } = await import('@inquirer/checkbox')
  const picked = await checkbox<number>(
    {
      message,
      choices: choices.map(({ name, marked }, value) => ({ name, value, checked: marked })),
      pageSize: pageSize(),
      loop: false,
      validate: (items) => check(items.map(({ value }) => valueAt(choices, value))),
      theme: {
        prefix,
        icon: { cursor: '>', checked: '[x]', unchecked: '[ ]' },
        style: {
          ...style,
          renderSelectedChoices: chosenNames,
          keysHelpTip: () => prose('Space marks and unmarks, Enter takes the marked ones.'),
        },
      },
    },
    context,
  )
  return picked.map((index) => valueAt(choices, index))
}

/** A text. */
export async function inputText(message: string, check: (text: string) => true | string, usual: string, context: Context): Promise<string> {
  const { default: input } = await import('@inquirer/input')
  return (await input({ message, validate: check, default: usual, theme: { prefix: { idle: '>', done: '>' }, style } }, context)).trim()
}

// What was answered stays: the question without the reason above it.
const style = { message: (text: string, status: string) => prose(status === 'done' ? (text.split('\n').at(-1) ?? '') : text) }

/** What stands behind the question from then on: on a line of its own where one would break in a word. */
function answered(message: string, name: string): string {
  const question = message.split('\n').at(-1) ?? ''
  return question.length + name.length + 1 < columns() ? name : `\n  ${folded(name)}`
}

function chosenNames(marked: readonly { readonly short: string }[]): string {
  return marked.length === 0 ? 'none' : marked.map(({ short }) => short).join(', ')
}

/** A choice on as many lines as it needs, in line with its beginning. */
function folded(name: string): string {
  return name.length < columns() - 2 ? name : wrapped(name, columns() - 3).join('\n  ')
}

function pageSize(): number {
  return Math.max(4, rows() - spare)
}

function valueAt<T>(choices: readonly Choice<T>[], index: number): T {
  const chosen = choices[index]
  if (chosen === undefined) throw new Error('an answer outside of the choices')
  return chosen.value
}
