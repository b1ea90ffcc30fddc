import type { PresetRef, Waiver } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { Pin } from '../model/reference.ts'

export function unknown(name: string, { file, line }: PresetRef['because']): Problem {
  return new Problem({
    code: 'preset-unknown',
    exit: exitCodes.usage,
    message: `No preset of the name ${name} comes with secure-docker.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'See those that do: secure-docker preset list. One of your own has a path: ./presets/acme.toml',
  })
}

export function notYet(name: string, { file, line }: PresetRef['because']): Problem {
  return new Problem({
    code: 'preset-not-pinned',
    exit: exitCodes.outOfDate,
    message: `The preset ${name} has not been fetched yet.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Fetch it: secure-docker update',
  })
}

export function damaged(name: string, folder: string): Problem {
  return new Problem({
    code: 'preset-damaged',
    exit: exitCodes.irreconcilable,
    message: `What is kept of the preset ${name} is not what secure-docker.lock says.`,
    file: folder,
    fix: `Restore it from version control (git checkout -- ${folder}), or fetch it again: secure-docker preset update`,
  })
}

export function moved(name: string, known: Pin, digest: string): Problem {
  return new Problem({
    code: 'preset-moved',
    exit: exitCodes.irreconcilable,
    message: `${known.version ?? ''} of the preset ${name} is no longer what it was: sha256:${digest.slice(0, 12)} in place of sha256:${known.digest.slice(0, 12)}.`,
    fix: 'Ask who publishes it: a release never changes. If the new content is right, have it released under a new version, or take the entry out of secure-docker.lock.',
  })
}

/** A waiver of a floor that no preset lets a project waive. */
export function idleProblem({ floor, because: { file, line } }: Waiver): Problem {
  return new Problem({
    code: 'waiver-idle',
    exit: exitCodes.belowFloor,
    message: `${file} waives ${floor}, which no preset of this project lets it waive.`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: 'Remove the waiver, or have the preset permit it: waivers = true.',
  })
}
