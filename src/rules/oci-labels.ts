import type { Rule } from '../model/rule.ts'

export const ociLabels: Rule = {
  id: 'oci-labels',
  title: 'OCI labels',
  practices: [52, 53],
  comment: 'What this image is. Revision, version and date are added by the build command.',
}
