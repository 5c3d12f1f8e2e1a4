/** A MariaDB server of our own in a folder of its own, as far as one is installed, and its answers through its client. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export type ServerAnswer =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly (string | null)[])[] }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  /** Neither rows nor an error. */
  | { readonly kind: 'none' }

export interface MariaDb {
  readonly version: string
  /** Where it listens; its user is root, without a password. */
  readonly socket: string
  /** Runs a text, for what it does. Throws where it fails. */
  load(text: string): void
  /** The answer to each of these statements, one a line. */
  answers(database: string, statements: readonly string[]): ServerAnswer[]
  stop(): Promise<void>
}

const INSTALL = 'MariaDB is not installed. On Debian: apt-get install mariadb-server mariadb-client'
const MOST_OUTPUT = 512 * 2 ** 20
/** Asked so often, a quarter of a second apart, whether it answers. */
const PATIENCE = 240
/** As MySQL 8 is by default, and as our session stands. */
const SESSION = `SET sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', group_concat_max_len = 1024, time_zone = '+00:00', timestamp = UNIX_TIMESTAMP('2024-01-01 00:00:00'), collation_connection = utf8mb4_general_ci, max_statement_time = 20;`

/** Throws a sentence where there is no server to start, or it does not come up. */
export async function startMariaDb(): Promise<MariaDb> {
  const server = program('mariadbd', 'mysqld')
  const client = program('mariadb', 'mysql')
  const install = program('mariadb-install-db', 'mysql_install_db')
  const folder = mkdtempSync(join(tmpdir(), 'rro-mariadb-'))
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')]
  const user = `--user=${userInfo().username}`
  execFileSync(install, [user, `--datadir=${data}`, '--skip-test-db', '--auth-root-authentication-method=normal'], {
    stdio: 'ignore',
  })
  const settings = [
    '--skip-networking',
    '--lower-case-table-names=1',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_general_ci',
    '--innodb-flush-log-at-trx-commit=0',
  ]
  const child = spawn(
    server,
    [
      '--no-defaults',
      user,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      ...settings,
    ],
    { stdio: 'ignore' },
  )
  const connect = ['--no-defaults', '-uroot', `--socket=${socket}`, '--default-character-set=utf8mb4']
  const ask = (options: readonly string[], input: string) =>
    spawnSync(client, [...connect, ...options], { input, encoding: 'utf8', maxBuffer: MOST_OUTPUT })
  for (let i = 0; ask([], 'SELECT 1').status !== 0; i++) {
    if (i >= PATIENCE || child.exitCode !== null) {
      await stop(child, folder)
      throw new Error(`${server} did not come up.`)
    }
    await wait(250)
  }
  return {
    version: ask(['-N'], 'SELECT VERSION()').stdout.trim(),
    socket,
    load(text) {
      const { status, stderr } = ask([], text)
      if (status !== 0) throw new Error(`MariaDB did not read the databases: ${stderr.slice(0, 500)}`)
    },
    answers(database, statements) {
      const { stdout, stderr } = ask(
        ['--force', '--xml', database],
        `${SESSION}\n${statements.map((sql) => `${sql};`).join('\n')}\n`,
      )
      return read(statements, stdout, stderr)
    },
    stop: () => stop(child, folder),
  }
}

/** The first of these programs that is there. Asked for help: what installs the system tables takes any other word for its work. */
function program(...names: readonly string[]): string {
  const paths = [...names, ...names.map((name) => `/usr/sbin/${name}`)]
  const found = paths.find((path) => spawnSync(path, ['--help'], { stdio: 'ignore' }).error === undefined)
  if (found === undefined) throw new Error(INSTALL)
  return found
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode === null && child.kill()) await ended
  rmSync(folder, { recursive: true, force: true })
}

/** Errors name the line, of which the first holds the settings; results name their statement. */
function read(statements: readonly string[], stdout: string, stderr: string): ServerAnswer[] {
  const answers = new Map<string, ServerAnswer>()
  for (const [, code, line, message = ''] of stderr.matchAll(
    /^ERROR (\d+) \([^)]*\) at line (\d+)(?: in file: '[^']*')?: (.*)$/gm,
  )) {
    const sql = statements[Number(line) - 2]
    if (sql !== undefined) answers.set(sql, { kind: 'error', code: Number(code), message })
  }
  for (const [, statement = '', body = ''] of stdout.matchAll(
    /<resultset statement="([^"]*)"[^>]*>([\s\S]*?)<\/resultset>/g,
  )) {
    const rows = [...body.matchAll(/<row>([\s\S]*?)<\/row>/g)].map(([, row = '']) =>
      [...row.matchAll(/<field name="[^"]*"(?: xsi:nil="true" \/>|>([\s\S]*?)<\/field>)/g)].map(([, cell]) =>
        cell === undefined ? null : unescaped(cell),
      ),
    )
    answers.set(unescaped(statement).replace(/;?\s*$/, ''), { kind: 'rows', rows })
  }
  return statements.map((sql) => answers.get(sql) ?? { kind: 'none' })
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}
