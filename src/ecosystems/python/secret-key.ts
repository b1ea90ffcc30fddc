import type { Notice } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { type Assigned, assignments, type Settings } from './settings.ts'

const random = /\b(?:get_random_secret_key|token_(?:urlsafe|hex|bytes)|urandom|uuid4|get_random_string)\(/
const reads = /\benviron\b|\bgetenv\(|\benv(?:\.\w+)?\(|\bconfig\(/

/** Where settings make up their key as often as they are loaded, and no variable gives it. */
export function keyMadeUp(tree: Tree, settings: Settings): Assigned | undefined {
  const all = assignments(tree, settings, 'SECRET_KEY')
  return all.some(({ text }) => reads.test(text)) ? undefined : all.find(({ text }) => random.test(text))
}

/** Says what becomes of sessions that such a key signs. */
export function keyNotices(made: Assigned | undefined): readonly Notice[] {
  if (made === undefined) return []
  return [
    {
      code: 'django-key-made-up',
      text: 'The settings make up a new SECRET_KEY at each start: people have to log in again then. The workers of one start share it.',
      because: [made.because],
      fix: 'Read it from a variable, such as os.environ["SECRET_KEY"]; `secure-docker secrets` makes its value.',
    },
  ]
}
