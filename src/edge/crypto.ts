// Loaded when it is needed: that takes longer than what it is asked for.
const crypto = () => process.getBuiltinModule('node:crypto')

/** SHA-256 in hexadecimal; of a text, that of its UTF-8 bytes. */
export function sha256(content: string | Uint8Array): string {
  return crypto().createHash('sha256').update(content).digest('hex')
}

/** As many bytes that nobody can guess. */
export function randomBytes(count: number): Buffer {
  return crypto().randomBytes(count)
}
