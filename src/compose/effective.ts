import type { ComposeDocument, EffectiveService, Placed } from '../model/document.ts'
import { type Parsed, parseCompose } from './read.ts'
import { isRecord } from './values.ts'

type Text = { readonly file: string; readonly text: string }

// What an override replaces although it is a list (Compose specification, "Merge and override").
const replaced: ReadonlySet<string> = new Set(['command', 'entrypoint', 'test'])

/** What Compose makes of a file and those that override it, in their order; or which of them cannot be read. */
export function effectiveCompose(
  texts: readonly Text[],
): ComposeDocument | { readonly file: string; readonly problem: string; readonly line?: number } {
  const files: Parsed[] = []
  for (const { file, text } of texts) {
    const read = parseCompose(text, file)
    if ('problem' in read) return { file, ...read }
    files.push(read)
  }
  const [first] = texts
  const services = new Map<string, EffectiveService>()
  for (const file of files)
    for (const [name, value] of Object.entries(isRecord(file.data['services']) ? file.data['services'] : {}))
      services.set(name, merged(services.get(name), name, isRecord(value) ? value : {}, file))
  const includes = files.flatMap(({ data, at }) => ('include' in data ? [at('include')] : []))
  const extended = [...services.values()].flatMap(({ keys }) => keys['extends']?.because ?? [])
  return { file: first?.file ?? '', services: [...services.values()], elsewhere: [...includes, ...extended] }
}

function merged(
  below: EffectiveService | undefined,
  name: string,
  value: Readonly<Record<string, unknown>>,
  file: Parsed,
): EffectiveService {
  const keys: Record<string, Placed<unknown>> = { ...below?.keys }
  for (const [key, above] of Object.entries(value)) {
    const way = ['services', name, key]
    const because = file.at(...way)
    if (file.tags.get(way.join('\0')) === '!reset') delete keys[key]
    else keys[key] = { value: overridden(keys[key]?.value, above, way, file), because }
  }
  return { name, because: below?.because ?? file.at('services', name), keys }
}

function overridden(below: unknown, above: unknown, way: readonly string[], file: Parsed): unknown {
  const key = way.at(-1) ?? ''
  if (below === undefined || file.tags.has(way.join('\0')) || replaced.has(key)) return above
  if (Array.isArray(below) && Array.isArray(above)) return [...below, ...above]
  if (!isRecord(below) || !isRecord(above)) return above
  const all: Record<string, unknown> = { ...below }
  for (const [inner, value] of Object.entries(above)) {
    const inside = [...way, inner]
    if (file.tags.get(inside.join('\0')) === '!reset') delete all[inner]
    else all[inner] = overridden(all[inner], value, inside, file)
  }
  return all
}
