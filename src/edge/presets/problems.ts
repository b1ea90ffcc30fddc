import { exitCodes, Problem } from '../../model/problem.ts'
import { oneLine } from '../../model/text.ts'

/** A preset that cannot be had, and why; nothing has been written. */
export function notFetched(
  ref: string,
  why: string,
  fix = 'Check its name and your network, then run it again. To work with what is kept: secure-docker update --offline',
): Problem {
  return new Problem({
    code: 'preset-not-fetched',
    exit: exitCodes.notFetched,
    message: `The preset ${ref} could not be fetched: ${withoutCredentials(oneLine(why)).slice(0, 400)}.`,
    fix,
  })
}

/** Programs print addresses as they used them, and configuration may have put credentials there. */
function withoutCredentials(text: string): string {
  return text.replace(/(:\/\/)[^/\s@]+@/g, '$1')
}
