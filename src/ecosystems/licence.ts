import type { Sourced } from '../model/evidence.ts'
import type { Tree } from '../model/tree.ts'
import { detected, evidenceAt } from './search.ts'

/** Files that hold a licence, the usual name first. */
export const licenceFiles = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'LICENCE', 'COPYING']

/** Well-known headlines. The GNU licences are not among them: their text does not tell "only" from "or later". */
const licences: readonly { readonly says: RegExp; readonly id: string }[] = [
  { says: /\bMIT License\b|^Permission is hereby granted, free of charge/im, id: 'MIT' },
  { says: /^\s*Apache License\s+Version 2\.0/im, id: 'Apache-2.0' },
  { says: /^\s*#?\s*Mozilla Public License,? Version 2\.0/im, id: 'MPL-2.0' },
  { says: /\bISC License\b/i, id: 'ISC' },
  { says: /\bBSD 3-Clause\b|Neither the name of/i, id: 'BSD-3-Clause' },
  { says: /\bBSD 2-Clause\b|^Redistribution and use in source and binary forms/im, id: 'BSD-2-Clause' },
  { says: /^This is free and unencumbered software released into the public domain/im, id: 'Unlicense' },
]
const headLength = 3000

/** SPDX identifier of the licence, by the headline of its file. */
export function licenceOf(tree: Tree): Sourced<string> | undefined {
  for (const file of licenceFiles) {
    const text = tree.texts.get(file)?.slice(0, headLength)
    const known =
      text === undefined ? undefined : licences.map(({ says, id }) => ({ id, match: says.exec(text) })).find((l) => l.match !== null)
    if (text !== undefined && known?.match)
      return detected(known.id, evidenceAt(file, text, known.match.index + known.match[0].search(/\S/)))
  }
  return undefined
}
