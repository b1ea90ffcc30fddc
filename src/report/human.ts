import type { Notice } from '../model/app.ts'
import type { Change, Outcome } from '../model/artifact.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Clash } from '../model/port.ts'
import type { ProblemText } from '../model/problem.ts'
import type { Pin } from '../model/reference.ts'
import { type SecretsMade, secretsFolder } from '../model/secrets.ts'
import { oneLine } from '../model/text.ts'

/** Evidence as `file:line`. */
export function place(evidence: Evidence | undefined): string {
  if (evidence === undefined) return ''
  return evidence.line === undefined ? oneLine(evidence.file) : `${oneLine(evidence.file)}:${evidence.line}`
}

/** The first place and how many more there are: a list of all breaks in the middle of a word. */
export function places([first, ...more]: readonly Evidence[]): string {
  return more.length === 0 ? place(first) : `${place(first)} and ${more.length} more`
}

/** Notices, each with its place and what to do. */
export function noticesText(notices: readonly Notice[]): string {
  return notices
    .map((n) => `note: ${oneLine(n.text)}${n.because.length > 0 ? ` (${n.because.map(place).join(', ')})` : ''}\n      ${oneLine(n.fix)}\n`)
    .join('')
}

/** What deserves attention once the files are there. */
export function attentionText(notices: readonly Notice[]): string {
  return notices.length === 0 ? '' : `\nWorth your attention:\n${noticesText(notices)}`
}

/** A problem: what, where, what to do, and how to learn more. */
export function problemText(problem: ProblemText): string {
  const where =
    problem.file === undefined
      ? ''
      : `  at ${place({ file: problem.file, saw: '', ...(problem.line === undefined ? {} : { line: problem.line }) })}\n`
  return `error ${problem.code}: ${oneLine(problem.message)}\n${where}  ${oneLine(problem.fix)}\n  more: secure-docker explain ${problem.code} (docs/errors/${problem.code}.md)\n`
}

const verbs: Readonly<Record<Outcome['action'], string>> = {
  create: 'created',
  same: 'same',
  update: 'updated',
  replace: 'replaced',
  merge: 'merged',
  remove: 'removed',
  keep: 'kept (no longer needed, but you changed it: it is yours now)',
  leave: 'left',
  conflict: 'conflict',
  deleted: 'deleted by you',
  ejected: 'yours',
}

/** What happens to a file, and why it is left when it is. */
export function outcomeWords(outcome: Outcome): string {
  return `${verbs[outcome.action]}${outcome.action === 'remove' && outcome.reason === undefined ? ' (no longer needed)' : reasonText(outcome)}`
}

/** One line a file: what happens to it; in columns where these fit the width. */
export function outcomesText(outcomes: readonly Outcome[], width = Number.POSITIVE_INFINITY): string {
  const longest = Math.max(...outcomes.map((o) => o.path.length), 0)
  const fits = outcomes.every((o) => longest + outcomeWords(o).length + 4 < width)
  return outcomes.map((o) => `  ${fits ? `${o.path.padEnd(longest)} ` : `${o.path}:`} ${outcomeWords(o)}\n`).join('')
}

const reasons: Readonly<Record<NonNullable<Outcome['reason']>, string>> = {
  'not-ours': 'not written by secure-docker',
  edited: 'you changed it',
  shadowed: 'another file is there',
  held: 'it goes with a file that is left',
  replaced: 'ours take its place; secure-docker update --undo brings it back',
}

function reasonText({ reason, blockedBy }: Outcome): string {
  if (reason === undefined) return ''
  if (reason === 'held') return ` (it goes with ${oneLine(blockedBy ?? '')})`
  return ` (${blockedBy === undefined ? reasons[reason] : `${oneLine(blockedBy)} is there`})`
}

/** How to get what was left. */
export function leftText(left: readonly Outcome[]): string {
  if (left.length === 0) return ''
  const beside = left.some((o) => o.reason === 'not-ours' || o.reason === 'shadowed')
  const edited = left.some((o) => o.reason === 'edited')
  return `
Something was left as it is. To get ours:
${beside ? '  beside it         secure-docker init --beside\n' : ''}${edited ? '  with your edits   secure-docker update\n' : ''}  in its place      secure-docker init --force   (the old file is kept)
`
}

/** After these there is no file of ours that a command could name. */
const withoutOurs: ReadonlySet<Outcome['action']> = new Set(['leave', 'remove', 'deleted', 'keep'])

