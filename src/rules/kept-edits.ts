import type { Rule } from '../model/rule.ts'

export const keptEdits: Rule = {
  id: 'kept-edits',
  title: 'The files are yours to edit',
  practices: [],
  comment: 'Written by secure-docker. Edit it freely: a later run keeps your changes.',
  without: 'Nothing: it is a comment. What was written is known from secure-docker.lock.',
  options: [],
}
