import type { Rule } from '../model/rule.ts'

export const ociLabels: Rule = {
  id: 'oci-labels',
  title: 'OCI labels',
  practices: [52, 53],
  comment: 'What this image is. Revision, version and date are added by the build command.',
  without: 'Nobody could tell from the image what it is, where its source is, and under which licence.',
  options: ['name', 'description', 'source', 'url', 'licenses', 'vendor', 'labels'],
}
