import type { Site } from '../../model/assets.ts'

/** Where the files of a site are in its image. */
export const siteRoot = '/srv/site'

/** Where its settings are: in no folder of the base image's own, which the user of that image may write to. */
export const settingsFile = '/etc/site.conf'

// What browsers are told of files, and the base image does not know.
const types = 'types { application/manifest+json webmanifest; text/javascript mjs; }'
const text =
  'text/css text/plain text/javascript application/javascript application/json application/manifest+json application/xml application/wasm image/svg+xml'
const asset = 'm?js|css|map|json|wasm|txt|xml|pdf|webmanifest|ico|png|jpe?g|gif|svg|webp|avif|bmp|woff2?|ttf|otf|eot|mp3|mp4|webm|ogg|zip'

// A name with a hash in it is another one as soon as the file changes. Digits alone are a date, letters alone a word.
const hashed: readonly string[] = [
  '/(?:_astro|_nuxt|_next/static|_app/immutable)/',
  '/assets/.+[.-](?=[\\w-]{0,7}[A-Za-z])(?=[\\w-]{0,7}[A-Z0-9])[\\w-]{8}\\.(?!html)\\w+\\z',
  '[.-](?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}\\.(?:chunk\\.)?(?!html)\\w+\\z',
  '-(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8}\\.(?:js|css)\\z',
]

/** The whole of the settings of nginx: it reads no others, and writes nowhere but to /tmp. */
export function siteSettings({ fallback, base: below }: Site, port: number): readonly string[] {
  const base = below?.path ?? '/'
  const missing = fallback === undefined ? '$uri/ =404' : `$uri/index.html ${base}${fallback}`
  return [
    'daemon off;',
    'worker_processes 2;',
    'worker_shutdown_timeout 5s;',
    'pid /tmp/nginx.pid;',
    'error_log stderr warn;',
    'events { worker_connections 1024; }',
    'http {',
    '  include /etc/nginx/mime.types;',
    `  ${types}`,
    '  default_type application/octet-stream;',
    '  charset utf-8;',
    '  access_log /dev/stdout;',
    ...['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((kind) => `  ${kind}_temp_path /tmp/${kind};`),
    '  sendfile on;',
    '  server_tokens off;',
    '  absolute_redirect off;',
    '  gzip on;',
    '  gzip_vary on;',
    '  gzip_min_length 1024;',
    `  gzip_types ${text};`,
    '  map $uri $caching {',
    '    default no-cache;',
    ...hashed.map((pattern) => `    "~${pattern}" "public, max-age=31536000, immutable";`),
    '  }',
    '  server {',
    `    listen ${port};`,
    `    root ${siteRoot};`,
    '    add_header Cache-Control $caching;',
    '    add_header X-Content-Type-Options nosniff always;',
    '    add_header Referrer-Policy strict-origin-when-cross-origin always;',
    '    add_header X-Frame-Options SAMEORIGIN always;',
    ...(fallback === undefined ? [`    error_page 403 404 =404 ${base}404.html;`] : []),
    ...(base === '/' ? [] : [`    location = / { return 302 ${base}; }`]),
    '    location ~ /\\.(?!well-known/) { return 404; }',
    `    location ~* \\.(?:${asset})\\z { try_files $uri =404; }`,
    `    location / { try_files $uri $uri.html ${missing}; }`,
    '  }',
    '}',
  ]
}
