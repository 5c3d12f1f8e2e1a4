/**
 * What the pages of the site may do: the one table (docs/decisions/0028-bound-by-policy.md). `npm run house` writes its
 * copies: the `meta` elements of index.html and public/door.html, public/_headers, and the nginx example in
 * docs/publish.md; test/house holds them to it.
 */

/** Of every page: nothing but what is named, and no text that becomes code. */
const COMMON = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  // A worker is a blob that imports its script from the site (src/worker/machine/bound-worker.ts).
  'worker-src': "'self' blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
}

export const POLICIES = {
  /** The page, and through it the lab and all that it starts. */
  page: {
    ...COMMON,
    'style-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': "'self'",
    'frame-src': "'self'",
    'manifest-src': "'self'",
    'trusted-types': 'lit-html worker offline',
  },
  /** A door, before the page has written into it which origins were asked for. */
  door: { ...COMMON, 'connect-src': "'self' https: http:", 'trusted-types': 'worker' },
} as const

export type PolicyName = keyof typeof POLICIES

/** As in a `meta` element. */
export function policyText(name: PolicyName): string {
  return Object.entries(POLICIES[name])
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
}

/** As in a header, which can also say who may frame the page. */
export function policyHeader(name: PolicyName): string {
  return `${policyText(name)}; frame-ancestors ${name === 'door' ? "'self'" : "'none'"}`
}

/** Of every file. */
export const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

/** What changes its name whenever it changes. */
export const KEPT = 'public, max-age=31536000, immutable'
