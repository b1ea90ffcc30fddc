import type { DockerfileDocument, DockerfileStage, Placed } from '../model/document.ts'
import type { Evidence } from '../model/evidence.ts'
import type { EcosystemName } from '../model/options.ts'
import type { Floor, Range } from '../model/preset.ts'
import { allowsImage, allowsRegistry, releaseOf } from './images.ts'

/** What is wrong at a place of a file. */
export interface Fault {
  readonly text: string
  readonly because: Evidence
}

const fault = (text: string, { because }: { readonly because: Evidence }): Fault => ({ text, because })

/** What of a Dockerfile breaks a floor. `target` is the stage that is run: the last one when no name is given. */
export function imageFaults(floor: Floor, document: DockerfileDocument, target?: string): readonly Fault[] {
  const stage = document.stages.find((s) => target !== undefined && s.name === target) ?? document.stages.at(-1)
  if (stage === undefined) return [{ text: 'it holds no stage', because: { file: document.file, line: 1, saw: '' } }]
  const images = document.stages.flatMap((s) => [...(s.local || s.from.value === 'scratch' ? [] : [s.from]), ...s.sources])
  switch (floor.floor) {
    case 'registries':
      return images.filter((i) => !allowsRegistry(floor.allow, i.value)).map((i) => fault(`${i.value} comes from another registry`, i))
    case 'images':
      return images.filter((i) => !allowsImage(floor.allow, i.value)).map((i) => fault(`${i.value} is not among the allowed images`, i))
    case 'supported-release':
      return images.filter((i) => releaseOf(i.value)?.ended === true).map((i) => fault(`${i.value} is past its end of life`, i))
    case 'release':
      return images.flatMap((i) => olderFault(floor.oldest, i))
    case 'labels':
      return labelFaults(floor.require, stage)
    case 'non-root':
      return rootFaults(stage)
    case 'user':
      return userFaults(floor, stage)
    case 'forbidden-ports':
      return stage.ports.filter((p) => holds(floor.ports, p.value)).map((p) => fault(`port ${p.value} is forbidden`, p))
    case 'health-check':
      return stage.health ? [] : [fault('it has no HEALTHCHECK', stage.from)]
    default:
      return []
  }
}

function olderFault(oldest: { readonly [E in EcosystemName]?: string }, image: Placed<string>): readonly Fault[] {
  const found = releaseOf(image.value)
  const least = found === undefined ? undefined : oldest[found.ecosystem]
  return least === undefined || found?.atLeast(least) === true ? [] : [fault(`${image.value} is older than ${least}`, image)]
}

function labelFaults(require: Readonly<Record<string, string>>, stage: DockerfileStage): readonly Fault[] {
  return Object.entries(require).flatMap(([name, pattern]) => {
    const label = Object.hasOwn(stage.labels, name) ? stage.labels[name] : undefined
    if (label === undefined) return [fault(`the label ${name} is missing`, stage.from)]
    return new RegExp(`^(?:${pattern})$`, 'u').test(label.value) ? [] : [fault(`the label ${name} is not ${pattern}`, label)]
  })
}

/** No USER is fine only on an image that is known to set one. */
function rootFaults({ user, from }: DockerfileStage): readonly Fault[] {
  if (user !== undefined) return isRoot(user.value) ? [fault(`USER ${user.value} is root, or not known`, user)] : []
  return /:[\w.-]*nonroot/.test(from.value) ? [] : [fault('no USER is set', from)]
}

/** What runs under a name has a number that only the image tells; `nonroot` of distroless is 65532. */
function userFaults(range: { readonly min?: number; readonly max?: number }, { user, from }: DockerfileStage): readonly Fault[] {
  const known = user?.value ?? (/:[\w.-]*nonroot/.test(from.value) ? '65532' : '')
  return isPermitted(range, known)
    ? []
    : [fault(known === '' ? 'no USER is set' : `USER ${known} is not ${rangeText(range)}`, user ?? from)]
}

/** Whether a user is a number within a range. */
export function isPermitted(
  { min = 0, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
  user: string,
): boolean {
  const id = Number(/^(\d+)(?::.*)?$/.exec(user)?.[1] ?? Number.NaN)
  return id >= min && id <= max
}

/** Words for a range of user ids. */
export function rangeText({ min, max }: { readonly min?: number; readonly max?: number }): string {
  return `a number${min === undefined ? '' : ` from ${min}`}${max === undefined ? '' : ` up to ${max}`}`
}

/** Root by name or number, or what only a variable tells. */
export function isRoot(user: string): boolean {
  return /^(?:root|0+)?(?::.*)?$/.test(user) || user.includes('$')
}

/** Whether a port, or a part of a range of ports, is in one of the ranges; one that cannot be read is. */
export function holds(ranges: readonly Range[], ports: string): boolean {
  const [low = '', high = low] = ports.replace(/\/\w+$/, '').split('-')
  return !/^\d+$/.test(low) || !/^\d+$/.test(high) || ranges.some(({ from, to }) => Number(low) <= to && Number(high) >= from)
}
