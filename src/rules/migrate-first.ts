import type { Rule } from '../model/rule.ts'

export const migrateFirst: Rule = {
  id: 'migrate-first',
  title: 'Migrations run before the program',
  practices: [55],
  comment: 'The tables of the database are made or changed first; then the program takes the place of the shell.',
  without: 'The program would start on a database without its tables.',
  options: [],
}
