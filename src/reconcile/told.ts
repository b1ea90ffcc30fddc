const secretName = String.raw`[\w.-]{0,60}(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|_KEY|CREDENTIALS?)(?:_(?!FILE\b)\w{1,60})?`
// `NAME=value`, `NAME: value`, `"NAME": "value"`; what another variable gives is no secret.
const assigned = new RegExp(
  String.raw`\b(${secretName}["']?[ \t]*[:=][ \t]*)(?!["']?\$\{?\w+\}?["']?(?:\s|$))(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#]+)`,
  'gi',
)
// `ENV NAME value`
const spaced = new RegExp(String.raw`^([ \t]*ENV[ \t]+${secretName}[ \t]+)(?!=)[^\n]+`, 'gim')
// A block of YAML: `NAME: |` and the lines that stand deeper.
const block = new RegExp(String.raw`^([ \t]*)(${secretName}["']?:[ \t]*)[|>][^\n]*((?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))*)`, 'gim')
const inAddress = /(:\/\/[^\s:@/"']{0,100}):[^\s@/"']{1,200}@/g

/** A person's text as the lock may hold it: committed and read by all. What sounds secret is left out; every line stays where it is. */
export function withoutSecrets(text: string): string {
  const withoutBlocks = text.replace(
    block,
    (_, indent: string, name: string, lines: string) => `${indent}${name}left-out${lines.replace(/[^\n]+/g, '')}`,
  )
  return withoutBlocks.replace(assigned, '$1left-out').replace(spaced, '$1left-out').replace(inAddress, '$1:left-out@')
}
