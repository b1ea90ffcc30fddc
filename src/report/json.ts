import { type App, type Notice, siteOf } from '../model/app.ts'
import type { Change, Outcome } from '../model/artifact.ts'
import type { Assets, Site } from '../model/assets.ts'
import type { Explanation } from '../model/explanation.ts'
import type { Choices, Chosen } from '../model/options.ts'
import type { Rule } from '../model/rule.ts'
import type { SecretsMade } from '../model/secrets.ts'
import type { ToldPractice } from './explain.ts'
import type { BreachJson } from './floors.ts'

/** Document of `detect --json`. */
export interface DetectionJson {
  readonly schema: 1
  readonly apps: readonly AppJson[]
}

interface AppJson {
  readonly ecosystem: string
  readonly because: App['because']
  readonly found: Chosen
  readonly services: App['services']
  readonly variables: App['variables']
  readonly processes: App['processes']
  readonly tools?: App['tools']
  readonly frontEnd?: FrontEndJson
  readonly site?: Site
  readonly open: App['questions']
  readonly notices: readonly Notice[]
}

/** Files for browsers that Node.js makes in a stage of their own. */
interface FrontEndJson {
  readonly because: Assets['because']
  readonly folder: string
  readonly release: string
  readonly commands: Assets['package']['build']['commands']
  readonly made: Assets['made']
}

/** Everything that was detected, for machines. */
export function detectionJson(apps: readonly App[]): DetectionJson {
  return { schema: 1, apps: apps.map(appJson) }
}

function appJson(app: App): AppJson {
  const open = app.questions.filter((q) => app.found[q.key] === undefined)
  const { ecosystem, because, found, services, variables, processes, tools, assets, notices } = app
  const site = siteOf(app)
  const told = { ...(tools && { tools }), ...(assets && { frontEnd: frontEndJson(assets) }), ...(site && { site }) }
  return { ecosystem, because, found, services, variables, processes, ...told, open, notices }
}

function frontEndJson({ because, folder, release, package: { build }, made }: Assets): FrontEndJson {
  return { because, folder, release, commands: build.commands, made }
}

/** Document of `init --json`. */
export interface InitJson {
  readonly schema: 1
  readonly dryRun: boolean
  readonly ecosystem: string
  readonly choices: Choices
  readonly notices: readonly Notice[]
  readonly files: readonly FileJson[]
  readonly next: readonly string[]
  readonly secrets?: SecretsMade
}

interface FileJson {
  readonly path: string
  readonly action: string
  readonly reason?: string
  readonly blockedBy?: string
}

/** What init did, for machines. Contents of files are not part of it. */
export function initJson(
  dryRun: boolean,
  app: App,
  choices: Choices,
  outcomes: readonly Outcome[],
  next: readonly string[],
  secrets?: SecretsMade,
): InitJson {
  return {
    schema: 1,
    dryRun,
    ecosystem: app.ecosystem,
    choices,
    notices: app.notices,
    files: outcomes.map(fileJson),
    next,
    ...(secrets && { secrets }),
  }
}

function fileJson({ path, action, reason, blockedBy }: Outcome): FileJson {
  return { path, action, ...(reason !== undefined && { reason }), ...(blockedBy !== undefined && { blockedBy }) }
}

/** Document of `update --json` and `check --json`. */
export interface UpdateJson {
  readonly schema: 1
  /** Nothing in the repository changed: another version of the tool writes it differently. */
  readonly onlyTool: boolean
  readonly changes: readonly Change[]
  readonly files: readonly FileJson[]
  readonly secrets?: SecretsMade
  readonly floors?: FloorsJson
}

/** What the presets ask for and do not get. */
export interface FloorsJson {
  readonly breaches: readonly BreachJson[]
  /** Waivers that have run out. */
  readonly expired: readonly string[]
  /** Presets that are required and not followed. */
  readonly missing: readonly string[]
}

/** What changed and what becomes of the files, for machines. */
export function updateJson(
  outcomes: readonly Outcome[],
  changes: readonly Change[],
  onlyTool: boolean,
  { secrets, floors }: { readonly secrets?: SecretsMade | undefined; readonly floors?: FloorsJson } = {},
): UpdateJson {
  return { schema: 1, onlyTool, changes, files: outcomes.map(fileJson), ...(secrets && { secrets }), ...(floors && { floors }) }
}

/** Document of `diff --json`. */
export interface DiffJson {
  readonly schema: 1
  readonly changes: readonly Change[]
  readonly files: readonly (FileJson & { readonly diff: string })[]
}

/** What update would do about each file, as a diff, for machines. */
export function diffJson(outcomes: readonly Outcome[], changes: readonly Change[], diffOf: (outcome: Outcome) => string): DiffJson {
  return { schema: 1, changes, files: outcomes.map((outcome) => ({ ...fileJson(outcome), diff: diffOf(outcome) })) }
}

/** Document of `secrets --json`: names alone. */
export interface SecretsJson extends SecretsMade {
  readonly schema: 1
}

/** What became of the secrets, for machines. */
export function secretsJson(made: SecretsMade): SecretsJson {
  return { schema: 1, ...made }
}

/** A rule as `explain --json` tells it. */
export function ruleJson({ id, title, comment, without, options, change }: Rule, practices: readonly ToldPractice[]) {
  return { id, title, ...(comment !== undefined && { comment }), without, options, ...(change !== undefined && { change }), practices }
}

/** Why a line is there, for machines. */
export function explanationJson({ rule, ...told }: Explanation, practices: readonly ToldPractice[]) {
  return { ...told, ...(rule !== undefined && { rule: ruleJson(rule, practices) }) }
}
