const quoted = /["'`][^"'`\n]{1,200}["'`]/.source
const call = /(?:path\.)?(?:resolve|join)\([^()\n]{1,200}\)/.source
const value = String.raw`${quoted}|${call}|__dirname\s{0,10}\+\s{0,10}${quoted}`
const name = /[A-Za-z_$][\w$]{0,60}/.source

// What tools call the places that they write to; settings call some of their own in capitals.
const keys =
  /\b(?:outDir|outdir|outputDir|outputPath|outfile|distDir|buildDir|publicDir|dest|dir|file|path|assets|pages|(?:[A-Z]{1,20}_){0,2}(?:PATH|DIR))/
    .source
const output = new RegExp(String.raw`${keys}["']?\s*[:=]\s*(${value}|${name}(?=\s{0,10}[,;}\n]))`, 'g')
const constant = new RegExp(String.raw`\b(?:const|let|var)\s{1,10}(${name})\s{0,10}=\s{0,10}(${value})`, 'g')
const piece = new RegExp(`${quoted}|${name}`, 'g')

// Constants of constants are followed up to here.
const deepest = 4

/** The paths that settings written in JavaScript name as what is made, as far as constants in the same text tell them. */
export function outputsIn(text: string): readonly string[] {
  const constants = new Map([...text.matchAll(constant)].map(([, key = '', said = '']) => [key, said]))
  return [...text.matchAll(output)].map(([, said = '']) => tidy(told(said, constants, 0)))
}

/** A value in quotes, the parts that a call joins, or what stands under a name; nothing for what only a run tells. */
function told(said: string, constants: ReadonlyMap<string, string>, depth: number): string {
  if (depth > deepest) return ''
  const parts = [...said.matchAll(piece)].map(([part]) =>
    /^["'`]/.test(part)
      ? part.slice(1, -1).replace(/\$\{([\w$]{1,60})\}/g, (_, key: string) => told(constants.get(key) ?? '', constants, depth + 1))
      : told(constants.get(part) ?? '', constants, depth + 1),
  )
  return parts.filter((part) => part !== '').join('/')
}

function tidy(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}
