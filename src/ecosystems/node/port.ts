import type { Evidence, Sourced } from '../../model/evidence.ts'
import type { Tree } from '../../model/tree.ts'
import { detected } from '../search.ts'
import { firstHit, type Hit, hits, type Sources } from './code.ts'
import type { Start } from './command.ts'
import { isOwnServer } from './programs.ts'

// Names of the variable that programs take their port from. DB_PORT and its like are other servers' ports.
const name = '(?:(?:APP|SERVER|HTTP|API|WEB|NODE|LISTEN|BACKEND|EXPRESS)_)?PORT'
const number = String.raw`['"\x60]?(\d{2,5})\b`

// Ways to write a port with its default, the surest first. `env` stands for process.env and for objects made of it.
const surePatterns: readonly RegExp[] = [
  new RegExp(
    String.raw`\benv(?:\.${name}\b|\[['"]${name}['"]\])[^;\n]{0,40}?(?:\|\||\?\?|:|,)\s{0,20}(?:Number\(|parseInt\(|\+)?${number}`,
    'g',
  ),
  new RegExp(String.raw`\b${name}(?:\s{0,4}:\s{0,4}\w{1,30})?\s{0,4}=\s{0,4}${number}[^;]{0,300}=\s{0,4}process\.env`, 'g'),
  new RegExp(String.raw`\b${name}['"]?\s{0,4}:[^;}]{0,200}?\bdefault\s{0,4}(?:\(|:)\s{0,4}${number}`, 'g'),
  new RegExp(String.raw`\b(?:listen_?)?port\s{0,4}:\s{0,4}\{[^{}]{0,300}?\bdefault\s{0,4}:\s{0,4}${number}`, 'g'),
  new RegExp(String.raw`['"]${name}['"]\s{0,4}[,)][^;\n]{0,30}?\b(\d{2,5})\b`, 'g'),
  new RegExp(String.raw`\.listen\(\s{0,20}(?:\{[^}]{0,80}?\bport\s{0,4}:\s{0,4})?${number}`, 'g'),
  new RegExp(String.raw`\bserve\([^;]{0,200}?\bport\s{0,4}:\s{0,4}${number}`, 'g'),
]
const weakPatterns: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:[a-z]{0,20}[pP]ort|[A-Z_]{0,20}PORT)(?:\s{0,4}:\s{0,4}\w{1,30})?\s{0,4}=[^=;\n]{0,60}?(?<![.\w])${number}`,
    'g',
  ),
  new RegExp(String.raw`(?<![A-Za-z])["']?port["']?\s{0,4}:[^;,\n]{0,60}?(?<![.\w])${number}`, 'gi'),
]
const readsPattern = new RegExp(
  String.raw`\benv(?:\.(${name})\b|\[['"](${name})['"]\])|[{,]\s{0,20}(${name})\b[^}]{0,300}\}\s{0,4}=\s{0,4}process\.env|['"](${name})['"]|\b(${name})\s{0,4}:\s{0,4}(?:z|Joi|joi|num|port|str|Type|yup|env)\b`,
  'g',
)

// A name of the program's own, where it is what the server listens to: `app.listen(process.env.SHOP_PORT)`.
const ownName = String.raw`\benv\.((?!(?:DB|DATABASE|REDIS|SMTP|MAIL|MONGO|POSTGRES|PG|MYSQL|DEBUG|PROXY|METRICS)_)[A-Z][A-Z0-9_]{0,40}_PORT)\b`
const listensPattern = new RegExp(
  String.raw`(?:\.listen\(\s{0,20}(?:\{[^}]{0,80}?\bport\s{0,4}:\s{0,4})?|\b(?:const|let|var)\s{1,4}(?:port|PORT)\s{0,4}=\s{0,4})(?:Number\(|parseInt\(|\+)?(?:process\.)?${ownName}`,
  'g',
)

const examples = ['.env', '.env.example', '.env.sample', '.env.template', '.env.defaults', '.env.production', '.env.dist', 'env.example']
const settings =
  /^(?:[\w-]+\/)?config\/(?:production|default)\.(?:json|ya?ml)$|(?:^|\/)config\.json$|^(?:src\/)?(?:defaults?|config)\/(?:config|default|production)\.[cm]?[jt]s$/

// Databases, queues, mail, chat and sensors: their ports stand in settings too.
const others = new Set([
  22, 25, 110, 143, 389, 465, 587, 636, 993, 995, 1025, 1433, 1521, 1883, 2525, 3306, 4222, 5432, 5433, 5672, 6379, 6380, 6667, 6697, 8883,
  9092, 9200, 11_211, 27_017, 27_018,
])

/** The variable that the program takes its port from. */
export function findPortVariable(tree: Tree, files: readonly string[]): Hit | undefined {
  const found = [...hits(tree, files, readsPattern)]
  return found.find((hit) => hit.value === 'PORT') ?? found[0] ?? firstHit(tree, files, listensPattern)
}

/** The port that the program listens on: as its command says, as the code does, as examples of its variables and settings do. */
export function findPort(
  tree: Tree,
  start: Start | undefined,
  { entry, all }: Sources,
  variable: Hit | undefined,
): Sourced<number> | undefined {
  const own = start !== undefined && isOwnServer(start.file)
  const told = start && commanded(start, own ? 'PORT' : variable?.value)
  if (start !== undefined && told !== undefined) return detected(told, ...start.because)
  if (own) return example(tree, 'PORT')
  const inCode =
    firstPort(tree, entry, surePatterns) ??
    firstPort(tree, all, surePatterns) ??
    firstPort(tree, entry, weakPatterns) ??
    (variable && example(tree, variable.value, variable.evidence))
  const config = [...tree.texts.keys()]
    .filter((file) => settings.test(file))
    .sort()
    .reverse()
  return inCode ?? firstPort(tree, config, weakPatterns) ?? firstPort(tree, all, weakPatterns)
}

function commanded(start: Start, variable: string | undefined): number | undefined {
  const set = variable === undefined ? undefined : start.environment[variable]
  const flag = start.args.findIndex((arg) => /^(?:-p|--port|-l|--listen)$/.test(arg))
  const joined = start.args.map((arg) => arg.match(/^--(?:port|listen)=(\d+)$/)?.[1]).find((value) => value !== undefined)
  return [joined, flag === -1 ? undefined : start.args[flag + 1], set].map(Number).find(isPort)
}

function firstPort(tree: Tree, files: readonly string[], patterns: readonly RegExp[]): Sourced<number> | undefined {
  for (const pattern of patterns) {
    for (const hit of hits(tree, files, pattern)) {
      const port = Number(hit.value)
      // A key of another variable in between: the default is that one's.
      const strays =
        /[,\n]\s*[A-Z][A-Z0-9_]+\s*:/.test(hit.text.slice(4)) ||
        /(?:DB|DATABASE|REDIS|SMTP|MAIL|MONGO|POSTGRES|PG|MYSQL|DEBUG|PROXY|METRICS)_?PORT/i.test(hit.text)
      if (isPort(port) && !others.has(port) && !strays) return detected(port, hit.evidence)
    }
  }
  return undefined
}

function example(tree: Tree, variable: string, ...because: readonly Evidence[]): Sourced<number> | undefined {
  const found = firstHit(tree, examples, new RegExp(String.raw`^[ \t]*(?:export[ \t]+)?${variable}[ \t]*=[ \t]*['"]?(\d{2,5})\b`, 'gm'))
  return found !== undefined && isPort(Number(found.value)) ? detected(Number(found.value), found.evidence, ...because) : undefined
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 80 && port < 65_536
}
