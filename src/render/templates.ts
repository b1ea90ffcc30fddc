import Handlebars from 'handlebars/runtime.js'
import { template as developmentTemplate } from '../../templates/compose.dev.hbs'
import { template as composeTemplate } from '../../templates/compose.hbs'
import { template as dockerfileTemplate } from '../../templates/Dockerfile.hbs'
import { template as dockerignoreTemplate } from '../../templates/dockerignore.hbs'
import type { ComposeView } from './compose.ts'
import type { DevelopmentView } from './development.ts'
import type { DockerfileView } from './dockerfile.ts'
import type { DockerignoreView } from './dockerignore.ts'
import * as words from './words.ts'

const handlebars = Handlebars.create()
for (const [name, helper] of Object.entries(words)) {
  handlebars.registerHelper(name, (...args: unknown[]) => (helper as (...values: unknown[]) => string)(...args.slice(0, -1)))
}

export const dockerfileText = (view: DockerfileView): string => handlebars.template(dockerfileTemplate)(view)
export const dockerignoreText = (view: DockerignoreView): string => handlebars.template(dockerignoreTemplate)(view)
export const developmentText = (view: DevelopmentView): string => handlebars.template(developmentTemplate)(view)
export const composeText = (view: ComposeView): string => handlebars.template(composeTemplate)(view)
