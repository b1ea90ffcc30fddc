import { optionTable } from '../../choose/options.ts'
import { input, select } from '../../edge/ask/ask.ts'
import { printProse } from '../../edge/terminal.ts'
import type { Policy } from '../../model/artifact.ts'
import type { Sourced } from '../../model/evidence.ts'
import type { Chosen, OptionKey } from '../../model/options.ts'
import { exitCodes, Problem } from '../../model/problem.ts'
import { findingsOf } from '../../report/findings.ts'
import { problemText } from '../../report/human.ts'
import { selected } from '../../services/selection.ts'
import { refuseBelowFloors } from '../init-steps.ts'
import { known } from '../known.ts'
import { propose } from '../proposal.ts'
import type { Session } from '../session.ts'
import { accepted, given } from './questions.ts'
import { changeServices } from './services.ts'

// What an image gets that nobody chose, and what the metadata may say.
const further: readonly OptionKey[] = [
  'publish',
  'expose-db',
  'memory',
  'cpus',
  'pids',
  'user',
  'name',
  'description',
  'licenses',
  'source',
  'url',
  'vendor',
]

/** The repository read anew, with more presets and these answers. */
type Reopen = (presets: readonly string[], answers: Chosen) => Promise<Session>

/** Has a person choose one thing otherwise, or follow a preset. What cannot be served, or is below a floor, is said, and leaves everything as it was. */
export async function change(session: Session, policy: Policy, reopen: Reopen): Promise<Session> {
  const chosen = known(session)
  const { here } = selected(session.found.app.services, chosen.services)
  const findings = findingsOf(session.found.app, chosen, here).flatMap(({ key, label, value }) =>
    key === undefined ? [] : [{ name: `${label}: ${value}`, value: key as OptionKey | undefined }],
  )
  // Without services there is none to publish.
  const offered = here.length === 0 ? further.filter((key) => key !== 'expose-db') : further
  const others = offered.flatMap((key) => (findings.some(({ value }) => value === key) ? [] : [{ name: labelOf(key, chosen), value: key }]))
  const key = await select<OptionKey | 'presets' | undefined>('What shall be changed?', [
    ...findings,
    ...others,
    { name: `presets: ${session.presets?.refs.join(', ') || 'none'}`, value: 'presets' },
    { name: 'Nothing, go back', value: undefined },
  ])
  if (key === undefined) return session
  if (key === 'services') {
    const changed = await changeServices(session)
    return tried(async () => changed, session, policy)
  }
  if (key === 'presets') {
    const preset = await (await import('./presets.ts')).askPreset(session)
    return preset === undefined ? session : tried(() => reopen([preset], session.answers), session, policy)
  }
  const before = chosen[key]?.value
  const asked = { message: `${key}:`, why: `${optionTable[key].describe}.`, more: moreOn(key, chosen[key]) }
  const text = await input(asked, (answer) => accepted(key, answer), before === undefined ? '' : String(before))
  if (text === '' || text === String(before)) return session
  const answers = { ...session.answers, [key]: given(key, text) }
  // Another program is detected in another way.
  return tried(async () => (key === 'start' ? reopen([], answers) : { ...session, answers }), session, policy)
}

async function tried(make: () => Promise<Session>, before: Session, policy: Policy): Promise<Session> {
  try {
    const changed = await make()
    const below = await problemBelow(changed, policy)
    // What was below a floor already is brought within them step by step.
    if (below === undefined || (await problemBelow(before, policy)) !== undefined) return changed
    throw below
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    printProse(`\n${problemText(error.text)}  It stays as it was.\n`)
    return before
  }
}

/** Why a session is below a floor; undefined when it is not. */
async function problemBelow(session: Session, policy: Policy): Promise<Problem | undefined> {
  try {
    await refuseBelowFloors(session, await propose(session, policy))
    return undefined
  } catch (error) {
    if (error instanceof Problem && error.text.exit === exitCodes.belowFloor) return error
    throw error
  }
}

// What a number counts.
const units: Partial<Record<OptionKey, readonly [label: string, unit: string]>> = {
  memory: ['memory, at most', ' MiB'],
  cpus: ['processors, at most', ''],
  pids: ['processes, at most', ''],
  user: ['user id', ''],
  licenses: ['licence', ''],
  publish: ['published on', ''],
  'expose-db': ['services published too', ''],
}

function labelOf(key: OptionKey, chosen: Chosen): string {
  const [label, unit] = units[key] ?? [key, '']
  const value = chosen[key]?.value
  return `${label}: ${value === undefined ? 'not said' : `${value}${unit}`}`
}

function moreOn(key: OptionKey, sourced: Sourced<unknown> | undefined): string {
  const seen = sourced?.because.map(({ file, line, saw }) => `${file}${line === undefined ? '' : `:${line}`} has: ${saw}`) ?? []
  const shown = seen.length === 0 ? 'No file of the repository says it.' : seen.join('\n')
  return `${optionTable[key].describe}. It is ${optionTable[key].kind.expected}.\n${shown}\nWhat you say is kept in secure-docker.toml, as ${key} = ...; the flag is --${key}.`
}
