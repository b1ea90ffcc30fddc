import { detectNode } from '../src/ecosystems/node/detect.ts'
import { Problem } from '../src/model/problem.ts'
import type { Tree } from '../src/model/tree.ts'

type Texts = Readonly<Record<string, string>>

export function treeOf(texts: Texts, others: readonly string[] = []): Tree {
  const files = [...Object.keys(texts), ...others]
  const folders = files.flatMap((file) => [...file.matchAll(/\//g)].map((slash) => file.slice(0, slash.index)))
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

export const express = { dependencies: { express: '^5.0.0' } }
export const lockOf = (packages: Readonly<Record<string, object>>) =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } })
export const detect = (manifest: object, texts: Texts = {}, others: readonly string[] = []) => {
  const app = detectNode(treeOf({ 'package.json': JSON.stringify(manifest, null, 2), ...texts }, others))
  if (app === undefined) throw new Error('no Node.js app was seen')
  return app
}
export const codes = (app: ReturnType<typeof detect>) => app.notices.map(({ code }) => code)
export const problemOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.text
    throw error
  }
  return undefined
}
