/** A port of this machine that a service is to be published on, and that something else has. */
export interface Clash {
  readonly service: string
  readonly port: number
  /** It is the app's: the option `publish` moves it. */
  readonly own: boolean
  /** A free one that can take its place. */
  readonly instead?: number
}
