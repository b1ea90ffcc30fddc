// The package declares no types for its parser alone.
import type { parse as parseTemplate } from 'handlebars'

export declare const parse: typeof parseTemplate
