import type { Tree } from '../../model/tree.ts'

/** A tree of these texts, with every folder above them; for tests. */
export function treeOf(texts: Readonly<Record<string, string>>, unread: Readonly<Record<string, string>> = {}): Tree {
  const files = [...Object.keys(texts), ...Object.keys(unread)].sort()
  const folders = files.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i).join('/'))).filter((path) => path !== '')
  return {
    files: new Set(files),
    folders: new Set(folders),
    texts: new Map(Object.entries(texts)),
    unread: new Map(Object.entries(unread)),
  }
}

/** The files of a small Django project; some replaced, or taken away with undefined. */
export function djangoFiles(changes: Readonly<Record<string, string | undefined>> = {}): Readonly<Record<string, string>> {
  const named = (module: string): string => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`
  const all = {
    'manage.py': named('site_.settings'),
    'site_/__init__.py': '',
    'site_/settings.py': 'ROOT_URLCONF = "site_.urls"\nWSGI_APPLICATION = "site_.wsgi.application"\n',
    'site_/wsgi.py': `${named('site_.settings')}application = get_wsgi_application()\n`,
    'site_/urls.py': 'urlpatterns = []\n',
    'requirements.txt': 'Django==5.2.8\ngunicorn==25.1.0\n',
    ...changes,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The text of the Problem that a function throws. */
export function problemOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return (error as { text?: unknown }).text ?? error
  }
  return 'nothing was thrown'
}
