/** Who the server is and whom it talks to. The connection is always the same one. */

export const SERVER_VERSION = '8.0.33'
/** As USER() has it, and as grants are kept. */
export const CLIENT_USER = 'admin@localhost'
export const ACCOUNT = { user: 'admin', host: '%' } as const
export const CONNECTION = 8
/** What every text is in. */
export const CHARSET = 'utf8mb4'
export const COLLATION = 'utf8mb4_general_ci'
