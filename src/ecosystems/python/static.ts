import type { PythonApp } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { ownCommands } from './own-script.ts'
import { placeOf } from './places.ts'
import { assigned, assignments, givesAnything, installed, type Settings } from './settings.ts'

/** Where static files are collected, and the folders that they come from which git does not hold: Django before 4.0 fails without them. */
export function findStatic(
  tree: Tree,
  folder: string,
  settings: Settings,
): Pick<PythonApp, 'collectStatic' | 'makesStatic' | 'staticRoot' | 'staticFolders'> {
  const value = assigned(tree, settings, 'STATIC_ROOT')
  const place = value && placeOf(tree, folder, settings, value.text, value.because.file)
  const { making } = ownCommands(tree)
  return {
    collectStatic: value !== undefined && givesAnything(value) && installed(tree, settings, 'django.contrib.staticfiles') !== undefined,
    ...(making.length > 0 ? { makesStatic: making.map(({ name }) => name) } : {}),
    staticRoot: place?.startsWith('/app/') ? undefined : place,
    staticFolders: sources(tree, settings).flatMap(({ text, file }) => {
      const path = placeOf(tree, folder, settings, text, file)
      return path?.startsWith('/app/') && !tree.folders.has(path.slice('/app/'.length)) ? [path] : []
    }),
  }
}

const prefix = /^\s*\(\s*["'][^"'\n]*["']\s*,/

/** The entries of STATICFILES_DIRS, in whatever branch. */
function sources(tree: Tree, settings: Settings): readonly { readonly text: string; readonly file: string }[] {
  return assignments(tree, settings, 'STATICFILES_DIRS').flatMap(({ text, because }) =>
    entries(text.slice(1)).map((entry) => ({ text: entry.replace(prefix, ''), file: because.file })),
  )
}

/** What commas divide outside of brackets, up to the bracket that closes a list. */
function entries(list: string): readonly string[] {
  const found = ['']
  let depth = 0
  for (const char of list) {
    if ('([{'.includes(char)) depth++
    if (')]}'.includes(char)) depth--
    if (depth < 0) break
    if (char === ',' && depth === 0) found.push('')
    else found.push(`${found.pop()}${char}`)
  }
  return found.filter((entry) => entry.trim() !== '')
}
