/** Folder of the files of secrets, beside the Compose file. */
export const secretsFolder = '.secrets'

/** Names of secrets: made now, there before, and those that only a person can write. */
export interface SecretsMade {
  readonly made: readonly string[]
  readonly there: readonly string[]
  readonly unknown: readonly string[]
}
