/** Pictures as files: SVG that has nothing of the page, and PNG. */

export const SVG = 'http://www.w3.org/2000/svg'

/** An element of SVG; attributes that are empty are left out. */
export function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) if (value !== '') element.setAttribute(key, String(value))
  return element
}

export function svgFile(picture: SVGSVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: 'image/svg+xml' })
}

/** More pixels in a row than this are more than browsers draw. */
const MOST_PIXELS = 16_000

/** Two pixels of the file for each of the picture, fewer where it is long. */
export async function pngFile(picture: SVGSVGElement): Promise<Blob> {
  const { width, height } = picture.viewBox.baseVal
  const scale = Math.min(2, MOST_PIXELS / Math.max(width, height))
  const image = new Image()
  // A data address: the page's policy allows no others.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The browser made no PNG.')) : resolve(blob)),
      'image/png',
    )
  })
}
