/** What a table has under a name that comes from a repository: `constructor`, which every object has, is a name like others. */
export function entryOf<V>(table: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
