import type { Notice } from '../../model/app.ts'
import type { Install } from './installed.ts'
import type { Package } from './packages.ts'
import { compare, numbers } from './versions.ts'

/** The last one that takes every client of Redis; from 5.7 on it wants redis 6.1 (kombu/transport/redis.py). */
const kombu = 'kombu==5.6.2'
// Celery between these takes any release 5 of kombu.
const firstCelery = [5, 0]
const endCelery = [5, 5]
const clientWanted = [6, 1]

/** Celery asks for any kombu of a kind, and the newest refuses the client of Redis at the release that the requirements name. */
export function findKombu({ packages, hashed }: Pick<Install, 'packages' | 'hashed'>): {
  readonly undeclared: readonly string[]
  readonly notices: readonly Notice[]
} {
  const at = (name: string): Package | undefined => packages.find((item) => item.name === name)
  const [celery, redis] = [at('celery'), at('redis')]
  if (hashed || at('kombu') !== undefined || celery?.version === undefined || redis?.version === undefined)
    return { undeclared: [], notices: [] }
  const isOf = compare(numbers(celery.version), firstCelery) >= 0 && compare(numbers(celery.version), endCelery) < 0
  if (!isOf || compare(numbers(redis.version), clientWanted) >= 0) return { undeclared: [], notices: [] }
  return {
    undeclared: [kombu],
    notices: [
      {
        code: 'kombu-added',
        text: `The newest kombu, which Celery ${celery.version} takes, refuses redis ${redis.version}; the image installs ${kombu}.`,
        because: [celery.because, redis.because],
        fix: `Add ${kombu} to the dependencies, or move to redis 6.4 or later.`,
      },
    ],
  }
}
