import type { Evidence } from './evidence.ts'
import type { Chosen, EcosystemName } from './options.ts'

/** A preset as it was fetched. */
export interface PresetSource {
  /** Canonical: two names of one preset lead to the same one. `strict`, `github>acme/presets//base#v1.2.0`. */
  readonly ref: string
  /** Of all its files; presets that come with the program have none. */
  readonly digest?: string
  /** Texts by their path inside the preset: `preset.toml`, and the templates of blocks. */
  readonly files: ReadonlyMap<string, string>
}

/** Gives the preset that a name means; `from` is the canonical name of the preset that extends it, absent for the project itself. */
export type PresetLookup = (ref: string, from: string | undefined) => PresetSource | undefined

/** File of a preset that says what it holds. */
export const presetFile = 'preset.toml'

/** One checked TOML document. Evidence in it has the file `preset REF: preset.toml`. */
export interface Preset {
  readonly ref: string
  readonly digest?: string
  readonly description: string
  readonly extends: readonly PresetRef[]
  /** Repositories may waive its floors. */
  readonly waivers: boolean
  /** Its own statements first, then those of its cases. */
  readonly sections: readonly Section[]
}

/** The name of a preset with the line that names it. */
export interface PresetRef {
  readonly ref: string
  readonly because: Evidence
}

/** Statements that hold together under one condition. */
export interface Section {
  readonly when: Condition
  /** For what detection leaves open. */
  readonly defaults: Chosen
  /** Above detection, project file and answers. */
  readonly force: Chosen
  readonly floors: readonly Floor[]
  readonly blocks: readonly Block[]
}

/** Every list that is there must hold the project's value. */
export interface Condition {
  readonly ecosystem?: readonly EcosystemName[]
  readonly framework?: readonly string[]
  readonly kind?: readonly AppKind[]
}

export type AppKind = 'web' | 'worker'

/** A place of the generated files that a preset may fill. */
export type BlockName = 'before-install' | 'after-install' | 'final-stage' | 'compose-service' | 'ignore'

export interface Block {
  readonly name: BlockName
  readonly template: string
  readonly preset: string
  readonly because: Evidence
}

/** Something that no repository can lower. All of them hold at once, so that another preset can only tighten. */
export type Floor = FloorLimit & {
  readonly preset: string
  /** A repository may waive it, with a reason and an expiry. */
  readonly waivable: boolean
  readonly because: Evidence
}

export type LimitName = 'memory' | 'cpus' | 'pids' | 'files'

/** Floors that are kept or not. */
export type PlainFloor =
  | 'read-only'
  | 'non-root'
  | 'lockfile'
  | 'hashes'
  | 'not-privileged'
  | 'no-new-privileges'
  | 'no-host-namespaces'
  | 'no-engine-socket'
  | 'no-privileged-ports'
  | 'host-interface'
  | 'own-network'
  | 'confined'
  | 'health-check'

export interface Range {
  readonly from: number
  readonly to: number
}

export type FloorLimit =
  | { readonly floor: LimitName; readonly min?: number; readonly max?: number }
  | { readonly floor: 'restarts'; readonly min?: number; readonly max?: number }
  /** User ids that images which are built here may run under. */
  | { readonly floor: 'user'; readonly min?: number; readonly max?: number }
  /** Hosts that images may come from. */
  | { readonly floor: 'registries'; readonly allow: readonly string[] }
  /** Image names without tag; `*` stands for anything. */
  | { readonly floor: 'images'; readonly allow: readonly string[] }
  /** Labels that the image must have, each with the regular expression of its whole value. */
  | { readonly floor: 'labels'; readonly require: Readonly<Record<string, string>> }
  | { readonly floor: 'forbidden-ports'; readonly ports: readonly Range[] }
  /** The only capabilities that may be added. */
  | { readonly floor: 'capabilities'; readonly allow: readonly string[] }
  | { readonly floor: PlainFloor }
  | { readonly floor: 'supported-release' }
  /** Oldest release lines. */
  | { readonly floor: 'release'; readonly oldest: { readonly [E in EcosystemName]?: string } }
  /** Notices and rules, by their code, whose findings are errors. */
  | { readonly floor: 'errors'; readonly codes: readonly string[] }

export type FloorName = FloorLimit['floor']

/** Presets in the order of rising precedence: each one after all that it extends. */
export interface Resolved {
  readonly presets: readonly Preset[]
}

/** What the presets say about one project. */
export interface PresetLayers {
  /** Their names, those that are extended first. */
  readonly refs: readonly string[]
  readonly defaults: Chosen
  readonly force: Chosen
  readonly floors: readonly Floor[]
  /** The later one of a name takes the place of the earlier. */
  readonly blocks: readonly Block[]
}

/** What a project says about a floor that it cannot keep. */
export interface Waiver {
  readonly floor: FloorName
  readonly reason: string
  readonly owner: string
  /** Last day on which it holds: `2027-03-31`. */
  readonly expires: string
  readonly because: Evidence
}
