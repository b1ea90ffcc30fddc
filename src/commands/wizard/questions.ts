import { openQuestions } from '../../choose/choose.ts'
import { optionTable, parsed } from '../../choose/options.ts'
import { titleOf } from '../../ecosystems/index.ts'
import { input, select } from '../../edge/ask/ask.ts'
import type { Question } from '../../model/app.ts'
import type { Found } from '../../model/ecosystem.ts'
import type { Chosen, OptionKey } from '../../model/options.ts'
import { Problem } from '../../model/problem.ts'
import { place, places } from '../../report/human.ts'
import type { Session } from '../session.ts'

/** Which of several projects is meant. */
export async function askApp(apps: readonly Found[]): Promise<Found> {
  return select(
    {
      message: 'Which one shall run in the container?',
      why: 'This folder holds several projects; a Dockerfile builds one of them.',
      more: 'The others can have files of their own: run secure-docker init in the folder of each. The flag for this question is --ecosystem.',
    },
    apps.map((found) => ({ name: `${titleOf(found.app.ecosystem)} (${place(found.app.because[0])})`, value: found })),
  )
}

/** The answers to what the files leave open and a default would be a guess. */
export async function askQuestions({ found, project, answers }: Session): Promise<Chosen> {
  const said: Record<string, unknown> = {}
  for (const question of openQuestions(found.app, project, answers)) said[question.key] = given(question.key, await answerTo(question))
  return said
}

const other = ''

async function answerTo(question: Question): Promise<string> {
  const { key, why, candidates } = question
  const more = `${optionTable[key].describe}.\nWhat you say is kept in secure-docker.toml, as ${key} = ...; the flag is --${key}.`
  const seen = candidates.map((c) => ({ name: `${c.value} (${places(c.because)})`, value: c.value }))
  const message = `What is the ${key}?`
  const picked = seen.length === 0 ? other : await select({ message, why, more }, [...seen, { name: 'Something else', value: other }])
  if (picked !== other) return picked
  const asked =
    seen.length === 0
      ? { message, why: `${why} ${optionTable[key].describe}.`, more }
      : { message: `${key}:`, why: `${optionTable[key].describe}.`, more }
  return input(asked, (text) => (text.trim() === '' ? 'Say something.' : accepted(key, text)))
}

/** A text as the answer to an option. Throws a Problem when it is none. */
export function given(key: OptionKey, text: string): ReturnType<typeof parsed> {
  return parsed(key, text.trim(), 'answer')
}

/** Why a text is no answer to an option. */
export function accepted(key: OptionKey, text: string): true | string {
  return readable(text, (said) => given(key, said))
}

/** Why what reads a text refuses it with a Problem; nothing at all is never refused. */
export function readable(text: string, read: (text: string) => unknown): true | string {
  try {
    if (text.trim() !== '') read(text.trim())
    return true
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}
