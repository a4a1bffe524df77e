import t from 'tap'
import { policyOf, verdictOn } from '../policy/help.ts'

// What a batch holds is not judged yet, so no batch is let through.

t.test('no path with a segment that reads as $batch is forwarded, whatever the rules say', async (t) => {
  const policy = policyOf(['ANY /v1.0/**', 'ANY /beta/**', 'POST /$batch', 'POST /x/$batch'])
  for (const path of [
    '$batch',
    '%24batch',
    '$BATCH',
    '$b%61tch',
    '$batch/',
    '/$batch',
    '$batch%20',
    '%20$batch',
    '$batch;x',
    ';/$batch',
    '%2F$batch',
    'x%2F$batch',
    'x%5C$batch',
    '$batch%2Fx',
    '$batch()',
    '$batch%28%29',
    '$batch%3Fx',
    '$batch%23',
    'x/$batch',
    '$batch/x',
    '$batch?x=1',
  ]) {
    for (const version of ['v1.0', 'V1.0', 'beta']) {
      t.equal(verdictOn(policy, `POST /${version}/${path}`), '(pathNotAllowed: batch)', `${version}/${path}`)
    }
  }
  t.equal(verdictOn(policy, 'GET /v1.0/$batch'), '(pathNotAllowed: batch)')
})

t.test('$batch encoded twice is a name that starts with a percent sign', async (t) => {
  t.equal(verdictOn(policyOf(['POST /**']), 'POST /v1.0/%2524batch'), 'POST /**')
})
