const secretName = String.raw`[\w.-]*(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|_KEY|CREDENTIALS?)(?:_(?!FILE\b)\w+)?`
// `NAME=value`, `NAME: value`, `"NAME": "value"`; what another variable gives is no secret.
const assigned = new RegExp(
  String.raw`\b(${secretName}["']?[ \t]*[:=][ \t]*)(?!["']?\$\{?\w+\}?["']?(?:\s|$))(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#]+)`,
  'gi',
)
// `ENV NAME value`
const spaced = new RegExp(String.raw`^([ \t]*ENV[ \t]+${secretName}[ \t]+)(?!=)[^\n]+`, 'gim')
const inAddress = /(:\/\/[^\s:@/"']{0,100}):[^\s@/"']{1,200}@/g

/** A person's text as the lock may hold it: committed and read by all. What sounds secret is left out; every line stays where it is. */
export function withoutSecrets(text: string): string {
  return text.replace(assigned, '$1left-out').replace(spaced, '$1left-out').replace(inAddress, '$1:left-out@')
}
