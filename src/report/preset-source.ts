import { type PresetSource, presetFile } from '../model/preset.ts'
import type { Pin } from '../model/reference.ts'

/** Document of `preset show --json`. */
export interface PresetSourceJson extends Partial<Omit<Pin, 'exact'>> {
  readonly schema: 1
  readonly preset: string
  readonly files: Readonly<Record<string, string>>
}

/** A preset for machines: its name, what it came to, and its texts. */
export function sourceJson({ ref, digest, files }: PresetSource, pin: Pin | undefined): PresetSourceJson {
  const { exact: _, ...came } = pin ?? { exact: true, ...(digest !== undefined && { digest }) }
  return { schema: 1, preset: ref, ...came, files: Object.fromEntries(files) }
}

/** Its document as it is, then every template under its name. */
export function sourceText({ files }: PresetSource): string {
  const more = [...files].filter(([path]) => path !== presetFile).map(([path, text]) => `\n# ${path}\n${text}`)
  return `${files.get(presetFile) ?? ''}${more.join('')}`
}
