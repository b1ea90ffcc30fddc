import type { Difference } from '../model/difference.ts'
import { type Parsed, parseCompose } from './read.ts'
import { isRecord } from './values.ts'

type Service = Readonly<Record<string, unknown>>

/** Service by service, in the order of the person's file; none when theirs cannot be read. */
export function differences(theirs: { readonly file: string; readonly text: string }, ours: string): readonly Difference[] {
  const [before, after] = [servicesOf(parseCompose(theirs.text, theirs.file)), servicesOf(parseCompose(ours, 'compose.yaml'))]
  return Object.entries(before).map(([service, old]): Difference => {
    const fresh = Object.hasOwn(after, service) ? after[service] : undefined
    return fresh === undefined ? { service, there: false } : { service, there: true, ...between(old, fresh) }
  })
}

function servicesOf(parsed: ReturnType<typeof parseCompose>): Readonly<Record<string, Service>> {
  const services = 'problem' in parsed ? undefined : (parsed as Parsed).data['services']
  return isRecord(services)
    ? Object.fromEntries(Object.entries(services).filter((entry): entry is [string, Service] => isRecord(entry[1])))
    : {}
}

/** Keys whose values are shown. */
const shown: ReadonlySet<string> = new Set(['image', 'ports'])

function between(old: Service, fresh: Service) {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort()
  const differing = keys.filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]))
  const isChanged = (key: string): boolean => shown.has(key) || (Object.hasOwn(old, key) && Object.hasOwn(fresh, key))
  return {
    changed: differing
      .filter(isChanged)
      .map((key) => ({ key, ...(shown.has(key) ? { before: text(old[key]), after: text(fresh[key]) } : {}) })),
    added: differing.filter((key) => !isChanged(key) && Object.hasOwn(fresh, key)),
    dropped: differing.filter((key) => !isChanged(key) && Object.hasOwn(old, key)),
  }
}

function text(value: unknown): string {
  if (value === undefined) return 'none'
  const items = Array.isArray(value) ? value : [value]
  return items.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(' ')
}
