import data from './tools.json' with { type: 'json' }

const pins: ReadonlyMap<string, string> = new Map(Object.entries(data.pins))
const otherNames: ReadonlyMap<string, string> = new Map(Object.entries(data.otherNames))

/** The Debian package of a program, by its name in Debian or Alpine, pinned to what stays the same within a Debian release: `ffmpeg=7:*`. */
export function toolPackage(name: string): { readonly name: string; readonly pinned: string } | undefined {
  const plain = name
    .replace(/^postgresql\d*-client(?:-\d+)?$/, 'postgresql-client')
    .replace(/^imagemagick-\d.*$/, 'imagemagick')
    .replace(/^tesseract-ocr-data-/, 'tesseract-ocr-')
  const known = otherNames.get(plain) ?? plain
  const pin = pins.get(known) ?? (/^tesseract-ocr-[a-z]{3}(?:-[a-z]+)?$/.test(known) ? '1:4.*' : undefined)
  return pin === undefined ? undefined : { name: known, pinned: `${known}=${pin}` }
}

/** Every known program, with its pin. */
export const toolPins: Readonly<Record<string, string>> = data.pins