/** The commands that build and start what was written. */
export function nextCommands(outcomes: readonly Outcome[]): readonly string[] {
  const compose = outcomes.find((o) => o.set === 'compose')
  if (compose === undefined || compose.action === 'leave') return []
  const file = compose.path === 'compose.yaml' ? '' : ` --file ${compose.path}`
  const development = outcomes.find((o) => o.path.endsWith('.dev.yaml') && !withoutOurs.has(o.action))
  return [
    `docker compose${file} build`,
    `docker compose${file} up --wait`,
    ...(development === undefined ? [] : [`docker compose --file ${compose.path} --file ${development.path} up --watch`]),
  ]
}

/** The next commands, to be copied. */
export function nextText(commands: readonly string[]): string {
  return commands.length === 0 ? '' : `\nNext:\n${commands.map((command) => `  ${command}\n`).join('')}`
}

/** Why files change, a line each: `release 22 → 24: .nvmrc:1`. */
export function changesText(changes: readonly Change[]): string {
  return changes.map((change) => `${changeText(change)}\n`).join('')
}

const lists: ReadonlySet<string> = new Set(['copied', 'environment', 'installed', 'writable'])

/** One reason in words. */
export function changeText({ name, before, after, because }: Change): string {
  const where = because === undefined ? '' : `: ${place(because)}`
  if (lists.has(name)) return `${name}: ${listChange(before ?? '', after ?? '')}`
  if (before === undefined) return `${name} added${after ? `: ${oneLine(after)}` : ''}${where}`
  return after === undefined
    ? `${[name, oneLine(before)].filter(Boolean).join(' ')} removed`
    : `${name} ${oneLine(before)} → ${oneLine(after)}${where}`
}

/** Presets of which a newer release was seen. */
export function newerText(presets: ReadonlyMap<string, Pin>): string {
  return [...presets]
    .flatMap(([ref, { version, newest }]) =>
      newest === undefined ? [] : [oneLine(`note: ${ref} is at ${version ?? ''}; ${newest} is out`)],
    )
    .map((line) => `${line}\n`)
    .join('')
}

function listChange(before: string, after: string): string {
  const [old, fresh] = [before.split(' ').filter(Boolean), after.split(' ').filter(Boolean)]
  const gone = old.filter((path) => !fresh.includes(path)).map((path) => `-${oneLine(path)}`)
  return [...fresh.filter((path) => !old.includes(path)).map((path) => `+${oneLine(path)}`), ...gone].join(' ')
}

/** How to go on from conflicts. */
export function conflictText(outcomes: readonly Outcome[]): string {
  const files = outcomes.filter((o) => o.action === 'conflict')
  if (files.length === 0) return ''
  const names = files.map((o) => o.path).join(' and ')
  const marked = files.some((o) => o.merged !== undefined)
  return marked
    ? `\n${names}: you and secure-docker changed the same lines. Both stand there between marks: keep what you want, remove the marks.\n`
    : `\n${names}: you and secure-docker changed the same lines. Nothing that belongs together was written.\n  see both sides      secure-docker diff\n  choose one by one   secure-docker update   (in a terminal)\n  get marks           secure-docker update --conflict markers\n`
}

/** What became of the secrets: names alone; with `all` also of those that were there. */
export function secretsText({ made, there, unknown }: SecretsMade, all = false): string {
  const states = { made, ...(all ? { there } : {}), missing: unknown }
  const rows = Object.entries(states).flatMap(([state, names]) => names.map((name) => ({ path: `${secretsFolder}/${name}`, state })))
  const width = Math.max(...rows.map(({ path }) => path.length), 0)
  const wanted = unknown.map((name) => `  echo '${name}=…' > ${secretsFolder}/${name}\n`).join('')
  const note = `\nOnly you can know the value of what is missing. Before \`docker compose up\`:\n${wanted}`
  return `${rows.map(({ path, state }) => `  ${path.padEnd(width)}  ${state}\n`).join('')}${wanted === '' ? '' : note}`
}

/** Ports that something else has, and how to get around that. */
export function clashesText(clashes: readonly Clash[]): string {
  return clashes
    .map(({ service, port, own, instead }) => {
      const other = own
        ? `publish it on another one: secure-docker init --publish ${instead ?? 'PORT'}`
        : 'leave it unpublished: secure-docker init --expose-db=false'
      return `note: port ${port} of this machine is in use, so that ${oneLine(service)} cannot be published on it: \`docker compose up\` would fail.\n      Stop what listens there, or ${other}\n`
    })
    .join('')
}
