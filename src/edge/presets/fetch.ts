import type { Fetched, Pin, RemoteReference } from '../../model/reference.ts'

/** Fetches a preset from where it is; `folder` is the repository, whose settings for npm count. Throws a Problem (exit 8). */
export async function fetchPreset(ref: string, reference: RemoteReference, folder: string, known: Pin | undefined): Promise<Fetched> {
  switch (reference.kind) {
    case 'git':
      return (await import('./git.ts')).fetchGit(ref, reference, known)
    case 'npm':
      return (await import('./npm.ts')).fetchNpm(ref, reference, folder)
    case 'https':
      return (await import('./https.ts')).fetchHttps(ref, reference.url)
  }
}
