import type { Tree } from '../model/tree.ts'
import { ownStages } from './own-dockerfile.ts'

// What our own image or compose file says: how it runs, where it listens, where its services are; and what is nobody's business.
const ours =
  /^(?:NODE_\w+|PATH|HOME|USER|LANG|LC_\w+|TZ|HOST|HOSTNAME|BIND|IP|GO\w+|CGO_\w+|NPM_\w+|YARN_\w+|PNPM_\w+|PYTHON\w+|DJANGO_SETTINGS_MODULE)$|PORT$|HOST$|ADDR(?:ESS)?$|UR[LI]$|DSN$|DEBUG|PASS|SECRET|TOKEN|KEY|CREDENTIAL/i
// A word, a number, a list of them: no path, which means a place in their image, and nothing that is made while building.
const plain = /^[\w.,:+-]{1,60}$/

/** What the last stage of the own Dockerfile sets, where the code reads it by that name: `SOURCE=docker`, `LOG_LEVEL=info`. */
export function ownEnvironment(tree: Tree, code: readonly string[]): Readonly<Record<string, string>> {
  const entries = [...(ownStages(tree).at(-1)?.environment ?? [])].filter(
    ([name, value]) => /^[A-Z][A-Z0-9_]{1,60}$/.test(name) && !ours.test(name) && plain.test(value),
  )
  return Object.fromEntries(
    entries.filter(([name]) => {
      const reads = new RegExp(String.raw`\benv\.${name}\b|["'\x60]${name}["'\x60]`)
      return code.some((text) => reads.test(text))
    }),
  )
}
