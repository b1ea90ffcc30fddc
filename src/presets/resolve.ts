import { combined } from '../choose/choose.ts'
import type { App } from '../model/app.ts'
import type { Chosen } from '../model/options.ts'
import type { Preset, PresetLayers, PresetLookup, PresetRef, Resolved, Section } from '../model/preset.ts'
import { exitCodes, Problem } from '../model/problem.ts'
import type { ProblemCode } from '../model/problem-codes.ts'
import { parsePreset } from './parse.ts'

/** How far one preset may extend another, and how many there may be in all. */
const deepest = 50
const most = 200

/**
 * All presets that the names lead to, each after what it extends: the later one wins. A preset that is reached twice stands once.
 * Throws a Problem when one cannot be found, extends itself, or when there are too many.
 */
export function resolvePresets(refs: readonly PresetRef[], lookup: PresetLookup): Resolved {
  const done = new Map<string, Preset>()
  const visit = ({ ref, because }: PresetRef, path: readonly string[]): void => {
    const source = lookup(ref, path.at(-1))
    if (source === undefined) throw problem('preset-unknown', `${because.file} names the preset ${ref}, which is not known.`, because)
    if (path.includes(source.ref)) {
      const circle = [...path.slice(path.indexOf(source.ref)), source.ref].join(' → ')
      throw problem('preset-circle', `A preset extends itself: ${circle}.`, because)
    }
    if (done.has(source.ref)) return
    if (path.length >= deepest) throw problem('preset-too-deep', `Presets extend each other more than ${deepest} times.`, because)
    if (done.size >= most) throw problem('preset-too-many', `These are more than ${most} presets.`, because)
    const preset = parsePreset(source)
    for (const next of preset.extends) visit(next, [...path, source.ref])
    done.set(source.ref, preset)
  }
  for (const ref of refs) visit(ref, [])
  return { presets: [...done.values()] }
}

function problem(code: ProblemCode, message: string, { file, line }: PresetRef['because']): Problem {
  const fix = 'Mend the name, or take it away.'
  return new Problem({ code, exit: exitCodes.usage, message, file, ...(line === undefined ? {} : { line }), fix })
}

/** What the presets say about an app. Throws a Problem when their floors leave nothing that satisfies them all. */
export function layersFor({ presets }: Resolved, app: App): PresetLayers {
  const sections = presets.flatMap((preset) => preset.sections.filter((section) => holds(section, app)))
  return {
    refs: presets.map((preset) => preset.ref),
    defaults: merged(sections.map((s) => s.defaults)),
    force: merged(sections.map((s) => s.force)),
    floors: sections.flatMap((s) => s.floors),
    blocks: [...new Map(sections.flatMap((s) => s.blocks).map((block) => [block.name, block])).values()],
  }
}

function merged(layers: readonly Chosen[]): Chosen {
  return combined(layers)
}

function holds({ when }: Section, app: App): boolean {
  const kind = app.found.port?.value === 0 ? 'worker' : 'web'
  return (
    (when.ecosystem?.includes(app.ecosystem) ?? true) &&
    (when.framework === undefined || when.framework.some((name) => app.frameworks.includes(name))) &&
    (when.kind?.includes(kind) ?? true)
  )
}
