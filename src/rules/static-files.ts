import type { Rule } from '../model/rule.ts'

export const staticFiles: Rule = {
  id: 'static-files',
  title: 'Static files are collected while building',
  practices: [25],
  comment: 'Static files are collected while building; the values are throwaway and stay out of the image.',
  without: 'Pages would come without style sheets: on a read-only file system they cannot be collected at the start.',
  options: [],
}
