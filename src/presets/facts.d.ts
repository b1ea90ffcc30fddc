declare module '*.facts' {
  /** What is detected in each project that this program is tested with, by its name. */
  export const apps: Readonly<Record<string, import('../model/app.ts').App>>
}
