import type { Sourced } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'
import { ownFile } from './own-dockerfile.ts'
import { detected, evidenceAt } from './search.ts'

// Debuggers of Node.js and Python, which are no web servers.
const debuggers = new Set([5678, 9229])

/** The port that the project's own Dockerfile exposes, the last stage before the others, else one that a compose file publishes of a program built here. */
export function exposedPort(tree: Tree): Sourced<number> | undefined {
  const { file, text } = ownFile(tree) ?? { file: 'Dockerfile', text: '' }
  for (const match of [...text.matchAll(/^[ \t]*EXPOSE[ \t]+([^\n]{1,200})$/gim)].reverse()) {
    const port = (match[1] ?? '')
      .split(/[ \t]+/)
      .map(portOf)
      .find(serves)
    if (port !== undefined) return detected(port, evidenceAt(file, text, match.index))
  }
  const built = (tree.compose ?? []).flatMap(({ services }) => services.filter(({ dockerfile }) => dockerfile === file))
  for (const { ports, because } of built) {
    const published = ports.map(({ container }) => container).find(serves)
    if (published !== undefined) return detected(published, because)
  }
  return undefined
}

/** A port of EXPOSE; those of UDP are no ports of a web server. */
function portOf(word: string): number {
  return Number(/^(\d{2,5})(?:\/tcp)?$/i.exec(word)?.[1])
}

function serves(port: number): boolean {
  return port >= 80 && port < 65_536 && !debuggers.has(port)
}
