import type { Loader } from '../model/plan.ts'
import { secretPath } from './row.ts'

/** A command that reads these secrets into its environment first: the words to put before it, and the command itself. */
export function loading(
  loader: Loader,
  secrets: readonly string[],
  argv: readonly string[],
): { readonly loader: readonly string[]; readonly program: readonly string[] } {
  const files = secrets.map(secretPath)
  if (secrets.length === 0) return { loader: [], program: argv }
  if ('program' in loader) return { loader: [...loader.program, ...files, '--'], program: argv }
  const { before, after } = loader.flag
  return { loader: [], program: [...argv.slice(0, 1), ...files.map((file) => `${before}${file}${after}`), ...argv.slice(1)] }
}
