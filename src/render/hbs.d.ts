declare module '*.hbs' {
  /** Precompiled by templates/plugin.ts. */
  export const template: TemplateSpecification
}
