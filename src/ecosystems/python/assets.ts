import type { Notice } from '../../model/app.ts'
import type { Tree } from '../../model/tree.ts'
import { evidenceAt } from '../search.ts'
import { joined } from './files.ts'

const builds = /"((?:[\w-]+:)*build(?::[\w:-]+)?)"\s*:\s*"([^"\n]{1,200})"/g
const nothing = /^\s*(?:echo|exit|true)\b|\b(?:docker|storybook|docs?)\b/

/** Scripts of a package.json beside the project or above it that make what its pages show: the image is built without Node.js. */
export function assetsNotices(tree: Tree, folder: string): readonly Notice[] {
  for (const file of [...new Set([joined(folder, 'package.json') ?? '', 'package.json'])]) {
    const text = tree.texts.get(file) ?? ''
    const script = [...text.matchAll(builds)].find(([, , command = '']) => !nothing.test(command))
    if (script === undefined) continue
    return [
      {
        code: 'assets-not-built',
        text: `The script ${script[1]} makes files with Node.js; the image is built without it, and holds only those that are committed.`,
        because: [evidenceAt(file, text, script.index)],
        fix: 'Add a stage that runs it to the Dockerfile, and copy what it makes before the static files are collected: a later run keeps your lines.',
      },
    ]
  }
  return []
}
