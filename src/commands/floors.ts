import { floorProblem, placeOf } from '../choose/floors.ts'
import { effectiveCompose } from '../compose/effective.ts'
import { readDockerfile } from '../dockerfile/read.ts'
import { today } from '../edge/clock.ts'
import { readOnDisk } from '../edge/target.ts'
import type { Outcome } from '../model/artifact.ts'
import type { ComposeDocument } from '../model/document.ts'
import type { Floor } from '../model/preset.ts'
import { type Breach, fileBreaches, projectBreaches } from '../presets/check.ts'
import { text } from '../presets/compose-values.ts'
import { breachText } from '../report/floors.ts'
import type { Proposal } from './proposal.ts'
import type { Session } from './session.ts'

// Loaded only when a preset sets a floor. What Compose reads beside the file of its usual name:
const overrides = ['compose.override.yaml', 'compose.override.yml', 'docker-compose.override.yml', 'docker-compose.override.yaml']

/** Throws a Problem (exit 7) when the files would be below a floor after a run. */
export function refuseBreaches(session: Session, proposal: Proposal): void {
  const floors = session.presets?.floors ?? []
  if (floors.length === 0) return
  const breaches = breachesIn(session, proposal, after)
  const [first] = breaches
  if (first === undefined) return
  const { because, floor } = first
  const problem = floorProblem(
    'floor-broken',
    breaches.map(breachText).join(' '),
    { ...floor, because },
    `Change what breaks the floor${floor.waivable ? `, or waive ${floor.floor} in secure-docker.toml with a reason, an owner and a day` : ''}. Nothing was written.`,
  )
  throw problem
}

/** Where the files on disk, and the project itself, are below a floor; and which waivers have run out. */
export function standing(
  session: Session,
  proposal: Proposal,
): { readonly breaches: readonly Breach[]; readonly expired: readonly string[] } {
  const expired = session.waivers
    .filter(({ expires }) => expires < today())
    .map(
      ({ floor, expires, owner, because }) => `${placeOf(because)}: the waiver of ${floor} ran out on ${expires}; ${owner} knows about it.`,
    )
  return { breaches: breachesIn(session, proposal, ({ before }) => before), expired }
}

/** The text of a file after the run; undefined when there is none. */
function after({ action, content, merged, before }: Outcome): string | undefined {
  if (action === 'leave' || action === 'deleted' || action === 'ejected' || action === 'keep') return before
  return action === 'remove' ? undefined : action === 'conflict' ? (merged ?? before) : (merged ?? content)
}

function breachesIn(
  session: Session,
  { outcomes, choices }: Proposal,
  textOf: (outcome: Outcome) => string | undefined,
): readonly Breach[] {
  const floors = session.presets?.floors ?? []
  const [any] = floors
  if (any === undefined) return []
  const texts = new Map(
    outcomes
      .filter((o) => o.reason !== 'not-ours')
      .flatMap((o) => {
        const shown = o.set === 'project' ? undefined : textOf(o)
        return shown === undefined ? [] : [[o.path, shown] as const]
      }),
  )
  const compose = composeOf(texts, session.folder, any)
  if ('floor' in compose) return [compose]
  const document = compose.document
  const dockerfiles = [
    ...new Set([
      ...[...texts.keys()].filter((path) => /^Dockerfile[\w.]*$/.test(path) && !path.endsWith('.dockerignore')),
      ...builtBy(document),
    ]),
  ]
  const others = readOnDisk(
    session.folder,
    dockerfiles.filter((path) => !texts.has(path)),
  ).texts
  const read = dockerfiles.flatMap((path) => {
    const shown = texts.get(path) ?? others.get(path)
    return shown === undefined ? [] : [readDockerfile(shown, path)]
  })
  return [...projectBreaches(floors, session.found.app, choices), ...fileBreaches(floors, { dockerfiles: read, compose: document })]
}

/** The compose file among the texts, and not that for development, with what overrides it on disk; a breach when it cannot be read. */
function composeOf(
  texts: ReadonlyMap<string, string>,
  folder: string,
  floor: Floor,
): Breach | { readonly document: ComposeDocument | undefined } {
  const [file, shown] = [...texts].find(([path]) => /^compose(?!.*\.dev\.yaml$)[\w.-]*\.ya?ml$/.test(path)) ?? []
  if (file === undefined || shown === undefined) return { document: undefined }
  const found = file === 'compose.yaml' ? readOnDisk(folder, overrides).texts : new Map<string, string>()
  const above = overrides.flatMap((name) => (found.has(name) ? [{ file: name, text: found.get(name) ?? '' }] : [])).slice(0, 1)
  const read = effectiveCompose([{ file, text: shown }, ...above])
  if (!('problem' in read)) return { document: read }
  const line = read.line === undefined ? {} : { line: read.line }
  return { text: `no floor can be checked: ${read.problem}`, because: { file: read.file, ...line, saw: '' }, floor }
}

/** Dockerfiles in this folder that services are built with. */
function builtBy(document: ComposeDocument | undefined): readonly string[] {
  return (document?.services ?? []).flatMap(({ keys }) => {
    const build = keys['build']?.value
    if (typeof build !== 'object' || build === null) return build === undefined ? [] : ['Dockerfile']
    const name = text((build as Readonly<Record<string, unknown>>)['dockerfile']) || 'Dockerfile'
    return /^[\w.-]+$/.test(name) ? [name] : []
  })
}

/** The presets that a project must follow and does not: a line for each, with what stands in its place. */
export function missingPresets(required: readonly string[], session: Session): readonly string[] {
  const named = session.extends.map(({ ref }) => ref)
  const all = new Set([...named, ...(session.presets?.refs ?? [])])
  const stem = (ref: string): string => ref.replace(/#.*$/, '')
  return required
    .filter((ref) => !all.has(ref))
    .map((ref) => {
      const other = [...all].find((name) => stem(name) === stem(ref))
      return other === undefined
        ? `${ref} is not among the presets of this project.`
        : `${ref} is required, and ${other} stands in its place.`
    })
}
