import { select } from '../../edge/ask/ask.ts'
import { nextCommands } from '../../report/human.ts'
import { clashesOf } from '../ports.ts'
import type { Proposal } from '../proposal.ts'
import type { Session } from '../session.ts'
import { given } from './questions.ts'

/** Ports of which a person said that they stay. */
export type Kept = Set<number>

/** Where the app's port is in use on this machine, has a person take another one; undefined when nothing changes. */
export async function askPort(session: Session, { outcomes, services }: Proposal, kept: Kept): Promise<Session | undefined> {
  if (nextCommands(outcomes).length === 0) return undefined
  const clash = (await clashesOf(session.folder, services)).find(({ own, port }) => own && !kept.has(port))
  if (clash?.instead === undefined) return undefined
  const { port, instead } = clash
  const moves = await select({ message: `Publish it on ${instead} instead?`, why: `Port ${port} of this machine is in use.`, more }, [
    { name: `Yes, on port ${instead}`, value: true },
    { name: `No, stay with ${port}`, value: false },
  ])
  if (moves) return { ...session, answers: { ...session.answers, publish: given('publish', String(instead)) } } as Session
  kept.add(port)
  return undefined
}

const more = `As long as something else listens there, docker compose up fails. In its container the program listens on the same port as before.
What you say is kept in secure-docker.toml, as publish = ...; the flag is --publish.`
