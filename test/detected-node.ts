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

/** Of a workspace with these packages, by folder. */
export function workspace(root: object, packages: Readonly<Record<string, object>>, texts: Readonly<Record<string, string>> = {}) {
  const manifests = Object.entries(packages).map(([folder, manifest]) => [`${folder}/package.json`, JSON.stringify(manifest, null, 2)])
  return {
    'package.json': JSON.stringify({ name: 'shop', private: true, ...root }, null, 2),
    'package-lock.json': lockOf(packages),
    ...Object.fromEntries(manifests),
    ...texts,
  }
}

/** The app of these files, where `start` is what a person wants to be started. */
export const started = (texts: Texts, start?: string) => {
  const app = detectNode(treeOf(texts), start)
  if (app === undefined) throw new Error('no Node.js app was seen')
  return app
}
