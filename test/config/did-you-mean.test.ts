import t from 'tap'
import { didYouMean } from '../../src/config/did-you-mean.ts'

const keys = ['listen', 'admin', 'allow', 'deny', 'identities', 'timeouts', 'as']

t.test('one slip is found: a letter left out, put in, changed, or swapped with the next', async (t) => {
  for (const key of keys.filter(({ length }) => length > 2)) {
    for (let i = 1; i < key.length; i++) {
      const [head, tail] = [key.slice(0, i), key.slice(i)]
      t.equal(didYouMean(head + tail.slice(1), keys), key)
      t.equal(didYouMean(`${head}x${tail}`, keys), key)
      t.equal(didYouMean(`${head}x${tail.slice(1)}`, keys), key)
      t.equal(
        didYouMean(`${head.slice(0, -1)}${tail.slice(0, 1)}${head.slice(-1)}${tail.slice(1)}`, keys),
        key,
      )
    }
  }
})

t.test('case is no slip, and the nearest wins', async (t) => {
  t.equal(didYouMean('LISTEN', keys), 'listen')
  t.equal(didYouMean('timeout', ['timeouts', 'timeout-s']), 'timeouts')
})

t.test('another word is no slip', async (t) => {
  for (const word of ['', 'listener-port', 'proxy', 'xyz', 'y'.repeat(10_000)])
    t.equal(didYouMean(word, keys), undefined)
})
