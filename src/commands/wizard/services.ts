import { several } from '../../edge/ask/ask.ts'
import type { Chosen } from '../../model/options.ts'
import type { ServiceNeed } from '../../model/service.ts'
import { serviceText } from '../../report/findings.ts'
import { places } from '../../report/human.ts'
import { selected, wordsFor } from '../../services/selection.ts'
import { known } from '../known.ts'
import type { Session } from '../session.ts'
import { given } from './questions.ts'

/** Which of the services that the program can do without shall be set up: none, as long as nobody says so. */
export async function askServices(session: Session): Promise<Chosen> {
  const { services } = session.found.app
  const optional = services.filter((need) => need.optional)
  if (optional.length === 0 || known(session).services !== undefined) return {}
  const message = 'Which optional services shall be set up?'
  const picked = await several(
    { message, why: 'The program runs without them, and uses them where they are. Enter alone sets up none.' },
    listed(optional, []),
  )
  // None is an answer too: the next run does not ask again.
  return said(wordsFor(optional, picked, true))
}

/** Which of all services shall be set up; the program finds the others elsewhere. */
export async function changeServices(session: Session): Promise<Session> {
  const { services } = session.found.app
  const { here } = selected(services, known(session).services)
  const message = 'Which services shall be set up?'
  const picked = await several(
    { message, why: 'What the program needs and is not marked is elsewhere: you tell it where.' },
    listed(services, here),
  )
  const { services: _, ...answers } = session.answers
  // What the project file or a preset says is overruled word by word.
  const isSaid = known({ ...session, answers }).services !== undefined
  return { ...session, answers: { ...answers, ...said(wordsFor(services, picked, isSaid || services.some((need) => need.optional))) } }
}

function listed(services: readonly ServiceNeed[], marked: readonly ServiceNeed[]) {
  return services.map((need) => ({
    name: `${serviceText(need)} (${places(need.because)})`,
    value: need,
    marked: marked.includes(need),
  }))
}

function said(words: string | undefined): Chosen {
  return words === undefined ? {} : ({ services: given('services', words) } as Chosen)
}
