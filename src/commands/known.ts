import { combined, layersOf } from '../choose/choose.ts'
import { chosenUser } from '../choose/user.ts'
import { defaultsOf } from '../ecosystems/index.ts'
import type { Chosen } from '../model/options.ts'
import type { Session } from './session.ts'

/** All that is known, assumptions included, whatever is still open. */
export function known({ found, project, answers, presets }: Pick<Session, 'found' | 'project' | 'answers' | 'presets'>): Chosen {
  const chosen = combined(layersOf(found.app, defaultsOf(found.app), project, answers, presets))
  const user = chosenUser(chosen)
  return user === undefined ? chosen : { ...chosen, user }
}
