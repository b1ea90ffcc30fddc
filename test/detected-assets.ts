import { assetsFor } from '../src/ecosystems/assets.ts'
import { detectPython } from '../src/ecosystems/python/detect.ts'
import { djangoFiles, treeOf } from '../src/ecosystems/python/tree.fixture.ts'
import type { App } from '../src/model/app.ts'
import type { Assets, Lacking } from '../src/model/assets.ts'
import { detect as detectGo, mod, server } from './detected-go.ts'

const because = { file: 'main.go', line: 3, saw: '//go:embed' }
export const lack = (path: string, needed = true): Lacking => ({ path, needed, because })
const notBuilt = { code: 'assets-not-built', text: 'Not built.', because: [], fix: '' }
const bare: Readonly<Record<'go' | 'python', App | undefined>> = {
  go: detectGo({ 'go.mod': mod, 'main.go': server }),
  python: detectPython(treeOf(djangoFiles())),
}
export const app = (ecosystem: 'go' | 'python', ...lacks: readonly Lacking[]): App => {
  const detected = bare[ecosystem]
  if (detected === undefined) throw new Error(`no app of ${ecosystem}`)
  return { ...detected, lacks, notices: [notBuilt] }
}
export const packageJson = (scripts: Readonly<Record<string, string>>, rest: object = {}): string => JSON.stringify({ scripts, ...rest })
export const found = (texts: Readonly<Record<string, string>>, project: App): Assets => {
  const assets = assetsFor(treeOf(texts), project)
  if (assets === undefined || !('made' in assets)) throw new Error(`no assets: ${JSON.stringify(assets)}`)
  return assets
}
