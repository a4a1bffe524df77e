import t from 'tap'
import { SidecarError } from '../src/errors.ts'

t.test('an error takes status and Proxy-Status from the table', async (t) => {
  const error = new SidecarError('pathNotAllowed', 'no rule allows it')
  t.equal(error.status, 403)
  t.equal(error.code, 'sidecar.pathNotAllowed')
  t.equal(error.proxyStatus, 'http_request_denied')
})

t.test('a malformed Host header has the code of a Host that is not listed, and status 400', async (t) => {
  const error = new SidecarError('hostMalformed', 'two Host headers')
  t.equal(error.status, 400)
  t.equal(error.code, 'sidecar.hostNotAllowed')
})
