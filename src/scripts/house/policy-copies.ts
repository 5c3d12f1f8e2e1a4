/** The table of policies in the forms that pages and hosts read. */
import { HEADERS, KEPT, type PolicyName, policyHeader, policyText } from './content-policy.ts'

/** A page with the policy in its `meta` element made anew. */
export function pageWithPolicy(html: string, name: PolicyName): string {
  const found = /(http-equiv="Content-Security-Policy"\s+content=")[^"]*(")/
  if (!found.test(html)) throw new Error(`There is no place for the policy of ${name}.`)
  return html.replace(found, (_, before, after) => `${before}${policyText(name)}${after}`)
}

/** For Netlify, Cloudflare Pages, and hosts that read the same. Both serve a page also without its `.html`. */
export function headersFile(): string {
  const policy = (name: PolicyName) => `  Content-Security-Policy: ${policyHeader(name)}`
  const rules: readonly (readonly [string, readonly string[]])[] = [
    ['/*', Object.entries(HEADERS).map(([header, value]) => `  ${header}: ${value}`)],
    ...['/', '/index.html'].map((path) => [path, [policy('page')]] as const),
    ...['/door', '/door.html'].map((path) => [path, [policy('door')]] as const),
    ['/assets/*', [policy('page'), `  Cache-Control: ${KEPT}`]],
  ]
  return `${rules.map(([path, lines]) => [path, ...lines].join('\n')).join('\n\n')}\n`
}

const START = '<!-- nginx: written by npm run house -->'
const END = '<!-- end of nginx -->'

/** The document with the example between its two marks made anew. */
export function documentWithNginx(text: string): string {
  const [before, after] = [text.indexOf(START), text.indexOf(END)]
  if (before < 0 || after < before) throw new Error(`The document lacks the marks ${START} and ${END}`)
  return `${text.slice(0, before + START.length)}\n\n${nginx()}\n\n${text.slice(after)}`
}

/** nginx inherits `add_header` only into places that have none: so each has all. */
function nginx(): string {
  const place = (path: string, name: PolicyName, more: Readonly<Record<string, string>> = {}) => {
    const headers = { ...HEADERS, 'Content-Security-Policy': policyHeader(name), ...more }
    const lines = Object.entries(headers).map(([header, value]) => `    add_header ${header} "${value}" always;`)
    return [`  location ${path} {`, ...lines, '  }'].join('\n')
  }
  return [
    '```nginx',
    'server {',
    '  listen 443 ssl;',
    '  server_name lab.example;',
    '  root /srv/rro-lab;             # what npm run build wrote to dist/',
    '  gzip on;',
    '  gzip_types text/css text/javascript application/javascript application/json application/wasm;',
    place('/', 'page'),
    place('= /door.html', 'door'),
    place('/assets/', 'page', { 'Cache-Control': KEPT }),
    '}',
    '```',
  ].join('\n')
}
