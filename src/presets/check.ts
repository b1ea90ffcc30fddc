import { goReleases, nodeReleases, pythonReleases } from '../catalogue/releases.ts'
import type { App } from '../model/app.ts'
import type { ComposeDocument, DockerfileDocument, EffectiveService } from '../model/document.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Choices } from '../model/options.ts'
import type { Floor, Waiver } from '../model/preset.ts'
import { type Fault, imageFaults } from './check-image.ts'
import { serviceFaults } from './check-service.ts'
import { itemsOf, record, text } from './compose-values.ts'
import { ended } from './images.ts'

/** A floor that is broken: where, how, and by whom it is set. */
export interface Breach extends Fault {
  readonly floor: Floor
}

/** Files as they are on disk, or as they would be after a run. */
export interface Files {
  /** By their path. */
  readonly dockerfiles: readonly DockerfileDocument[]
  readonly compose: ComposeDocument | undefined
}

/** The floors that hold for a project: those that it waives, and may waive, are left out. */
export function floorsWithout(floors: readonly Floor[], waivers: readonly Waiver[]): readonly Floor[] {
  return floors.filter((floor) => !floor.waivable || !waivers.some((waiver) => waiver.floor === floor.floor))
}

/** Waivers that waive nothing: no preset sets the floor, or those that do permit no waiver. */
export function idleWaivers(floors: readonly Floor[], waivers: readonly Waiver[]): readonly Waiver[] {
  return waivers.filter((waiver) => !floors.some((floor) => floor.waivable && floor.floor === waiver.floor))
}

/** Every place at which a file breaks a floor. */
export function fileBreaches(floors: readonly Floor[], { dockerfiles, compose }: Files): readonly Breach[] {
  const made = new Set((compose?.services ?? []).flatMap(namesOf))
  const isMade = ({ keys }: EffectiveService): boolean => keys['build'] !== undefined || made.has(text(keys['image']?.value))
  const services = (compose?.services ?? []).map((service) => ({ service, built: isMade(service) }))
  return floors.flatMap((floor) => {
    const faults = [
      ...dockerfiles.flatMap((document) => imageFaults(floor, document, targetFor(document.file, compose))),
      ...services.flatMap(({ service, built }) => serviceFaults(floor, service, built)),
      ...(compose?.elsewhere ?? []).map((because) => ({ text: 'it takes services from elsewhere, where no floor is checked', because })),
    ]
    return faults.map((fault) => ({ ...fault, floor }))
  })
}

/** Names that the image of a service which is built here gets: others may run it under them. */
function namesOf({ keys }: EffectiveService): readonly string[] {
  const build = keys['build']?.value
  if (build === undefined) return []
  return [text(keys['image']?.value), ...itemsOf(record(build)['tags'])].filter(Boolean)
}

/** The stage of a Dockerfile that a service builds. */
function targetFor(file: string, compose: ComposeDocument | undefined): string | undefined {
  const builds = (compose?.services ?? []).flatMap(({ keys }) => {
    const named = record(keys['build']?.value)
    const target = text(named['target'])
    return target !== '' && (text(named['dockerfile']) || 'Dockerfile') === file ? [target] : []
  })
  return builds[0]
}

/** Every fact of the project that breaks a floor which no file shows. */
export function projectBreaches(floors: readonly Floor[], app: App, choices: Choices): readonly Breach[] {
  const releases = { node: nodeReleases, go: goReleases, python: pythonReleases }[choices.ecosystem.value]
  const [seen] = choices.release.because
  const first = app.because[0] ?? { file: '.', saw: '' }
  return floors.flatMap((floor): readonly Breach[] => {
    const breach = (what: string, because: Evidence): Breach => ({ text: what, because, floor })
    switch (floor.floor) {
      case 'lockfile':
        return isLocked(app) ? [] : [breach('dependencies come from no lockfile that holds all that is asked for', first)]
      case 'hashes':
        return isHashed(app) ? [] : [breach('what is installed is not checked against hashes', first)]
      case 'supported-release':
        return ended(releases, choices.release.value)
          ? [breach(`release ${choices.release.value} is past its end of life`, seen ?? first)]
          : []
      case 'errors':
        return app.notices.filter((n) => floor.codes.includes(n.code)).map((n) => breach(n.text, n.because[0] ?? first))
      default:
        return []
    }
  })
}

function isLocked(app: App): boolean {
  if (app.ecosystem === 'node') return app.exact || !(app.dependencies.production || app.dependencies.development)
  return app.ecosystem === 'go' || app.locked
}

/** Lockfiles and go.sum hold hashes; requirements may. */
function isHashed(app: App): boolean {
  return app.ecosystem === 'python' ? app.hashed : isLocked(app)
}
