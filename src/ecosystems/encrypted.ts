import type { Tree } from '../model/tree.ts'

/** What asks PostgreSQL for an encrypted connection, as its hosts want it, and takes any certificate. */
const asking: readonly RegExp[] = [
  // `ssl: { rejectUnauthorized: false }`, `ssl: isProduction ? { require: true } : false`, `ssl: true` of pg and the mappers above it.
  /\bssl["']?\s{0,4}[:=](?!=)\s{0,4}(?:[^;{}\n]{0,80}\{\s{0,20}["']?(?:require|rejectUnauthorized)\b|true\b|process\.env\.NODE_ENV\s{0,4}===)/,
  // dj-database-url, and django-heroku, which calls it so.
  /\bssl_require\s{0,4}=(?!\s{0,4}False)|\bdjango_(?:on_)?heroku\.settings\(|["']sslmode["']\s{0,4}:\s{0,4}["']require["']/,
  /\bsslmode=require\b/,
]
const code = /\.(?:[cm]?[jt]s|json|py|go)$/
const beside = /(?:^|\/)(?:tests?|docs?|examples?|client|frontend|public|static)\/|(?:^|\/)(?:package(?:-lock)?|tsconfig)\.json$/

/** Whether a program asks its PostgreSQL for encryption: a server that offers it serves others as well. */
export function asksForEncryption(tree: Tree): boolean {
  return [...tree.texts].some(([file, text]) => code.test(file) && !beside.test(file) && asking.some((pattern) => pattern.test(text)))
}
