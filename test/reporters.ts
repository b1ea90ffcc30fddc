/** The usual output, and a JSON report of that name in the folder that REPORTS says, for who counts over several runs. */
export function reporters(name: string): ('default' | ['json', { readonly outputFile: string }])[] {
  const folder = process.env['REPORTS']
  return folder === undefined ? ['default'] : ['default', ['json', { outputFile: `${folder}/${name}.json` }]]
}
