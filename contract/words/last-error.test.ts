import { expect, test } from 'vitest'

import { explainLastError } from './last-error.ts'

test.each([
  ["The remote name could not be resolved: 'hooks.exmaple.com'", 'name in the URL does not exist'],
  ['No such host is known. (hooks.example.com:443)', 'name in the URL does not exist'],
  ['Name or service not known (hooks.example.com:443)', 'name in the URL does not exist'],
  ['nodename nor servname provided, or not known', 'name in the URL does not exist'],
  ['getaddrinfo ENOTFOUND hooks.example.com', 'name in the URL does not exist'],
  ['getaddrinfo EAI_AGAIN hooks.example.com', 'name in the URL does not exist'],
  [
    'No connection could be made because the target machine actively refused it 203.0.113.9:443',
    'does not accept connections',
  ],
  ['connect ECONNREFUSED 203.0.113.9:443', 'does not accept connections'],
  ['Connection refused (hooks.example.com:443)', 'does not accept connections'],
  ['Unable to connect to the remote server', 'cannot be reached'],
  ['No route to host', 'cannot be reached'],
  ['connect EHOSTUNREACH 203.0.113.9:443', 'cannot be reached'],
  ['Network is unreachable', 'cannot be reached'],
  ['The operation has timed out', 'too long to answer'],
  ['The request was aborted: The operation has timed out.', 'too long to answer'],
  [
    'A connection attempt failed because the connected party did not properly respond after a period of time',
    'too long to answer',
  ],
  ['connect ETIMEDOUT 203.0.113.9:443', 'too long to answer'],
  ['A task was canceled.', 'too long to answer'],
  [
    'The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.',
    'too long to answer',
  ],
  ['An existing connection was forcibly closed by the remote host', 'broke the connection off'],
  [
    'The underlying connection was closed: The connection was closed unexpectedly.',
    'broke the connection off',
  ],
  [
    'The underlying connection was closed: An unexpected error occurred on a receive.',
    'broke the connection off',
  ],
  ['read ECONNRESET', 'broke the connection off'],
  ['socket hang up', 'broke the connection off'],
  ['The response ended prematurely.', 'broke the connection off'],
  ['certificate has expired', 'out of date'],
  [
    'The remote certificate is invalid because of errors in the certificate chain: NotTimeValid',
    'out of date',
  ],
  [
    'The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch',
    'for another name',
  ],
  ["Hostname/IP does not match certificate's altnames: Host: a.example.com", 'for another name'],
  [
    "The SSL connection could not be established: the certificate is for 'www.example.com'",
    'for another name',
  ],
  ['Not called. Only https URLs are called.', 'only https'],
  ['Not called. Only https addresses are called.', 'only https'],
  ['Not called. This port is not called.', 'does not call this port'],
  ['self signed certificate', 'not trusted'],
  ['unable to verify the first certificate', 'not trusted'],
  [
    'The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.',
    'not trusted',
  ],
  [
    'The remote certificate is invalid according to the validation procedure: RemoteCertificateChainErrors',
    'not trusted',
  ],
  ['The request was aborted: Could not create SSL/TLS secure channel.', 'could be agreed'],
  ['The SSL connection could not be established, see inner exception.', 'could be agreed'],
  ['write EPROTO: SSL routines: wrong version number', 'could be agreed'],
  ['Too many automatic redirections were attempted.', 'in a circle'],
  ['Invalid URI: The format of the URI could not be determined.', 'cannot be read'],
  ['The URL is not on the public internet, and is not called.', 'not on the internet'],
  ['The address is not on the public internet, and is not called.', 'not on the internet'],
  [
    'The server committed a protocol violation. Section=ResponseStatusLine',
    'could not be understood',
  ],
  ['The remote server returned an error: (301) Moved Permanently.', 'has moved'],
  ['Response status code does not indicate success: 302 (Found).', 'has moved'],
  ['HTTP/1.1 308 Permanent Redirect', 'has moved'],
  ['The remote server returned an error: (400) Bad Request.', 'not accept the format'],
  ['The remote server returned an error: (401) Unauthorized.', 'wants a key'],
  [
    'The remote server returned an error: (403) Forbidden. Your IP has been blocked.',
    'blocks Nexudus',
  ],
  ['The remote server returned an error: (404) Not Found.', 'Nothing listens'],
  ['404 Not Found', 'Nothing listens'],
  ['HTTP 405 Method Not Allowed', 'does not take deliveries'],
  ['The remote server returned an error: (410) Gone.', 'gone for good'],
  ['status: 413', 'too large'],
  ['The remote server returned an error: (415) Unsupported Media Type.', 'not accept the format'],
  [
    'Response status code does not indicate success: 422 (Unprocessable Entity).',
    'not accept the format',
  ],
  ['The remote server returned an error: (429) Too Many Requests.', 'too often'],
  ['The remote server returned an error: (500) Internal Server Error.', 'failed while handling'],
  ['The remote server returned an error: (502) Bad Gateway.', 'down or overloaded'],
  [
    'Response status code does not indicate success: 503 (Service Unavailable).',
    'down or overloaded',
  ],
  ['Unexpected character encountered while parsing value: <. Path', 'web page answered'],
  ['<!DOCTYPE html><html><title>Sign in</title>', 'web page answered'],
])('%s', (text, cause) => {
  const explanation = explainLastError(text)
  expect(explanation?.cause).toContain(cause)
  expect(explanation?.next).not.toBe('')
})

test.each([
  '',
  'Ooops!',
  'Object reference not set to an instance of an object.',
  'Error 0x80131500',
  'order 404 could not be shipped',
  'Your subscription expired; certificate of insurance expired',
  'The receiver said: unreachable person',
  'The handshake of our partners failed to happen',
  'The room (404) is booked',
  'waited 500 ms',
  'Something went wrong',
  'la conexión falló',
])('no cause is guessed for %j', (text) => {
  expect(explainLastError(text)).toBeUndefined()
})
