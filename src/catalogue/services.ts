import type { ImageRef } from '../model/plan.ts'
import type { ServiceFlavour, ServiceKind } from '../model/service.ts'
import data from './services.json' with { type: 'json' }

interface ServiceImage {
  readonly repository: string
  /** Release line that is taken when the repository names none. */
  readonly release: string
  /** How its tags are made of a release, when not of that alone. */
  readonly tag?: string
  /** Tags by release line, where none is named by the line alone. */
  readonly tags?: Readonly<Record<string, string>>
}

const images: Readonly<Record<ServiceKind | ServiceFlavour, ServiceImage>> = data.images

/** The image of a service, with the release line that it holds. A release that cannot be one is not taken. */
export function serviceImage(name: ServiceKind | ServiceFlavour, asked?: string): { readonly image: ImageRef; readonly release: string } {
  const { repository, release: usual, tag = '{release}', tags } = images[name]
  const given = asked !== undefined && /^\d+(?:\.\d+){0,2}$/.test(asked) ? asked : usual
  if (tags === undefined) return { image: { repository, tag: tag.replace('{release}', given) }, release: given }
  const line = [given, given.split('.')[0] ?? '', usual].find((release) => Object.hasOwn(tags, release)) ?? usual
  return { image: { repository, tag: tags[line] ?? line }, release: line }
}
