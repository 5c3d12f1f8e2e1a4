import { expect, test } from 'vitest'
import { unreachable } from '../../../src/policies/openai/troubles.ts'

/** Codes and words as Node has them, by `fetch` and by `node:https`, of real servers. */
test.each([
  [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'tlsv13 alert certificate required',
    'it wants a certificate from whoever asks',
  ],
  [
    'EPROTO',
    'write EPROTO 8: error:0A000412:SSL routines::sslv3 alert bad certificate',
    'it wants a certificate from whoever asks',
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'its certificate is not trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate', 'its certificate is not trusted'],
  ['CERT_HAS_EXPIRED', 'certificate has expired', 'its certificate is not trusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "Host: localhost. is not cert's CN: other", 'its certificate is not trusted'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'sslv3 alert handshake failure', 'no secure connection to it came about'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tlsv1 alert protocol version', 'its https is older than TLS 1.2'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', 'it speaks no https'],
  ['EPROTO', 'write EPROTO 8: error:0A00010B:SSL routines:ssl3_get_record:wrong version number', 'it speaks no https'],
  [
    'ECONNRESET',
    'Client network socket disconnected before secure TLS connection was established',
    'it broke the connection off',
  ],
])('%s (%s): %s', (code, message, words) => {
  const thrown = new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
  const { failure } = unreachable({ address: 'https://here/v1', origin: undefined }, thrown)
  expect(failure.message).toContain(`could not be reached: ${words}`)
  expect(failure.message).toContain(`(${code})`)
})
