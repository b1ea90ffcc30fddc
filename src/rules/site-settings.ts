import type { Rule } from '../model/rule.ts'

export const siteSettings: Rule = {
  id: 'site-settings',
  title: 'Settings with which a server of files needs no privilege',
  practices: [15, 16, 25],
  comment: 'All settings of the server: no privilege needed, temporary files in /tmp, log lines on the standard streams.',
  without: "The base image's own settings write where nothing may be written, hide no file and know no addresses of the site's own.",
  options: ['port'],
  change: 'Change the lines of the settings in the Dockerfile: a later run keeps yours.',
}
