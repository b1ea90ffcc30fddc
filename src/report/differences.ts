import type { Difference } from '../model/difference.ts'
import { oneLine } from '../model/text.ts'
import { wrapped } from './table.ts'

const narrowest = 20
const widest = 120

/** What a person's compose file and ours make of each service, for people. */
export function differencesText(file: string, path: string, all: readonly Difference[], width: number): string {
  if (all.length === 0) return ''
  const lines = [
    `${oneLine(file)} and ${path}, service by service:`,
    ...all.flatMap((one) => [`  ${oneLine(one.service)}: ${one.there ? 'kept' : 'not in ours'}`, ...(one.there ? detailsOf(one) : [])]),
  ]
  return `${lines.flatMap((line) => wrapped(line, Math.min(Math.max(width, narrowest), widest) - 1)).join('\n')}\n`
}

function detailsOf({ changed, added, dropped }: Extract<Difference, { readonly there: true }>): readonly string[] {
  const changes = changed.map(({ key, before, after }) =>
    before === undefined || after === undefined ? oneLine(key) : `${oneLine(key)} (${oneLine(before)} -> ${oneLine(after)})`,
  )
  const rows = { changes, adds: added.map(oneLine), drops: dropped.map(oneLine) }
  return Object.entries(rows).flatMap(([word, keys]) => (keys.length === 0 ? [] : [`    ${word} ${keys.join(', ')}`]))
}
