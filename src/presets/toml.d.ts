declare module '*.toml' {
  /** The file as it is, put into the bundle by templates/plugin.ts. */
  export const text: string
}
