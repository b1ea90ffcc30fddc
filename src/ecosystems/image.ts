import type { App, Tool } from '../model/app.ts'
import type { Base, Choices } from '../model/options.ts'
import type { HealthCheck, ImageRef, RunStep } from '../model/plan.ts'
import { Problem } from '../model/problem.ts'

/** Static labels of the OCI image specification ("Annotations"). Revision, created and version come from the build command. */
export function ociLabels(choices: Choices, base: ImageRef): Readonly<Record<string, string>> {
  const { name, description, source, url, licenses, vendor } = choices
  const values = { title: name, description, source, url, licenses, vendor }
  const labels = Object.entries(values).flatMap(([key, given]) =>
    given === undefined ? [] : [[`org.opencontainers.image.${key}`, given.value] as const],
  )
  return Object.fromEntries([...labels, ['org.opencontainers.image.base.name', `${base.repository}:${base.tag}`]])
}

/** What tells of a program without a port: once in half a minute, three times in a row. */
export function processHealth(command: readonly string[], tells: 'works' | 'runs'): HealthCheck {
  return { command, interval: 30, timeout: 5, startPeriod: 30, retries: 3, tells }
}

/** A health check every ten seconds; `startPeriod` seconds may fail at first. */
export function healthCheck(command: readonly string[], startPeriod: number): HealthCheck {
  return { command, interval: 10, timeout: 3, startPeriod, retries: 3 }
}

/** Debian release under every image. */
export const debian = { suite: 'trixie', release: '13' } as const

/** Compilers for native parts, pinned to what the Debian release holds: security fixes arrive, other versions do not. */
export const compilers: readonly string[] = ['g++=4:14.*', 'make=4.4.*', 'python3=3.13.*']

/** What old native packages call `python`, and the module distutils, which Python left out in release 3.12. */
export const oldPython: readonly string[] = ['python-is-python3=3.13.*', 'python3-setuptools=78.*']

/** Installs Debian packages in one step and leaves no index behind. Words are quoted, so the folder goes as a whole and not by a pattern. */
export function aptInstall(packages: readonly string[]): readonly { readonly argv: readonly string[] }[] {
  return [
    { argv: ['apt-get', 'update'] },
    { argv: ['apt-get', 'install', '-y', '--no-install-recommends', ...packages] },
    { argv: ['apt-get', 'clean'] },
    { argv: ['rm', '-rf', '/var/lib/apt/lists'] },
  ]
}

/** The programs of the system that go into the image: none where a person chose one without Debian's packages. */
export function toolsFor({ tools }: App, { base }: Choices): readonly Tool[] {
  return base === undefined || base.from === 'preset' || base.value === 'slim' ? (tools ?? []) : []
}

/** Brings programs of the system. */
export function toolsStep(tools: readonly Tool[]): readonly RunStep[] {
  if (tools.length === 0) return []
  const commands = aptInstall(tools.map(({ pinned }) => pinned))
  return [{ do: 'run', commands, network: true, caches: [], rule: 'runtime-libraries' }]
}

/** Installs compilers in an Alpine image, whose package index never lands in a layer. */
export const alpineCompilers: readonly { readonly argv: readonly string[] }[] = [
  { argv: ['apk', 'add', '--no-cache', 'g++>=12', 'make>=4', 'python3>=3.11'] },
]

/** Nothing in an image with a shell gains privileges by a file's mode. */
export function withoutSetuid(...also: RunStep['commands']): RunStep {
  const find = ['find', '/', '-xdev', '-perm', '/6000', '-type', 'f', '-exec', 'chmod', 'a-s', '{}', '+']
  return { do: 'run', commands: [...also, { argv: find }], network: false, caches: [], rule: 'no-setuid' }
}

/** What the final image stands on: the choice when the project can be served on it, else the first of `fits`. Throws a Problem when it was chosen on purpose. */
export function baseOf(choices: Choices, fits: readonly [Base, ...Base[]], why: string): Base {
  const chosen = choices.base
  if (chosen === undefined) return fits[0]
  if (fits.includes(chosen.value)) return chosen.value
  if (chosen.from === 'preset') return fits[0]
  const [evidence] = chosen.because
  throw new Problem({
    code: 'base-not-served',
    exit: 1,
    message: `This project cannot be served on ${chosen.value}: ${why}.`,
    ...(evidence === undefined ? {} : { file: evidence.file, ...(evidence.line === undefined ? {} : { line: evidence.line }) }),
    fix: `Choose one of these: ${fits.join(', ')}.`,
  })
}
