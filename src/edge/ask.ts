import inquirer from 'inquirer'

// Questions go to stderr: stdout holds only the result.
const prompt = inquirer.createPromptModule({ output: process.stderr })

/** One of several values. */
export async function select<T>(message: string, choices: readonly { readonly name: string; readonly value: T }[]): Promise<T> {
  const { answer } = await prompt<{ answer: number }>([
    { type: 'select', name: 'answer', message, choices: choices.map(({ name }, value) => ({ name, value })) },
  ])
  const chosen = choices[answer]
  if (chosen === undefined) throw new Error('an answer outside of the choices')
  return chosen.value
}

/** A text; what `check` returns is why it is not accepted. */
export async function input(message: string, check: (text: string) => true | string): Promise<string> {
  const { answer } = await prompt<{ answer: string }>([{ type: 'input', name: 'answer', message, validate: check }])
  return answer.trim()
}

/** A text as it comes back from the user's own editor. */
export async function edit(message: string, text: string): Promise<string> {
  const { answer } = await prompt<{ answer: string }>([{ type: 'editor', name: 'answer', message, default: text, waitForUserInput: false }])
  return answer
}
