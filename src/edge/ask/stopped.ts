/** How every question ends that is not answered: Ctrl-C, or the end of the input. Named as inquirer names it. */
export function stopped(): Error {
  return Object.assign(new Error('stopped'), { name: 'ExitPromptError' })
}

/** Whether a question ended without an answer. */
export function isStopped(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')
}

/** What a question of inquirer's is given: where it is shown, and when it ends without an answer. */
export interface Context {
  readonly output: NodeJS.WritableStream
  readonly signal: AbortSignal
}

/** Asks with inquirer. The end of the input, for which inquirer would wait for ever, ends the question too. */
export async function asking<T>(ask: (context: Context) => Promise<T>): Promise<T> {
  const ended = new AbortController()
  const end = (): void => ended.abort()
  process.once('beforeExit', end)
  try {
    return await ask({ output: process.stderr, signal: ended.signal })
  } finally {
    process.off('beforeExit', end)
  }
}
