import fc from 'fast-check'

// Pieces that break out of one place or another, between texts of every kind.
const nasty = [
  ...['\n', '\r\n', '\t', '\0', '\u0085', '\u2028', '\u202e', '\ud800', 'é', '漢', '😀'],
  ...['"', "'", '\\', '$', '$(id)', '`id`', '#', ' #', ': ', '- ', '&&', ';', '|', '*', '?', '[', ']', '!', '%', '=', ',', '{{x}}'],
  ...['$' + '{HOME}', '<<EOF', '\n  privileged: true', '\nUSER root', '\\\nRUN id', ' --privileged'],
]

/** Texts that try to become something else where they are written. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 8 })
  .map((parts) => parts.join(''))

/** Tries a property on its cases. */
export function holds<T>(property: fc.IProperty<T>, usual?: number): void {
  fc.assert(property, runs(usual))
}

/** The same of a property that waits for something. */
export async function holdsLater<T>(property: fc.IAsyncProperty<T>, usual?: number): Promise<void> {
  await fc.assert(property, runs(usual))
}

/** Cases of a property: 1,000 in the suite unless it says otherwise, as many as FUZZ says in `npm run fuzz`. */
export function runs(usual = 1000): { readonly numRuns: number } {
  const asked = Number(process.env['FUZZ'])
  return { numRuns: asked > 0 ? asked : usual }
}
