import type { ImageRef } from '../model/plan.ts'
import data from './site-server.json' with { type: 'json' }

/** The image that serves files to browsers, without a privilege. */
export const siteServer: ImageRef = data.image
