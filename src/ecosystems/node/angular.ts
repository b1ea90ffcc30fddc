import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { isRecord, parseJson } from './json.ts'

const settings = 'angular.json'

/** A folder with what names it. */
export interface Named {
  readonly folder: string
  readonly because: Evidence
}

/** Where the Angular CLI puts the files for browsers, by its settings; undefined where they make a server too, or tell nothing. */
export function angularOutput(tree: Tree, flagged: string | undefined): Named | undefined {
  const text = tree.texts.get(settings) ?? ''
  const { projects: all, defaultProject } = recordOf(parseJson(text))
  const projects = recordOf(all)
  const isApplication = (name: string): boolean => recordOf(projects[name])['projectType'] === 'application'
  const name = Object.keys(projects).find((key) => key === defaultProject) ?? Object.keys(projects).find(isApplication)
  if (name === undefined) return undefined
  const { architect, targets } = recordOf(projects[name])
  const { builder, options } = recordOf(recordOf(architect ?? targets)['build'])
  const { outputPath = `dist/${name}`, outputMode, ssr, server } = recordOf(options)
  if (ssr ?? (server && outputMode !== 'static')) return undefined
  const { base, browser = 'browser' } = isRecord(outputPath) ? outputPath : { base: outputPath }
  const apart = /:application$/.test(String(builder)) && browser !== ''
  const at = Math.max(text.indexOf('"outputPath"'), 0)
  return { folder: `${flagged ?? String(base)}${apart ? `/${String(browser)}` : ''}`, because: evidenceAt(settings, text, at) }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}
