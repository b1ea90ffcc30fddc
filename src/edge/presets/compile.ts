import { Worker } from 'node:worker_threads'
import type { Compiled } from '../../model/block.ts'
import { exitCodes, Problem } from '../../model/problem.ts'

const seconds = 5
const mostCharacters = 64 * 1024

/** Checks templates in a thread of their own that has little time and memory. Throws a Problem when that is not enough. */
export async function compileTemplates(templates: readonly string[], file = './block-worker.js'): Promise<readonly Compiled[]> {
  if (templates.some((template) => template.length > mostCharacters)) throw tooMuch(`is longer than ${mostCharacters / 1024} KiB`)
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: templates,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  })
  const timer = setTimeout(() => void worker.terminate(), seconds * 1000)
  try {
    return await new Promise<readonly Compiled[]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', () => reject(tooMuch('takes more memory than it may')))
      worker.once('exit', () => reject(tooMuch(`takes more than ${seconds} seconds`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function tooMuch(why: string): Problem {
  return new Problem({
    code: 'preset-template-invalid',
    exit: exitCodes.usage,
    message: `A template of the presets ${why}.`,
    fix: 'Make it shorter and plainer. docs/presets.md says what a template may hold.',
  })
}
