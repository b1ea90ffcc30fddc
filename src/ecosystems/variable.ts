import type { Variable } from '../model/app.ts'
import type { Evidence } from '../model/evidence.ts'

// Names are judged in lower case with single underscores around each word: `_jwt_secret_`.
const secretWords =
  /_(?:secrets?|password|passwd|passphrase|pass|pwd|token|apikey|credentials?|salt|pepper|dsn)_|(?:password|secret|apikey|token)_/
const secretKeys =
  /_(?:api|private|access|encryption|encrypt|signing|sign|auth|master|account|service|licen[cs]e|jwt|session|cookie|app|salt|fernet|hmac|shared|symmetric)_keys?_/
const secretAddresses = /_webhook_ur[li]_/
/** A word that says that it is about a secret, and is none. */
const open =
  /_(?:public|publishable|expir\w*|ttl|lifetime|duration|length|rounds|max|min|age|timeout|seconds|minutes|hours|days|reset|policy|limit|required|allow\w*)_|_(?:header|name|issuer|audience|algorithm|alg|ids?|url|uri|path|file|endpoint|enabled?|disabled?|prefix|type|host|port)_$/

// Keys that a program makes up for itself: of its sessions, of what it signs.
const own =
  /^_(?:(?:app|application|django|flask|server|auth|nextauth|better|payload|web|my|node|jwt|session|sessions|cookie|cookies|csrf|xsrf|access|refresh|token|signing|encryption|crypto?|hash|password|express|user|admin|hmac)_)*(?:secret|secret_key|secretkey|(?:jwt|session|cookie|app|signing|encryption|hmac|symmetric)_keys?|salt|pepper)_$/

// The same whatever stands before: nobody hands out the secret of a session. Of up to three letters, it is the program's initials.
const ownAnywhere = /_(?:sessions?|cookies?|csrf|xsrf)_(?:secrets?|secret_key|keys?|salt)_$|^_(?:[a-z]{1,3}_)?shared_secret_$/
// What it signs links and calls between its own parts with.
const ownUse =
  /_(?:forgot|confirm|confirm_email|verify|verification|activation|magic_link|invite|honeypot|internal|preview|draft|revalidat\w+|cron)_(?:secret|secret_key|token_secret)_$|^_internal_(?:\w+_)?token_$/
// Passwords of the program's first user, which whoever starts it chooses.
const login = /_(?:admin|administrator|superuser|super_user|basic_auth|login|dashboard)_(?:user_)?(?:password|passwd|pass|pwd)_$/

/** A variable with what its name tells: whether the value is a secret, and whether any random text will do for it. */
export function variable(
  name: string,
  given: { readonly default?: string; readonly required: boolean },
  because: readonly Evidence[],
): Variable {
  const words = `_${name.replace(/([a-z])(?=[A-Z])/g, '$1_').toLowerCase()}_`
  const secret = secretAddresses.test(words) || ((secretWords.test(words) || secretKeys.test(words)) && !open.test(words))
  return { name, ...given, secret, generated: secret && [own, ownAnywhere, ownUse, login].some((made) => made.test(words)), because }
}
