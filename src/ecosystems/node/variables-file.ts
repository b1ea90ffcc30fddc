import type { Notice } from '../../model/app.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { firstHit } from './code.ts'

const config = String.raw`(?:\w{1,30}|require\(\s{0,4}['"]dotenv['"]\s{0,4}\))\.config\([^;]{0,160}?\)[^{}]{0,160}?\bif\s{0,4}\(\s{0,4}`
const ends = String.raw`\)\s{0,20}\{?[^{}]{0,300}?(?:\bthrow\b|\bprocess\.exit\()`
/** dotenv does not throw: a program that looks at what it says, and ends, wants the file to be there. */
const insists: readonly RegExp[] = [
  new RegExp(String.raw`\b(\w{1,30})\s{0,4}=\s{0,4}${config}(?:\1\.error|!\s{0,4}\1(?:\.parsed)?)\s{0,4}${ends}`, 'g'),
  new RegExp(String.raw`(\berror)\s{0,4}[,}][^;=]{0,40}=\s{0,4}${config}error\s{0,4}${ends}`, 'g'),
]

/** Where the program ends without a file of variables, which may hold secrets and so is not in the image. */
export function findVariablesFile(tree: Tree, files: readonly string[]): Evidence | undefined {
  const reading = files.filter((file) => /\bdotenv\b/.test(tree.texts.get(file) ?? ''))
  return insists.map((pattern) => firstHit(tree, reading, pattern)).find((hit) => hit !== undefined)?.evidence
}

/** Says what becomes of such a program. */
export function variablesFileNotices(evidence: Evidence | undefined): readonly Notice[] {
  if (evidence === undefined) return []
  return [
    {
      code: 'node-variables-file',
      text: 'The program ends without a file .env. The file may hold secrets, so it is not in the image: a flag of node has it find an empty one.',
      because: [evidence],
      fix: 'Nothing, when compose.yaml gives it its variables (secure-docker env lists them): what stands there holds.',
    },
  ]
}
