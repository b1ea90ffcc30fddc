import { toolPackage } from '../../catalogue/tools.ts'
import type { Tool } from '../../model/app.ts'
import type { Manifest } from './manifest.ts'

/** Packages that call a program of the system, and those that bring it in its place. */
export const callers: Readonly<Record<string, { readonly tool: string; readonly unless?: readonly string[] }>> = {
  'fluent-ffmpeg': { tool: 'ffmpeg', unless: ['ffmpeg-static', '@ffmpeg-installer/ffmpeg', 'ffmpeg-ffprobe-static'] },
  gm: { tool: 'graphicsmagick' },
  'libreoffice-convert': { tool: 'libreoffice' },
  'node-poppler': { tool: 'poppler-utils' },
  'node-tesseract-ocr': { tool: 'tesseract-ocr' },
  'simple-git': { tool: 'git' },
}

/** Programs that the packages of an app call. */
export function calledTools({ dependencies, evidence }: Manifest): readonly Tool[] {
  return Object.entries(callers).flatMap(([name, { tool, unless = [] }]) => {
    const known = toolPackage(tool)
    if (known === undefined || !(name in dependencies) || unless.some((other) => other in dependencies)) return []
    return [{ ...known, because: evidence('dependencies', name) }]
  })
}
