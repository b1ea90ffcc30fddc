import type { Evidence, Sourced } from '../model/evidence.ts'
import type { Choices, EcosystemName, OptionKey } from '../model/options.ts'
import type { Floor, FloorName, LimitName } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import { atLeast } from '../model/text.ts'
import { userIn } from './user.ts'

type Bounds = Floor & { readonly min?: number; readonly max?: number }

type BoundName = LimitName | 'user'
const limitNames: readonly LimitName[] = ['memory', 'cpus', 'pids', 'files']
const boundNames: readonly BoundName[] = [...limitNames, 'user']

/**
 * The choices within the floors on limits, release and port. What is detected or a default follows the floor, with the evidence of
 * both; what somebody chose is refused. Throws a Problem (exit 7) with the line of the floor, or of two that contradict each other.
 */
export function withinFloors(choices: Choices, floors: readonly Floor[]): Choices {
  if (floors.length === 0) return choices
  refuseContradictions(floors)
  const limits = limitNames.map((name) => [name, limited(name, choices[name], floors)] as const)
  const release = oldest(choices.release, choices.ecosystem.value, floors)
  for (const floor of floors)
    if (floor.floor === 'forbidden-ports' && floor.ports.some(({ from, to }) => from <= choices.port.value && choices.port.value <= to))
      throw refused('port', choices.port, floor)
  return { ...choices, ...Object.fromEntries(limits), user: permittedUser(choices, floors), release }
}

/** Floors on one limit: the highest minimum and the lowest maximum. */
function boundsOf(name: BoundName, floors: readonly Floor[]): { readonly low: Bounds | undefined; readonly high: Bounds | undefined } {
  const bounds = floors.flatMap((floor) => (floor.floor === name && ('min' in floor || 'max' in floor) ? [floor] : []))
  const low = bounds.filter((f) => f.min !== undefined).sort((a, b) => Number(b.min) - Number(a.min))[0]
  const high = bounds.filter((f) => f.max !== undefined).sort((a, b) => Number(a.max) - Number(b.max))[0]
  return { low, high }
}

function limited(name: LimitName, at: Sourced<number>, floors: readonly Floor[]): Sourced<number> {
  const { low, high } = boundsOf(name, floors)
  if (low?.min !== undefined && at.value < low.min) return moved(name, at, low.min, low)
  return high?.max !== undefined && at.value > high.max ? moved(name, at, high.max, high) : at
}

/** A user id within the floors: where both ends are known, one of the range as a preset's range gives it. */
function permittedUser({ user, name }: Choices, floors: readonly Floor[]): Sourced<number> {
  const { low, high } = boundsOf('user', floors)
  if (user.value >= (low?.min ?? 1) && user.value <= (high?.max ?? user.value)) return user
  const [from, to] = [low?.min ?? high?.max ?? 1, high?.max ?? low?.min ?? 1].map(Math.ceil)
  const broken = low?.min !== undefined && user.value < low.min ? low : high
  return broken === undefined ? user : moved('user', user, userIn(from ?? 1, to ?? 1, name.value), broken)
}

function oldest(at: Sourced<string>, ecosystem: EcosystemName, floors: readonly Floor[]): Sourced<string> {
  const asked = floors.flatMap((floor) => {
    const least = floor.floor === 'release' ? floor.oldest[ecosystem] : undefined
    return least === undefined ? [] : [{ least, floor }]
  })
  const strictest = asked.find(({ least }) => asked.every((other) => atLeast(least, other.least)))
  if (strictest === undefined || atLeast(at.value, strictest.least)) return at
  return moved('release', at, strictest.least, strictest.floor)
}

/** The value that a floor asks for, unless a person or a preset insists on another. */
function moved<T>(key: OptionKey, at: Sourced<unknown>, value: T, floor: Floor): Sourced<T> {
  if (at.from === 'project' || at.from === 'answer' || at.from === 'force') throw refused(key, at, floor)
  return { value, from: 'force', because: [floor.because, ...at.because] }
}

/** Floors of one kind whose bounds leave nothing between them. */
function refuseContradictions(floors: readonly Floor[]): void {
  for (const name of boundNames) {
    const { low, high } = boundsOf(name, floors)
    if (low?.min !== undefined && high?.max !== undefined && low.min > high.max) throw contradiction(name, low, high)
  }
  const hosts = floors.flatMap((floor) => (floor.floor === 'registries' ? [floor] : []))
  for (const [i, one] of hosts.entries())
    for (const other of hosts.slice(i + 1))
      if (!one.allow.some((host) => other.allow.includes(host))) throw contradiction('registries', one, other)
}

function contradiction(name: FloorName, one: Floor, other: Floor): Problem {
  return floorProblem(
    'floors-contradict',
    `Nothing satisfies both ${placeOf(one.because)} (${one.because.saw}) and ${placeOf(other.because)} (${other.because.saw}).`,
    one,
    `Change one of the presets, or waive ${name} where it is permitted.`,
  )
}

function refused(key: OptionKey, { value, because: [first], from }: Sourced<unknown>, floor: Floor): Problem {
  const whose = first === undefined ? (from === 'answer' ? 'your answer' : from) : placeOf(first)
  return floorProblem(
    'floor-broken',
    `${key} = ${JSON.stringify(value)} (${whose}) is below the floor ${floor.floor} of ${placeOf(floor.because)} (${floor.because.saw}).`,
    floor,
    `Choose a ${key} that it allows${floor.waivable ? `, or waive ${floor.floor} in secure-docker.toml` : ''}.`,
  )
}

/** An error of exit 7 at the line of a floor. */
export function floorProblem(code: ProblemCode, message: string, { because }: Floor, fix: string): Problem {
  const line = because.line === undefined ? {} : { line: because.line }
  return new Problem({ code, exit: exitCodes.belowFloor, message, file: because.file, ...line, fix })
}

/** `file:line`. */
export function placeOf({ file, line }: Evidence): string {
  return line === undefined ? file : `${file}:${line}`
}
