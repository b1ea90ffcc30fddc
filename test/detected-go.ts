import { detectGo } from '../src/ecosystems/go/detect.ts'
import type { Tree } from '../src/model/tree.ts'

export const server = 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":7000", nil)\n}\n'
export const tool = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("done")\n}\n'
export const mod = 'module github.com/acme/shop/v2\n\ngo 1.24\n'

export function tree(texts: Record<string, string>, others: readonly string[] = []): Tree {
  const files = [...Object.keys(texts), ...others].sort()
  const folders = files.flatMap((f) =>
    f
      .split('/')
      .slice(0, -1)
      .map((_, i, all) => all.slice(0, i + 1).join('/')),
  )
  return { files: new Set(files), folders: new Set(folders), texts: new Map(Object.entries(texts)), unread: new Map() }
}

export const detect = (texts: Record<string, string>, others?: readonly string[]) => detectGo(tree(texts, others))
