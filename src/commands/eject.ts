import { print } from '../edge/terminal.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import { writeWithLock } from './proposal.ts'
import { chooseNone, openSession } from './session.ts'

export interface EjectArguments {
  readonly file: string
  readonly folder: string
  readonly json: boolean
}

/** Gives a file up: from now on it is the user's, and no run touches it. */
export async function eject(args: EjectArguments): Promise<void> {
  const { folder, lock } = await openSession(args.folder, {}, { writes: true, freshness: 'none', choose: chooseNone })
  const path = args.file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  if (!lock.bases.has(path)) {
    throw new Problem({
      code: 'file-not-ours',
      exit: exitCodes.usage,
      message: `${path} was not written by secure-docker.`,
      fix: lock.bases.size === 0 ? 'There is nothing to give up.' : `Written by it: ${[...lock.bases.keys()].join(', ')}.`,
    })
  }
  const bases = new Map([...lock.bases].filter(([name]) => name !== path))
  await writeWithLock(folder, { ...lock, bases, ejected: new Set([...lock.ejected, path]) }, [])
  if (args.json) return print(`${JSON.stringify({ schema: 1, ejected: path, followed: [...bases.keys()] }, undefined, 2)}\n`)
  print(`${path} is yours now: no run of secure-docker touches it.\n`)
}
