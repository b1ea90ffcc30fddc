import { flatten, leaks, setuid, shells, writableBy } from './files.ts'
import type { Answer, Limits, Process, Property, Question, Reading, Running, SideReading } from './reading.ts'

/** The user that nothing in an image is prepared for, as user and as group. */
export const arbitraryId = 2147480000
const stopWithin = 2000
// Mounts of the kernel's own that are writable and hold no files of anybody.
const kernelTypes: ReadonlySet<string> = new Set(['proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2', 'tmpfs'])

/** Judges everything that was read. Pure: the same reading gives the same list. */
export function judge(reading: Reading): readonly Property[] {
  const files = flatten(reading.layers)
  return Object.entries({ ...runningProperties, ...properties }).map(([property, judged]) => ({ property, ...judged(reading, files) }))
}

/** Judges what was read of a service beside the program. Pure. */
export function judgeSide(reading: SideReading): readonly Property[] {
  return Object.entries({ ...runningProperties, ...sideProperties }).map(([property, judged]) => ({ property, ...judged(reading) }))
}

/** Judges what was read of a further program of the image. Pure. */
export function judgeProgram(reading: Running): readonly Property[] {
  return Object.entries({ ...runningProperties, 'published nowhere': publishedNowhere }).map(([property, judged]) => ({
    property,
    ...judged(reading),
  }))
}

type Judged = Omit<Property, 'property'>
type Files = ReturnType<typeof flatten>

const runningProperties: Readonly<Record<string, (reading: Running) => Judged>> = {
  healthy: ({ health }) => ({ holds: health === 'healthy', saw: health }),
  'runs as the planned user': ({ processes, wanted }) => ({ holds: runsAs(processes, wanted.user), saw: usersOf(processes) }),
  'no capabilities': ({ processes }) =>
    every(
      processes,
      (p) => /^0+$/.test(p.capEff) && /^0+$/.test(p.capBnd),
      (p) => `CapEff ${p.capEff} CapBnd ${p.capBnd}`,
    ),
  'no new privileges': ({ processes }) =>
    every(
      processes,
      (p) => p.noNewPrivs === '1',
      (p) => `NoNewPrivs ${p.noNewPrivs}`,
    ),
  'system calls filtered': ({ processes }) =>
    every(
      processes,
      (p) => p.seccomp === '2',
      (p) => `Seccomp ${p.seccomp}`,
    ),
  'root file system read-only': readOnlyRoot,
  'limits set': ({ limits, wanted }) => ({
    holds: sameLimits(limits, wanted.limits),
    saw: `${shown(limits)}; wanted ${shown(wanted.limits)}`,
  }),
  'shows no secret': ({ shown: seen }) => none(seen, 'shown'),
}

function publishedNowhere({ published }: Running): Judged {
  return { holds: published.length === 0, saw: published.join(' ') || 'no published port' }
}

const sideProperties: Readonly<Record<string, (reading: SideReading) => Judged>> = {
  'published nowhere': publishedNowhere,
  'reached by its program, and by nobody else': ({ reached: { program, stranger } }) => ({
    holds: program && !stranger,
    saw: `program: ${program ? 'yes' : 'no'}, stranger: ${stranger ? 'yes' : 'no'}`,
  }),
}

const properties: Readonly<Record<string, (reading: Reading, files: Files) => Judged>> = {
  answers: ({ answer, question }) => answered(answer, question),
  'files writable by nobody': ({ processes, volumes }, files) =>
    none([...new Set(processes.flatMap((process) => writableBy(process, files, volumes)))], 'writable'),
  'published on loopback only': ({ published, question }) => ({
    holds: (question === undefined || published.length > 0) && published.every((address) => address === '127.0.0.1' || address === '::1'),
    saw: published.join(' ') || 'no published port',
  }),
  'no setuid files': (_, files) => none(setuid(files), 'setuid'),
  'no shell and no package manager': ({ base }, files) =>
    base.includes('distroless') ? none(shells(files), 'present') : { holds: true, saw: `not asked of ${base || 'an unnamed base'}` },
  'layers hold no secrets and no caches': ({ layers }) => none(leaks(layers), 'in a layer'),
  'serves under an arbitrary user': ({ arbitrary, question }) => {
    const { answer, health, processes, ended } = arbitrary
    const served = question === undefined ? { holds: health === 'healthy', saw: health } : answered(answer, question)
    const saw = ended ?? `${served.saw} as ${usersOf(processes)}`
    return { holds: served.holds && ended === undefined && runsAs(processes, `${arbitraryId}:${arbitraryId}`), saw }
  },
  'stops when asked': ({ stop }) => ({
    holds: stop.milliseconds <= stopWithin && stop.exitCode !== 137,
    saw: `${Math.round(stop.milliseconds)} ms, exit code ${stop.exitCode}`,
  }),
}

function answered(answer: Answer | undefined, question: Question | undefined): Judged {
  if (question === undefined) return { holds: true, saw: 'not asked: it listens on no port' }
  if (answer === undefined || answer.status === 0) return { holds: false, saw: `no answer: ${answer?.text ?? 'no published port'}` }
  const rightStatus = question.status === undefined ? answer.status < 500 : answer.status === question.status
  return {
    holds: rightStatus && answer.text.includes(question.text ?? ''),
    saw: `HTTP ${answer.status}: ${answer.text.slice(0, 80).replace(/\s+/g, ' ')}`,
  }
}

function runsAs(processes: readonly Process[], user: string): boolean {
  const [uid, gid = uid] = user.split(':').map(Number)
  return (
    processes.length > 0 && processes.every((p) => p.uids.every((id) => id === uid) && [...p.gids, ...p.groups].every((id) => id === gid))
  )
}

function usersOf(processes: readonly Process[]): string {
  const users = processes.map((p) => `${p.name} ${p.uids[0] ?? '?'}:${p.gids[0] ?? '?'} groups ${p.groups.join(' ') || 'none'}`)
  return users.join(', ') || 'no process'
}

function every(processes: readonly Process[], holds: (p: Process) => boolean, saw: (p: Process) => string): Judged {
  return {
    holds: processes.length > 0 && processes.every(holds),
    saw: processes.map((p) => `${p.name} ${saw(p)}`).join(', ') || 'no process',
  }
}

function none(found: readonly string[], what: string): Judged {
  return { holds: found.length === 0, saw: found.length === 0 ? `none ${what}` : `${found.length} ${what}: ${found.slice(0, 5).join(' ')}` }
}

function readOnlyRoot({ mounts, volumes }: Running): Judged {
  const root = mounts.find((mount) => mount.path === '/')
  const open = mounts.filter((m) => m.path !== '/' && m.options.includes('rw') && !kernelTypes.has(m.type) && !volumes.includes(m.path))
  const saw = [`/ is ${root?.options[0] ?? 'not mounted'}`, ...open.map((mount) => `${mount.path} is writable`)].join(', ')
  return { holds: root?.options.includes('ro') === true && open.length === 0, saw }
}

function sameLimits(limits: Limits, wanted: Limits): boolean {
  return (['memory', 'swap', 'pids', 'cpus'] as const).every((key) => limits[key] !== undefined && limits[key] === wanted[key])
}

function shown({ memory, swap, pids, cpus }: Limits): string {
  return `memory ${memory ?? 'open'} swap ${swap ?? 'open'} pids ${pids ?? 'open'} cpus ${cpus ?? 'open'}`
}
